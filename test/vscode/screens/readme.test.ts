import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  goTo,
  hover,
  inWorkbench,
  openFile,
  openQuickFix,
  pick,
  problems,
  screenshot,
  visibleText,
} from '../workbench.ts';

/** The article's own mistake, laid out to be read. */
const shared = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadTheSharedBucket",
      "Effect": "Allow",
      "Action": [
        "s3:ListBucket",
        "s3:GetObject"
      ],
      "Resource": "arn:aws:s3:::shared-bucket/*"
    }
  ]
}
`;

test('the pictures of the README: light bulb, hover, problems', () =>
  inWorkbench({}, 'readme', async (page, { folder }) => {
    writeFileSync(join(folder, 'permissions.json'), shared);
    await openFile(page, 'permissions.json');
    const seen = (lines: readonly string[]) => lines.some((line) => line.includes('s3:ListBucket'));
    await problems(page, seen);
    await goTo(page, 8, 14);
    const titles = await openQuickFix(page);
    assert.ok(
      titles.some((title) => title.includes('Add the bucket ARN')),
      titles.join('\n'),
    );
    await screenshot(page, 'light-bulb');
    const fix = titles.find((title) => title.includes('Add the bucket ARN')) ?? '';
    await pick(page, fix);
    await problems(page, (lines) => !seen(lines));
    assert.match(await visibleText(page), /"arn:aws:s3:::shared-bucket"/);
    await screenshot(page, 'fixed');
  }));

test('the hover on whom a role trusts', () =>
  inWorkbench({}, 'readme-hover', async (page) => {
    await openFile(page, 'lambda-execution-role/trust-policy.json');
    assert.match(await hover(page, 7, 25), /AWS Lambda/);
    await screenshot(page, 'hover');
  }));
