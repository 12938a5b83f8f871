import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainSnippet, printSnippet, shiftStops } from '../../server/src/base/snippet.ts';

test('words become stops, the same one wherever they stand; the rest is escaped', () => {
  assert.equal(printSnippet('arn:${aws:x}/name/name', ['name']), 'arn:\\${aws:x\\}/${1:name}/${1:name}');
  assert.equal(printSnippet('in region', ['region'], { region: ['a-1', 'b-2'] }), 'in ${1|a-1,b-2|}');
  assert.equal(printSnippet('nothing', ['']), 'nothing');
});

test('stops are counted on; what is escaped is none', () => {
  assert.equal(shiftStops('$1 ${2:word} ${3|a,b|} \\$1', 2), '$3 ${4:word} ${5|a,b|} \\$1');
  assert.equal(shiftStops('$1', 0), '$1');
});

test('without stops: their words, the first of each choice', () => {
  assert.equal(plainSnippet('"$1": ${2:word} ${3|a,b|} \\$1 \\}'), '"": word a $1 }');
});
