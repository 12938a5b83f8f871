import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../browser.ts';
import { inWorkbench, openFile, screenshot, visibleText } from '../workbench.ts';

test('the examples open in VS Code', () =>
  inWorkbench({}, 'examples', async (page, { folder }) => {
    writeFileSync(join(folder, 'first.json'), '{\n  "Version": "2012-10-17"\n}\n');
    await openFile(page, 'first.json');
    assert.match(await visibleText(page), /"Version": "2012-10-17"/);
    const path = await screenshot(page, 'examples');
    assert.ok(statSync(join(root, path)).size > 10_000);
  }));
