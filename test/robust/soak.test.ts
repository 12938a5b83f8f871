import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkAnswer, type OpenFile, requestsFor } from './soak-requests.ts';

for (const flags of [[], ['--pull']]) {
  test(`3,000 operations on a server process ${flags.join()}: each answered, as of a fresh reading`, () => {
    const run = spawnSync(
      process.execPath,
      ['--import', 'tsx', join(__dirname, 'soak.ts'), '--operations', '3000', '--seed', '20121017', ...flags],
      { encoding: 'utf8', cwd: join(__dirname, '../..'), timeout: 120_000 },
    );
    assert.equal(run.status, 0, run.stderr || run.stdout);
    assert.match(run.stdout, /^3000 operations, \d{3,} requests answered, \d{4,} places in the answers/m);
  });
}

test('the soak notices answers that lie outside of their text, and capabilities that it never asks for', () => {
  const texts = new Map([
    [1, 'ab'],
    [2, 'a\r\nbc'],
  ]);
  const file: OpenFile = { uri: 'file:///team/a.json', version: 2, text: texts.get(2) ?? '', kind: null, texts };
  const files = new Map([[file.uri, file]]);
  const range = (line: number, start: number, end: number) => ({
    start: { line, character: start },
    end: { line, character: end },
  });
  const check = (answer: unknown, from = 2) => checkAnswer('textDocument/formatting', answer, file, from, files);
  assert.equal(check([{ range: range(1, 0, 2) }]), 1);
  assert.throws(() => check([{ range: range(1, 0, 3) }]), /outside the text/);
  assert.throws(() => check([{ range: range(0, 0, 2) }]), /outside the text/);
  assert.equal(check([{ range: range(0, 0, 2) }], 1), 1);
  assert.throws(() => check([{ range: range(1, 0, 2) }, { range: range(1, 1, 2) }]), /two edits/);
  const rename = (version: number, edited: object) => ({
    documentChanges: [{ textDocument: { uri: file.uri, version }, edits: [{ range: edited, newText: 'x' }] }],
  });
  assert.equal(check(rename(1, range(0, 0, 2))), 1);
  assert.throws(() => check(rename(2, range(0, 0, 2))), /outside the text/);
  assert.throws(() => check({ edit: rename(2, range(0, 0, 2)) }), /outside the text/);
  assert.throws(
    () => requestsFor({ hoverProvider: true, monikerProvider: true }, []),
    /never asks for monikerProvider/,
  );
});
