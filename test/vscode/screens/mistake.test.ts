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
  type,
  visibleText,
} from '../workbench.ts';

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }
  ]
}
`;

test('a mistake is seen while it is typed, explained on hover, and mended from the light bulb', () =>
  inWorkbench({}, 'mistake', async (page, { folder }) => {
    writeFileSync(join(folder, 'policy.json'), policy);
    await openFile(page, 'policy.json');
    await goTo(page, 4, 18);
    await type(page, 'Alow');
    const isSeen = (lines: readonly string[]) => lines.some((line) => line.includes('Alow'));
    await problems(page, isSeen);
    assert.match(await hover(page, 4, 20), /Alow.*Allow/);
    await screenshot(page, 'mistake');
    const fix = (await openQuickFix(page)).find((title) => title.includes('Allow'));
    assert.ok(fix, 'no fix offers Allow');
    await pick(page, fix);
    await problems(page, (lines) => !isSeen(lines));
    assert.match(await visibleText(page), /"Effect": "Allow"/);
  }));
