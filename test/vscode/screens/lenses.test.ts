import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { inWorkbench, openFile, screenshot, visibleText } from '../workbench.ts';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadReports",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject*"
      ],
      "Resource": [
        "arn:aws:s3:::team-reports",
        "arn:aws:s3:::team-reports/\${aws:username}/*"
      ]
    },
    {
      "Sid": "SendOrders",
      "Effect": "Allow",
      "Action": "sqs:Send*",
      "Resource": "arn:aws:sqs:eu-central-1:111122223333:orders",
      "Condition": {
        "StringEquals": {
          "aws:PrincipalTag/team": "shop"
        }
      }
    }
  ]
}
`;

const settings = { 'iamPolicy.accounts': { '111122223333': 'Production' } };

/** The lenses of the focused editor, once there are as many as expected. */
async function lensesOf(page: Page, count: number): Promise<readonly string[]> {
  const found = page.locator('.editor-instance .monaco-editor.focused .codelens-decoration');
  await found.nth(count - 1).waitFor();
  return (await found.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').trim());
}

/** The colour of the first piece of text in the focused editor that holds a word. */
const colourOf = (page: Page, word: string): Promise<string> =>
  page
    .locator('.editor-instance .monaco-editor.focused .view-line span span', { hasText: word })
    .first()
    .evaluate((element) => String(element.ownerDocument.defaultView.getComputedStyle(element).color));

/** Colours come a moment after the text. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await holds())) assert.ok(Date.now() < end, 'waited in vain');
}

test('lenses, hints and colours', () =>
  inWorkbench({ settings }, 'lenses', async (page, { folder }) => {
    writeFileSync(join(folder, 'team-reports.json'), policy);
    await openFile(page, 'team-reports.json');
    const lenses = await lensesOf(page, 3);
    assert.match(lenses[0] ?? '', /^Permission policy \(likely\) · /);
    assert.match(lenses[1] ?? '', / Read · 1 List$/);
    await page.locator('.editor-instance .monaco-editor.focused .view-line', { hasText: 'Production' }).waitFor();
    const text = (await visibleText(page)).replaceAll('\u200b', '');
    for (const hinted of ['team-reports"bucket', '/*"objects', '111122223333Production:orders"queue', '*"1 action']) {
      assert.ok(text.includes(hinted), text);
    }
    // What has a meaning of its own has a colour of its own; plain names keep that of a string.
    const colours = async () =>
      new Set(await Promise.all(['ReadReports', 'ListBucket'].map((word) => colourOf(page, word))));
    await until(async () => (await colours()).size === 2);
    const string = await colourOf(page, 'ReadReports');
    assert.equal(await colourOf(page, 'team-reports'), string);
    for (const word of ['ListBucket', 'sqs', 'eu-central-1', '111122223333', 'username']) {
      assert.notEqual(await colourOf(page, word), string, word);
    }
    await screenshot(page, 'lenses');
    await page.locator('.codelens-decoration a').first().click();
    await page.locator('.quick-input-widget', { hasText: 'Treat this file as' }).waitFor();
    assert.match((await page.locator('.quick-input-titlebar').textContent()) ?? '', /Permission policy/);
  }));
