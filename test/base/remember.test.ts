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
  const asked: string[] = [];
  const remember = rememberTexts<number>({ characters: 6 });
  const ask = (text: string) => remember(text, (own) => asked.push(own));
  ask('abc');
  ask('def');
  assert.deepEqual([ask('abc'), ask('def')], [1, 2]);
  ask('g');
  assert.deepEqual([ask('g'), ask('abc'), ask('def')], [3, 4, 5]);
  assert.deepEqual(asked, ['abc', 'def', 'g', 'abc', 'def']);
});

test('so many texts are remembered, and that there is no answer', () => {
  const asked: string[] = [];
  const remember = rememberTexts<undefined>({ texts: 2 });
  for (const text of ['a', 'b', 'a', 'b', 'c', 'c', 'a']) remember(text, (own) => void asked.push(own));
  assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
});
