import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { renderRuleDocs } from '../../server/tools/build-docs.ts';

const DOCS = join(__dirname, '../../docs/rules');

test('docs/rules is what `npm run build:docs` writes', () => {
  const pages = renderRuleDocs();
  assert.deepEqual(readdirSync(DOCS).sort(), [...pages.keys()].sort());
  for (const [file, text] of pages)
    assert.equal(readFileSync(join(DOCS, file), 'utf8'), text, `docs/rules/${file} is stale`);
});
