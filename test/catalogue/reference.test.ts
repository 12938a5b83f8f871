import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessLevel, Action, Service } from '../../server/src/catalogue/types.ts';
import { catalogue } from './data.ts';

const services = catalogue.servicePrefixes().map((prefix): Service => found(catalogue.service(prefix)));
const actions = services.flatMap((service) => [...service.actions.values()]);
const resourceTypes = services.flatMap((service) => [...service.resourceTypes.values()]);

function found<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

function action(id: string): Action {
  const [prefix = '', name = ''] = id.split(':');
  return found(catalogue.action(prefix, name));
}

test('everything the source lists is there', () => {
  assert.equal(catalogue.date, '2026-09-26');
  assert.deepEqual(catalogue.counts, { services: 456, actions: 22091, resourceTypes: 2334, conditionKeys: 2578 });
  assert.equal(services.length, 456);
  assert.equal(actions.length, 22091);
  assert.equal(resourceTypes.length, 2334);
  assert.equal(resourceTypes.flatMap(({ arns }) => arns).length, 2347);
  const keys = services.flatMap(({ conditionKeys }) => conditionKeys).length;
  // ssm lists one key in two spellings.
  assert.equal(keys + catalogue.federationConditionKeys().length, 2578 - 1);
  assert.equal(catalogue.federationConditionKeys().length, 115);
  assert.equal(actions.flatMap(({ resourceTypes }) => resourceTypes).length, 21931 - 6);
});

test('each access level has as many actions as in the source', () => {
  const counts = new Map<AccessLevel, number>();
  for (const { level } of actions) counts.set(level, (counts.get(level) ?? 0) + 1);
  assert.deepEqual(Object.fromEntries(counts), {
    Write: 11357,
    Read: 5871,
    List: 3719,
    Tagging: 719,
    'Permissions management': 425,
  });
});

test('an action is found whatever its case and says all about itself', () => {
  const getObject = found(catalogue.action('S3', 'GETobject'));
  assert.equal(getObject.id, 's3:GetObject');
  assert.equal(getObject.level, 'Read');
  assert.equal(getObject.description, 'Grants permission to retrieve objects from Amazon S3');
  assert.deepEqual(
    getObject.resourceTypes.map(({ type }) => type.name),
    ['accesspointobject', 'object'],
  );
  assert.deepEqual(getObject.resourceTypes[1]?.type.arns, ['arn:${Partition}:s3:::${BucketName}/${ObjectName}']);
  assert.ok(getObject.conditionKeys.includes('s3:ExistingObjectTag/${TagKey}'));
  assert.equal(action('s3:PutObjectAcl').level, 'Permissions management');
  assert.equal(action('s3:PutObjectTagging').level, 'Tagging');
  assert.equal(catalogue.action('s3', 'GetObjet'), undefined);
  assert.equal(catalogue.action('s4', 'GetObject'), undefined);
  assert.equal(catalogue.action('s3', 'Get*'), undefined);
});

test('required resource types are told from optional ones, with the keys that go with them', () => {
  const attach = action('ec2:AttachVolume');
  assert.ok(attach.resourceTypes.length > 1 && attach.resourceTypes.every(({ required }) => required));
  const volume = found(attach.resourceTypes.find(({ type }) => type.name === 'volume'));
  assert.ok(volume.conditionKeys.includes('ec2:ResourceTag/${TagKey}'));
  assert.ok(!attach.conditionKeys.includes('ec2:ResourceTag/${TagKey}'));
  const required = actions.filter((each) => each.resourceTypes.some((resource) => resource.required));
  assert.equal(required.length, 13888);
});

test('an action without resource types works with "*" only', () => {
  assert.equal(action('s3:ListAllMyBuckets').wildcardOnly, true);
  assert.equal(action('s3:GetObject').wildcardOnly, false);
  assert.equal(actions.filter(({ wildcardOnly }) => wildcardOnly).length, 6724);
});

test('five actions need different resource types from use to use', () => {
  assert.deepEqual(
    actions.filter(({ scenarioDependent }) => scenarioDependent).map(({ id }) => id),
    [
      'cloudwatch:ListTagsForResource',
      'cloudwatch:TagResource',
      'cloudwatch:UntagResource',
      'devicefarm:ScheduleRun',
      'ec2:RunInstances',
    ],
  );
});

