import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesWildcard, wildcardCovers } from '../../server/src/base/wildcard.ts';
import { findCovered } from '../../server/src/policy/covered.ts';

test('of equals the first stays, and of chains the widest is named', () => {
  const covered = findCovered(['s3:GetObject', 'S3:getobject', 's3:Get*', 's3:*', 'sqs:*'], { ignoreCase: true });
  assert.deepEqual([...covered].sort(), [
    [0, 3],
    [1, 3],
    [2, 3],
  ]);
  assert.deepEqual([...findCovered(['**', '*', 'a'], { ignoreCase: false })].sort(), [
    [1, 0],
    [2, 0],
  ]);
  assert.equal(findCovered(['a/B', 'a/b'], { ignoreCase: false }).size, 0);
});

test('it says what comparing each with each would say', () => {
  const pieces = ['a', 'b', 'ab', '*', '?', 'a*'];
  const texts = pieces.flatMap((one) => pieces.map((two) => one + two)).filter((text) => !/\*\?|\?\*/.test(text));
  const covered = findCovered(texts, { ignoreCase: false });
  for (const [index, text] of texts.entries()) {
    const others = texts.filter((other, at) => at !== index && wildcardCovers(other, text));
    const wider = others.filter((other) => !wildcardCovers(text, other) || texts.indexOf(other) < index);
    assert.equal(covered.has(index), wider.length > 0, text);
    const by = covered.get(index);
    if (by === undefined) continue;
    assert.ok(!covered.has(by), `${texts[by]} is covered itself`);
    for (const sample of ['ab', 'aab', 'bb', 'ba', 'aa']) {
      if (matchesWildcard(text, sample)) assert.ok(matchesWildcard(texts[by] ?? '', sample), `${text} in ${texts[by]}`);
    }
  }
});

test('the work does not grow with the square of the patterns', () => {
  const time = (count: number): number => {
    const texts = Array.from({ length: count }, (_, index) => `arn:aws:s3:::*bucket-${index}/folder/*`);
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      assert.equal(findCovered(texts, { ignoreCase: false }).size, 0);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };
  time(1_000);
  const small = time(2_000);
  assert.ok(time(16_000) < small * 8 * 4 + 5, `${small} ms for 2,000`);
});
