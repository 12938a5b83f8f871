import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rememberEach, rememberTexts } from '../../server/src/base/remember.ts';

test('an answer is worked out once for each object', () => {
  let asked = 0;
  const nameOf = rememberEach(({ name }: { readonly name: string }) => `${name} ${++asked}`);
  const [a, b] = [{ name: 'a' }, { name: 'b' }];
  assert.deepEqual([nameOf(a), nameOf(b), nameOf(a)], ['a 1', 'b 2', 'a 1']);
});

test('texts are remembered until they have come to so many characters', () => {
  const memory = rememberTexts<number>(6);
  memory.set('abc', 1);
  memory.set('def', 2);
  assert.deepEqual([memory.get('abc'), memory.get('def')], [1, 2]);
  memory.set('g', 3);
  assert.deepEqual([memory.get('abc'), memory.get('def'), memory.get('g')], [undefined, undefined, 3]);
});
