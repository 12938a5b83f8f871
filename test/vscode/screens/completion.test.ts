import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { goTo, inWorkbench, openFile, pick, screenshot, type, untilShown, visibleText } from '../workbench.ts';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",

      "Resource": "arn:aws:s3:::team-reports/*"
    }
  ]
}
`;

/** The rows of the open list. */
const rows = (page: Page) => page.locator('.suggest-widget.visible .monaco-list-row');

test('completion, from an element to its action', () =>
  inWorkbench({}, 'completion', async (page, { folder }) => {
    writeFileSync(join(folder, 'team-reports.json'), policy);
    await openFile(page, 'team-reports.json');
    await page.locator('.statusbar-item', { hasText: 'Permission policy' }).waitFor();
    await goTo(page, 6, 1);
    await type(page, '      "Ac');
    await rows(page).filter({ hasText: 'what may be done' }).waitFor();
    await pick(page, 'what may be done');
    // The list opens again for the value.
    await rows(page).filter({ hasText: 'Amazon S3' }).first().waitFor();
    await type(page, 's3:getob');
    const first = rows(page).first();
    await first.filter({ hasText: 's3:GetObject' }).waitFor();
    assert.match((await first.textContent()) ?? '', /Read/);
    const details = page.locator('.suggest-details-container', { hasText: 'Access level: Read' });
    await untilShown('What is to be said of the action', details, () => page.keyboard.press('Control+Space'));
    await screenshot(page, 'completion');
    await page.keyboard.press('Enter');
    await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
    assert.match(await visibleText(page), /"Action":\s"s3:GetObject",/);
  }));
