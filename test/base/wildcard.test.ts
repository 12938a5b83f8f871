import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesWildcard, wildcardCovers, wildcardsOverlap } from '../../server/src/base/wildcard.ts';

test('a pattern matches a text', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['*', '', true],
    ['*', 'anything', true],
    ['Get*', 'GetObject', true],
    ['Get*', 'PutObject', false],
    ['*Object', 'GetObject', true],
    ['G?tObject', 'GetObject', true],
    ['G?tObject', 'GtObject', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXbY', false],
    ['a**', 'a', true],
    ['?', '', false],
    ['', '', true],
    ['a.b', 'axb', false],
  ];
  for (const [pattern, text, expected] of rows)
    assert.equal(matchesWildcard(pattern, text), expected, `${pattern} ~ ${text}`);
  assert.equal(matchesWildcard('getobject', 'GetObject', { ignoreCase: true }), true);
  assert.equal(matchesWildcard('getobject', 'GetObject'), false);
});

test('a long pattern of stars stays fast enough to finish', () => {
  assert.equal(matchesWildcard(`${'a*'.repeat(200)}b`, 'a'.repeat(5000)), false);
});

test('one pattern covers another', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['*', 'arn:aws:s3:::a/*', true],
    ['arn:aws:s3:::a/*', 'arn:aws:s3:::a/b*', true],
    ['arn:aws:s3:::a/b*', 'arn:aws:s3:::a/*', false],
    ['a?c', 'abc', true],
    ['a?c', 'a*c', false],
    ['a*c', 'a?c', true],
    ['abc', 'a?c', false],
  ];
  for (const [general, specific, expected] of rows) {
    assert.equal(wildcardCovers(general, specific), expected, `${general} covers ${specific}`);
  }
});

test('two patterns overlap when one text fits both', () => {
  const rows: readonly (readonly [string, string, boolean])[] = [
    ['a*', '*b', true],
    ['a*', 'b*', false],
    ['a?', 'ab', true],
    ['a?', 'a', false],
    ['*x*', 'ab*', true],
    ['arn:*:s3:::?*', 'arn:aws:s3:::bucket', true],
    ['arn:*:s3:::?*/?*', 'arn:aws:s3:::bucket', false],
    ['arn:*:s3:::?*/?*', 'arn:aws:s3:::*', true],
    ['', '*', true],
    ['', '?', false],
  ];
  for (const [a, b, expected] of rows) {
    assert.equal(wildcardsOverlap(a, b), expected, `${a} & ${b}`);
    assert.equal(wildcardsOverlap(b, a), expected, `${b} & ${a}`);
  }
});

test('two short patterns overlap exactly when some text fits both', () => {
  const grow = (letters: string, length: number): readonly string[] =>
    length === 0 ? [''] : ['', ...grow(letters, length - 1).flatMap((rest) => [...letters].map((one) => one + rest))];
  const patterns = [...new Set(grow('ab*?', 3))];
  // Two patterns of three characters that overlap at all overlap in a text of six.
  const texts = [...new Set(grow('ab', 6))];
  const fitting = new Map(patterns.map((one) => [one, new Set(texts.filter((text) => matchesWildcard(one, text)))]));
  for (const [a, textsOfA] of fitting) {
    for (const [b, textsOfB] of fitting) {
      const shared = [...textsOfA].some((text) => textsOfB.has(text));
      assert.equal(wildcardsOverlap(a, b), shared, `'${a}' and '${b}'`);
    }
  }
});
