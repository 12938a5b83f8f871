import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normaliseKey, packService } from '../../server/tools/build-data/pack.ts';
import type { SourceAction, SourceService } from '../../server/tools/build-data/source.ts';

const ACTION: SourceAction = {
  name: 'GetThing',
  description: 'Grants permission to get a thing',
  accessLevel: 'Read',
  resourceTypes: [],
  conditionKeys: [],
  dependentActions: [],
  scenarios: false,
};
const SERVICE: SourceService = {
  prefix: 'thing',
  name: 'Things',
  actions: [],
  resourceTypes: [{ name: 'Thing', arn: 'arn:${Partition}:thing:::${Id}', conditionKeys: [] }],
  conditionKeys: [{ name: 'thing:Tag/<key>', description: 'Filters access by tag', type: 'ArrayOfString' }],
};

const pack = (change: Partial<SourceService>) => packService({ ...SERVICE, ...change }, () => []);
const packAction = (change: Partial<SourceAction>) => pack({ actions: [{ ...ACTION, ...change }] });
const resource = { name: 'thing', required: true, conditionKeys: [], dependentActions: [] };

test('a service is packed', () => {
  const resourceTypes = [{ ...resource, conditionKeys: ['thing:Tag/<key>'] }];
  const action = { ...ACTION, accessLevel: 'Tagging, Write', scenarios: true, resourceTypes };
  assert.deepEqual(
    packService({ ...SERVICE, actions: [action] }, (id) => [`${id}s`]),
    {
      prefix: 'thing',
      k: [['thing:Tag/${TagKey}', '~tag', 'String', 1]],
      l: [[], [0]],
      r: [['Thing', ['arn:${Partition}:thing:::${Id}'], 0]],
      a: [['GetThing', 'T+', '~get a thing', 0, [[1, 1]], ['thing:GetThings']]],
    },
  );
});

test('a resource type listed twice is required only when both say so', () => {
  const packed = packAction({ resourceTypes: [resource, { ...resource, required: false }] });
  assert.deepEqual(packed.a[0]?.[4], [0]);
});

test('what the tool does not know, it refuses', () => {
  assert.throws(() => packAction({ accessLevel: 'Execute' }), /thing:GetThing: unknown access level 'Execute'/);
  assert.throws(() => packAction({ accessLevel: 'Tagging, Read' }), /unknown access level/);
  assert.throws(() => packAction({ conditionKeys: ['thing:Nope'] }), /'thing:Nope' is listed nowhere/);
  assert.throws(() => packAction({ resourceTypes: [{ ...resource, name: 'nope' }] }), /'nope' is listed nowhere/);
  assert.throws(() => packAction({ description: '~odd' }), /starts with '~'/);
  const key = { name: 'thing:Key', description: 'x', type: 'Colour' };
  assert.throws(() => pack({ conditionKeys: [key] }), /unknown condition type 'Colour'/);
  const type = { name: 'x', arn: 'arn:aws:thing', conditionKeys: [] };
  assert.throws(() => pack({ resourceTypes: [type] }), /an ARN 'arn:aws:thing'/);
});

test('placeholders in condition keys come in one spelling', () => {
  assert.equal(normaliseKey('s3:ExistingObjectTag/<key>'), 's3:ExistingObjectTag/${TagKey}');
  assert.equal(normaliseKey('ssm:resourceTag/tag-key'), 'ssm:resourceTag/${TagKey}');
  assert.equal(normaliseKey('rds:db-tag/${TagKey}'), 'rds:db-tag/${TagKey}');
  assert.throws(() => normaliseKey('s3:Tag/[key]'), /a condition key/);
  assert.throws(() => normaliseKey('no colon'), /a condition key/);
});
