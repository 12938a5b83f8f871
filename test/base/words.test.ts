import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayNumber } from '../../server/src/base/words.ts';

test('a number is written with a comma for each thousand', () => {
  const numbers = [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 131_072_000];
  assert.deepEqual(numbers.map(sayNumber), ['0', '7', '999', '1,000', '12,345', '999,999', '1,000,000', '131,072,000']);
});
