import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { readCases } from '../harness/cases.ts';
import { hoverAt, renderHover } from '../harness/hover.ts';

const PATH = join(__dirname, 'hover.txt');

for (const one of readCases(PATH)) {
  test(`hover: ${one.title}`, () => {
    assert.equal(renderHover(hoverAt(one.marked, one.options)), one.fixed[0]?.text, `${PATH}:${one.line}`);
  });
}
