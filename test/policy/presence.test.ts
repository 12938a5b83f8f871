import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewPolicy } from '../../server/src/policy/model.ts';
import { type Presence, readPresence } from '../../server/src/policy/presence.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { catalogue } from '../harness/data.ts';

function read(operator: string, key: string, value: string | readonly string[]): Presence | undefined {
  const tree = parseJson(JSON.stringify({ Condition: { [operator]: { [key]: value } } }), 'json');
  const [root] = tree.roots;
  assert.ok(root);
  const [clause] = viewPolicy(tree, root, 'statement').statements[0]?.conditions ?? [];
  assert.ok(clause);
  return readPresence(clause, catalogue);
}

test('says what a condition with a * asks of a key that may be missing', () => {
  const table: Readonly<Record<string, Presence>> = {
    StringLike: 'present',
    StringNotLike: 'absent',
    StringLikeIfExists: 'always',
    StringNotLikeIfExists: 'absent',
    'ForAnyValue:StringLike': 'present',
    'ForAllValues:StringLike': 'always',
    'ForAllValues:StringNotLike': 'absent',
    'ForAnyValue:StringNotLike': 'never',
    ArnLike: 'present',
    ArnNotEquals: 'absent',
  };
  for (const [operator, answer] of Object.entries(table)) {
    assert.equal(read(operator, 'aws:TagKeys', ['a', '*']), answer, operator);
  }
});

test('knows the keys that every request carries', () => {
  assert.equal(read('StringLike', 'aws:PrincipalType', '*'), 'always');
  assert.equal(read('StringNotLike', 'aws:PrincipalType', '*'), 'never');
});

test('is silent where the value is asked for', () => {
  assert.equal(read('StringEquals', 'aws:PrincipalTag/team', '*'), undefined);
  assert.equal(read('StringLike', 'aws:PrincipalTag/team', 'a*'), undefined);
  assert.equal(read('StringLike', 'aws:PrincipalTag/team', 'arn:*:*:*:*:*'), undefined);
  assert.equal(read('ArnLike', 'aws:PrincipalArn', 'arn:*:*:*:*:*'), 'present');
});