test('dependent actions come from the older data and all exist', () => {
  assert.equal(actions.filter(({ dependentActions }) => dependentActions.length > 0).length, 1584);
  assert.ok(action('ec2:RunInstances').dependentActions.includes('iam:PassRole'));
  for (const id of actions.flatMap(({ dependentActions }) => dependentActions)) assert.equal(action(id).id, id);
});

test('two ARNs in one text are two ARNs', () => {
  const stage = found(catalogue.service('apigateway')?.resourceTypes.get('stage'));
  assert.deepEqual(stage.arns, [
    'arn:${Partition}:apigateway:${Region}::/apis/${ApiId}/stages/${StageName}',
    'arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}/stages/${StageName}',
  ]);
  assert.equal(resourceTypes.filter(({ arns }) => arns.length === 2).length, 13);
  assert.ok(resourceTypes.every(({ arns }) => arns.every((arn) => /^arn:\$\{Partition\}:[^\s,]+$/.test(arn))));
});

test('a resource type that an action lists twice counts once, required only when every mention says so', () => {
  for (const each of actions) {
    const names = each.resourceTypes.map(({ type }) => type.name);
    assert.equal(new Set(names).size, names.length, each.id);
  }
});

test('every key that an action or resource type names can be found', () => {
  const names = new Set([
    ...actions.flatMap(({ conditionKeys, resourceTypes }) => [
      ...conditionKeys,
      ...resourceTypes.flatMap((resource) => resource.conditionKeys),
    ]),
    ...resourceTypes.flatMap(({ conditionKeys }) => conditionKeys),
  ]);
  assert.ok(names.size > 1000);
  for (const name of names) assert.equal(catalogue.conditionKey(name)?.name, name);
});

test('a prefix shared by several services has the name people know', () => {
  assert.equal(catalogue.serviceName('cloudformation'), 'AWS CloudFormation');
  assert.equal(catalogue.service('SES')?.name, 'Amazon SES');
  assert.equal(catalogue.serviceName('s3'), 'Amazon S3');
  assert.equal(catalogue.serviceName('s4'), undefined);
});

test('names that were right once are retired, not unknown', () => {
  assert.deepEqual(catalogue.retiredService('DeepLens'), { name: 'deeplens', lastSeen: '2025-02' });
  assert.deepEqual(catalogue.retiredAction('account', 'getchallengequestions'), {
    name: 'account:GetChallengeQuestions',
    lastSeen: '2025-02',
  });
  assert.deepEqual(catalogue.retiredConditionKey('deepracer:multiuser'), {
    name: 'deepracer:MultiUser',
    lastSeen: '2025-12',
  });
  assert.equal(catalogue.retiredService('s3'), undefined);
  assert.equal(catalogue.retiredAction('s3', 'GetObject'), undefined);
  assert.equal(catalogue.retiredAction('s3', 'Nonsense'), undefined);
  assert.equal(catalogue.retiredConditionKey('aws:SourceIp'), undefined);
});

test('resource control policies apply to some services', () => {
  assert.equal(catalogue.isRcpService('S3'), true);
  assert.equal(catalogue.isRcpService('sts'), true);
  assert.equal(catalogue.isRcpService('ec2'), false);
  assert.equal(services.filter(({ prefix }) => catalogue.isRcpService(prefix)).length, 62);
});

test('an operation people take for an action leads to the action', () => {
  assert.deepEqual(catalogue.actionsOfOperation('S3', 'headbucket'), ['s3:ListBucket']);
  assert.deepEqual(catalogue.actionsOfOperation('s3', 'CopyObject'), ['s3:GetObject', 's3:PutObject']);
  assert.deepEqual(catalogue.actionsOfOperation('s3', 'GetObject'), []);
  assert.deepEqual(catalogue.actionsOfOperation('s3', 'Nonsense'), []);
});

test('a product name that is no prefix leads to the prefix', () => {
  assert.equal(catalogue.prefixOfAlias('EventBridge'), 'events');
  assert.equal(catalogue.prefixOfAlias('stepfunctions'), 'states');
  assert.equal(catalogue.prefixOfAlias('s3'), undefined);
  assert.equal(catalogue.prefixOfAlias('constructor'), undefined);
});
