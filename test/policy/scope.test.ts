import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { parseArn } from '../../server/src/policy/arn.ts';
import { viewPolicy } from '../../server/src/policy/model.ts';
import { captureNames, judgeAction, readResource } from '../../server/src/policy/resource-type.ts';
import { scopeProposals, wideResources } from '../../server/src/policy/scope.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { createJsonWriter } from '../../server/src/syntax/json-writer.ts';
import { catalogue } from '../harness/data.ts';

function propose(statement: object) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const tree = parseJson(text, 'json');
  const [root] = tree.roots;
  assert.ok(root);
  const policy = viewPolicy(tree, root, 'document');
  const [first] = policy.statements;
  assert.ok(first);
  const [wide] = wideResources(first, catalogue);
  const proposals = wide ? scopeProposals(policy, first, wide, catalogue, createJsonWriter(tree)) : [];
  return proposals.map((one) => ({ ...one, statements: JSON.parse(applyEdits(text, one.edits)).Statement }));
}

test('a Deny is scoped too, and then denies less', () => {
  const [first] = propose({ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' });
  assert.equal(first?.title, 'Scope Resource to bucket ARN');
  assert.equal(first?.effect, 'widens');
  assert.deepEqual(first?.placeholders, ['<bucket-name>']);
  assert.equal(first?.statements[0].Resource, 'arn:aws:s3:::<bucket-name>');
});

test('log groups end in a star, which takes in their streams', () => {
  const [first] = propose({ Effect: 'Allow', Action: ['logs:CreateLogGroup', 'logs:PutLogEvents'], Resource: '*' });
  assert.equal(first?.statements[0].Resource, 'arn:aws:logs:<region>:<account-id>:log-group:<log-group-name>:*');
});

test('what the wide ARN says of account and Region is kept', () => {
  const wide = 'arn:aws:dynamodb:eu-west-1:111122223333:*';
  const [first] = propose({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: wide });
  assert.equal(first?.statements[0].Resource, 'arn:aws:dynamodb:eu-west-1:111122223333:table/<table-name>');
});

test('every action stays, whatever the proposal', () => {
  const actions = ['s3:ListAllMyBuckets', 's3:GetObject', 's3:ListBucket', 'sqs:SendMessage', 'ec2:RunInstances'];
  const proposals = propose({ Sid: 'Work', Effect: 'Allow', Action: actions, Resource: '*' });
  assert.ok(proposals.length >= 2);
  for (const { statements, title } of proposals) {
    const kept = statements.flatMap((one: { Action: string | string[] }) => one.Action);
    assert.deepEqual(kept.sort(), [...actions].sort(), title);
    const sids = statements.map((one: { Sid: string }) => one.Sid);
    assert.equal(new Set(sids).size, sids.length, title);
  }
});

test('nothing is proposed where nothing can be told', () => {
  const limited = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' };
  assert.deepEqual(propose({ Effect: 'Allow', Action: '*', Resource: '*' }), []);
  assert.deepEqual(propose({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), []);
  assert.deepEqual(propose({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }), []);
  assert.deepEqual(propose({ Effect: 'Allow', Action: 's3:${Verb}', Resource: '*' }), []);
  assert.deepEqual(propose(limited), []);
});

test('names are read from an ARN by the form of its type', () => {
  const capture = (text: string, template: string) => {
    const arn = parseArn(text);
    assert.ok(arn);
    const names = captureNames(arn, template);
    return names && Object.fromEntries(names);
  };
  const object = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
  assert.deepEqual(capture('arn:aws:s3:::b/a/c', object), { BucketName: 'b', ObjectName: 'a/c' });
  assert.equal(capture('arn:aws:s3:::b', object), undefined);
  assert.equal(capture('arn:aws:sqs:::b/a', object), undefined);
});

test('an action meets a resource, does not, needs the star, or nobody knows', () => {
  const judge = (id: string, ...resources: string[]) => {
    const [prefix = '', name = ''] = id.split(':');
    const action = catalogue.action(prefix, name);
    assert.ok(action, id);
    return judgeAction(
      action,
      resources.map((text) => readResource(text, catalogue)),
      catalogue,
    );
  };
  assert.equal(judge('s3:ListBucket', 'arn:aws:s3:::b'), 'yes');
  assert.equal(judge('s3:ListBucket', 'arn:aws:s3:::b/*'), 'no');
  assert.equal(judge('s3:ListBucket', 'arn:aws:s3:::*/*'), 'no');
  assert.equal(judge('s3:GetObject', 'arn:aws:s3:::b'), 'no');
  assert.equal(judge('s3:GetObject', 'arn:aws:s3:::b*'), 'yes');
  assert.equal(judge('s3:GetObject', 'arn:aws:s3:::${Bucket}'), 'unknown');
  assert.equal(judge('s3:GetObject', '${BucketArn}'), 'unknown');
  assert.equal(judge('s3:GetObject', 'arn:aws:s3:::b', '*'), 'yes');
  assert.equal(judge('s3:ListAllMyBuckets', 'arn:aws:s3:::b'), 'needs-star');
  assert.equal(judge('s3:ListAllMyBuckets', 'arn:aws:s3:::*'), 'yes');
  assert.equal(judge('dynamodb:GetItem', 'arn:aws:dynamodb:*:*:table/t/index/*'), 'no');
  assert.equal(judge('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:f:live'), 'yes');
  assert.equal(judge('ec2:RunInstances', 'arn:aws:s3:::b'), 'unknown');
});

test('what is called like a part of every object is copied like anything else', () => {
  const odd = JSON.parse(`{
    "Effect": "Allow", "Action": ["s3:GetObject", "sqs:SendMessage", "s3:ListAllMyBuckets"], "Resource": "*",
    "Condition": { "__proto__": { "__proto__": "a" } }, "__proto__": { "constructor": "b" }
  }`);
  const splits = propose(odd).filter(({ statements }) => statements.length > 1);
  assert.ok(splits.length > 0);
  for (const { statements, title } of splits) {
    for (const one of statements) {
      assert.ok(Object.hasOwn(one, '__proto__') && Object.hasOwn(one.Condition, '__proto__'), title);
      assert.deepEqual(Object.values(one.Condition), [JSON.parse('{ "__proto__": "a" }')], title);
    }
  }
});
