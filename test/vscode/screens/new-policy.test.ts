import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { inWorkbench, openFile, screenshot } from '../workbench.ts';

const rows = (page: Page) => page.locator('.quick-input-list .monaco-list-row');

test('four questions, and a policy for each of the two locks', () =>
  inWorkbench({}, 'new-policy', async (page) => {
    await openFile(page, 'lambda-execution-role/trust-policy.json');
    await page.locator('.statusbar-item', { hasText: 'Trust policy' }).waitFor();
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input.input').fill('>IAM Policy: New IAM Policy');
    await page.locator('.monaco-list-row.focused', { hasText: 'New IAM Policy' }).waitFor();
    await page.keyboard.press('Enter');
    await rows(page).filter({ hasText: 'GitHub Actions' }).first().waitFor();
    assert.match((await page.locator('.quick-input-titlebar').textContent()) ?? '', /1\/4/);
    await screenshot(page, 'new-policy');
    await page.keyboard.type('lambda');
    await rows(page).filter({ hasText: 'Lambda' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-titlebar', { hasText: '2/4' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    assert.equal(await page.locator('.tab', { hasText: 'Untitled' }).count(), 0);
  }));
