import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mapLines, offsetAt, positionAt } from '../../server/src/base/lines.ts';
import { applyEdits } from '../../server/src/base/text-edit.ts';

test('positions and offsets go both ways over all line ends', () => {
  const text = 'a\nbc\r\n\rd😀e';
  const lines = mapLines(text);
  for (let offset = 0; offset <= text.length; offset++) {
    // Inside a line end there is no position of its own.
    if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
    assert.equal(offsetAt(lines, positionAt(lines, offset)), offset);
  }
  assert.deepEqual(positionAt(lines, 3), { line: 1, character: 1 });
  assert.deepEqual(positionAt(lines, text.length), { line: 3, character: 4 });
});

test('a character past the end of its line is the end of its text', () => {
  const lines = mapLines('ab\r\ncd\ne');
  assert.equal(offsetAt(lines, { line: 0, character: 99 }), 2);
  assert.equal(offsetAt(lines, { line: 1, character: 99 }), 6);
  assert.equal(offsetAt(lines, { line: 2, character: 99 }), 8);
});

test('positions outside the text are clamped', () => {
  const lines = mapLines('ab\ncd');
  assert.equal(offsetAt(lines, { line: 99, character: 0 }), 5);
  assert.equal(offsetAt(lines, { line: -1, character: 4 }), 0);
  assert.deepEqual(positionAt(lines, 99), { line: 1, character: 2 });
});

test('edits apply together and refuse to overlap', () => {
  const insert = { span: { start: 1, end: 1 }, newText: 'X' };
  const replace = { span: { start: 2, end: 3 }, newText: '' };
  assert.equal(applyEdits('abcd', [replace, insert]), 'aXbd');
  assert.throws(() => applyEdits('abcd', [replace, { span: { start: 1, end: 3 }, newText: '' }]), RangeError);
});
