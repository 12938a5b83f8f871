import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { renderCheckDocs, renderRuleDocs } from '../../server/tools/build-docs.ts';

const DOCS = join(__dirname, '../../docs/rules');

test('docs/rules is what `npm run build:docs` writes', () => {
  const pages = renderRuleDocs();
  assert.deepEqual(readdirSync(DOCS).sort(), [...pages.keys()].sort());
  for (const [file, text] of pages)
    assert.equal(readFileSync(join(DOCS, file), 'utf8'), text, `docs/rules/${file} is stale`);
});

test('docs/access-analyzer.md is what `npm run build:docs` writes', () => {
  assert.equal(readFileSync(join(DOCS, '../access-analyzer.md'), 'utf8'), renderCheckDocs());
});
