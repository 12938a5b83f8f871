import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { readChecks, renderCheckDocs, renderRuleDocs } from '../../server/tools/build-docs.ts';

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

test('the checks in access-analyzer.json and those that rules answer are the same', () => {
  const checks = readChecks();
  assert.equal(new Set(checks.map(({ id }) => id)).size, 153);
  const answered = new Set(RULES.flatMap((rule) => rule.accessAnalyzer));
  const known = new Set(checks.map(({ id }) => id));
  assert.deepEqual(
    [...answered].filter((id) => !known.has(id)),
    [],
    'no such check',
  );
  const wrong = checks.filter(({ id, coverage, why }) => {
    if (answered.has(id) !== (coverage !== 'none')) return true;
    return (coverage === 'full') !== (why === undefined);
  });
  assert.deepEqual(
    wrong.map(({ id }) => id),
    [],
    'coverage says otherwise than the rules, or lacks its reason: edit server/data/authored/access-analyzer.json',
  );
});
