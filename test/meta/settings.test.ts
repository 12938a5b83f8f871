import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';
import { renderSettings } from '../../server/tools/build-settings.ts';

test('settings, their schema and its validator are what `npm run build:settings` writes', () => {
  for (const [path, text] of renderSettings()) {
    assert.equal(readFileSync(path, 'utf8'), text, `${relative(process.cwd(), path)} is stale`);
  }
});
