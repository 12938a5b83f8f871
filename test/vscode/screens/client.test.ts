import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { inWorkbench, openFile, runCommand, screenshot } from '../workbench.ts';

/** The commands that the palette offers. */
async function palette(page: Page): Promise<readonly string[]> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input.input');
  await input.waitFor();
  await input.fill('>IAM Policy: ');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await rows.filter({ hasText: 'IAM Policy: Show Output' }).waitFor();
  const titles = await rows.evaluateAll((all) => all.map((row) => String(row.ariaLabel)));
  await page.keyboard.press('Escape');
  await input.waitFor({ state: 'hidden' });
  return titles.map((title) => title.split(',')[0] ?? '');
}

/** What a screen reader says of the element in focus. */
const spoken = `(() => {
  const focused = document.activeElement;
  return (focused?.getAttribute('aria-label') ?? focused?.querySelector('[aria-label]')?.getAttribute('aria-label')) ?? '';
})()`;

const FIX_ALL = 'IAM Policy: Apply All Fixes That Keep Access As It Is';

test('the status item, the choice of kinds, the commands and the walkthrough, as seen and as read aloud', () =>
  inWorkbench({}, 'client', async (page, { folder }) => {
    writeFileSync(join(folder, 'manifest.json'), '{ "name": "x" }\n');
    await openFile(page, 'lambda-execution-role/trust-policy.json');
    const status = page.locator('.statusbar-item[id*="iam-policy"] [aria-label]').first();
    await status.waitFor();
    assert.match(
      (await status.getAttribute('aria-label')) ?? '',
      /^Kind of policy: Trust policy, \w+\. .+\. [\d,]+ of [\d,]+ characters \(\d+%\)\. AWS reference data of \d{4}-\d\d-\d\d\./,
    );

    // From the keyboard: reasons, size and date stand above the kinds; the kind of now is the one in focus.
    await runCommand(page, 'View: Focus Status Bar');
    for (let steps = 0; !(await page.evaluate<string>(spoken)).startsWith('Kind of policy'); steps += 1) {
      assert.ok(steps < 30, 'the status item is not reached by arrow keys');
      await page.keyboard.press('ArrowRight');
    }
    await page.keyboard.press('Enter');
    const list = page.locator('.quick-input-widget');
    await list.getByText('Who may assume a role.').waitFor();
    const rows = await list.locator('.monaco-list-row').evaluateAll((all) => all.map((row) => String(row.ariaLabel)));
    assert.ok(
      rows.some((row) => /[\d,]+ of [\d,]+ characters/.test(row)),
      rows.join('\n'),
    );
    assert.ok(
      rows.some((row) => row.includes('AWS reference data of')),
      rows.join('\n'),
    );
    const focused = await list.locator('.monaco-list-row.focused').getAttribute('aria-label');
    assert.match(focused ?? '', /^Trust policy/);
    await screenshot(page, 'choose-kind');
    await page.keyboard.press('Escape');
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();

    // What is for policies is offered in policies only.
    assert.ok((await palette(page)).includes(FIX_ALL));
    await openFile(page, 'manifest.json');
    await status.waitFor({ state: 'detached' });
    const elsewhere = await palette(page);
    assert.ok(!elsewhere.includes(FIX_ALL));
    assert.ok(elsewhere.includes('IAM Policy: Open Settings'), elsewhere.join('\n'));

    await runCommand(page, 'IAM Policy: Open Walkthrough');
    const steps = page.locator('.gettingStartedContainer .step-title');
    await steps.filter({ hasText: 'Begin with a policy' }).waitFor();
    assert.equal(await steps.count(), 6);
    await page.getByRole('button', { name: 'Open an Example', exact: true }).waitFor();
    // The picture stands beside the steps where there is room. (Drawings and texts are webviews, which need a host of their
    // own on the network in this editor.)
    await page.keyboard.press('Control+B');
    await steps.filter({ hasText: 'Mend what is wrong' }).click();
    const picture = page.getByRole('img', { name: /The light bulb at an action/ });
    await picture.waitFor();
    await page.waitForFunction('document.querySelector(".getting-started-media img")?.naturalWidth > 0');
    await screenshot(page, 'walkthrough');
    await steps.filter({ hasText: 'Begin with a policy' }).click();
    await page.getByRole('button', { name: 'Open an Example', exact: true }).click();
    await page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await runCommand(page, 'IAM Policy: Open Walkthrough');
    await page.getByRole('checkbox', { name: /Begin with a policy/, checked: true }).waitFor();
  }));
