import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchesGlob } from '../../server/src/base/glob.ts';

const CASES: readonly (readonly [glob: string, matching: readonly string[], other: readonly string[]])[] = [
  ['*.json', ['a.json', '.json', '.a.json'], ['a.jsonc', 'b/a.json', '']],
  ['**/*.json', ['a.json', 'b/a.json', '/b/.c/a.json'], ['a.jsonc']],
  ['/team/**/trust.json', ['/team/trust.json', '/team/a/b/trust.json'], ['/team/a/x-trust.json', 'team/trust.json']],
  ['a/**', ['a/b', 'a/b/c', 'a/'], ['b/a']],
  ['**', ['', 'a', 'a/b'], []],
  ['a*b*c', ['abc', 'axxbxbc'], ['abcd', 'acb', 'a/b/c']],
  ['policy-?.json', ['policy-1.json', 'policy-é.json', 'policy-😀.json'], ['policy-.json', 'policy-12.json']],
  ['policy-[0-9a].json', ['policy-1.json', 'policy-a.json'], ['policy-b.json', 'policy-[0-9a].json']],
  ['[!a-c]x', ['dx'], ['ax', 'x', '/x']],
  ['[]x', ['[]x'], ['x']],
  ['a-[b', ['a-[b'], ['a-b']],
  ['*.{iam,scp}.json', ['a.iam.json', 'a.scp.json'], ['a.rcp.json', 'a.{iam,scp}.json']],
  ['{a,{b,c}d}/x', ['a/x', 'bd/x', 'cd/x'], ['b/x', 'ad/x']],
  ['{a}', ['{a}'], ['a']],
  ['a{,b}', ['a', 'ab'], ['b']],
  ['\\*\\[a\\]', ['*[a]'], ['x[a]', '\\*\\[a\\]']],
  ['\\{a,b\\}', ['{a,b}'], ['a']],
  ['a(b)+@!', ['a(b)+@!'], ['ab']],
];

for (const [glob, matching, other] of CASES) {
  test(`${glob} matches what it says and nothing else`, () => {
    assert.deepEqual(
      matching.filter((path) => !matchesGlob(glob, path)),
      [],
    );
    assert.deepEqual(
      other.filter((path) => matchesGlob(glob, path)),
      [],
    );
  });
}

test('a hostile glob is answered at once', () => {
  const name = 'a'.repeat(4000);
  const folders = 'a/'.repeat(2000);
  for (const glob of [
    '*a'.repeat(400),
    '**/'.repeat(300),
    '{a,b}'.repeat(190),
    '{'.repeat(900),
    '[a-z]*'.repeat(150),
  ]) {
    assert.equal(matchesGlob(`${glob}b`, name), false);
    assert.equal(matchesGlob(`${glob}b`, folders), false);
  }
  assert.equal(matchesGlob('*'.repeat(1001), 'a'), false);
});
