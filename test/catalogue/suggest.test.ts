import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countSlips, nearest } from '../../server/src/catalogue/suggest.ts';
import { catalogue } from '../harness/data.ts';
import { createRandom, type Random } from '../robust/texts.ts';

/** The same by the book: the whole table, nothing left out. */
function countAll(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  const at = (i: number, j: number): number => table[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const slips = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        i > 1 && j > 1 && swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      table[i]?.splice(j, 1, slips);
    }
  }
  return at(a.length, b.length);
}

const word = (random: Random): string =>
  Array.from({ length: random.below(9) }, () => random.pick(['a', 'b', 'c'])).join('');

test('slips are counted as by the book, up to the limit', () => {
  const random = createRandom(20_121_017);
  for (let times = 0; times < 5000; times++) {
    const [a, b, limit] = [word(random), word(random), random.below(4)];
    assert.equal(countSlips(a, b, limit), Math.min(countAll(a, b), limit + 1), `${a} ${b} ${limit}`);
  }
});

test('a name with one slip finds back to itself among all actions of a service', () => {
  const names = [...(catalogue.service('s3')?.actions.keys() ?? [])];
  assert.ok(names.length > 100);
  for (const name of names) {
    if (name.length < 9) continue;
    const slip = `${name.slice(0, 4)}${name.slice(5, 6)}${name.slice(4, 5)}${name.slice(6)}`;
    const found = nearest(slip, names);
    assert.ok(found !== undefined, slip);
    assert.ok(countAll(slip.toLowerCase(), found.toLowerCase()) <= 1, `${slip}: ${found}`);
  }
});
