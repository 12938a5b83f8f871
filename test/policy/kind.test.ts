import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS, type KindSetting } from '../../server/src/lint/settings.ts';
import { service } from '../harness/data.ts';

/** `resource:s3 certain`, one for each policy of the file; empty when it holds none. */
function seen(
  policy: unknown,
  path = '',
  kinds: Readonly<Record<string, KindSetting>> = {},
  languageId?: string,
): string {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy, null, 2);
  const input = { path, text, ...(languageId && { languageId }) };
  return service
    .analyze(input, { ...DEFAULT_SETTINGS, kinds })
    .policies.map(({ view, classification }) => {
      const kind = classification.kind + (classification.service ? `:${classification.service}` : '');
      const form = view.form === 'document' ? '' : ` ${view.form}`;
      return `${kind} ${classification.confidence}${form}`;
    })
    .join(', ');
}

const allow = (rest: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...rest }] });
const deny = (rest: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', ...rest }] });
const ec2 = { Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' };
const read = { Action: 's3:GetObject', Resource: 'arn:aws:s3:::example/*' };

test('shape tells trust, identity and resource policies', () => {
  assert.equal(seen(allow(ec2)), 'trust certain');
  assert.equal(seen(allow({ ...ec2, Action: ['sts:AssumeRole', 'sts:TagSession'] })), 'trust certain');
  assert.equal(seen(allow({ ...ec2, Resource: '*' })), 'trust likely');
  assert.equal(seen(allow(read)), 'identity likely');
  assert.equal(
    seen(allow({ Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::123456789012:role/x' })),
    'identity likely',
  );
  assert.equal(seen(allow({ Principal: '*', ...read })), 'resource:s3 certain');
  assert.equal(
    seen(allow({ Principal: { AWS: '123456789012' }, Action: 'kms:*', Resource: '*' })),
    'resource:kms certain',
  );
  assert.equal(
    seen(allow({ Principal: { AWS: '123456789012' }, Action: 'ecr:BatchGetImage' })),
    'resource:ecr certain',
  );
  assert.equal(seen(deny({ Principal: '*', Action: '*', Resource: 'arn:aws:s3:::example/*' })), 'resource:s3 certain');
});

test('endpoint, resource control and service control policies', () => {
  assert.equal(seen(allow({ Principal: '*', Action: '*', Resource: '*' })), 'vpc-endpoint likely');
  assert.equal(seen(deny({ Principal: '*', Action: ['s3:*', 'sqs:*'], Resource: '*' })), 'rcp likely');
  assert.equal(seen(deny({ Principal: '*', Action: 'kms:ScheduleKeyDeletion', Resource: '*' })), 'rcp likely');
  assert.equal(seen(deny({ Action: 'organizations:LeaveOrganization', Resource: '*' })), 'scp ambiguous');
});

test('a name settles what shape leaves open, and does not overrule it', () => {
  assert.equal(seen(deny({ Action: 's3:*', Resource: '*' }), 'guard.scp.json'), 'scp certain');
  assert.equal(seen(allow(read), '/w/service_control_policies/a.json'), 'scp certain');
  assert.equal(seen(allow(read), 'permissions-boundary.json'), 'permissions-boundary certain');
  assert.equal(seen(allow(read), 'SessionPolicy.json'), 'session certain');
  assert.equal(seen(allow(read), 'trust-policy.json'), 'identity likely');
  assert.equal(seen(allow(ec2), 'permissions.json'), 'trust certain');
  assert.equal(seen(allow({ Principal: '*', ...read }), 's3-vpc-endpoint.json'), 'vpc-endpoint certain');
  assert.equal(seen({ Version: '2012-10-17', Statement: [] }, 'trust-policy.json'), 'trust likely');
});

test('an override wins: a setting by glob, a $schema', () => {
  assert.equal(seen(allow(read), '/w/policies/a.json', { 'policies/*.json': 'scp' }), 'scp certain');
  assert.equal(seen(allow(read), '/w/policies/a.json', { 'a.json': 'resource:s3' }), 'resource:s3 certain');
  assert.equal(seen(allow(read), '/w/a.json', { '**/*.json': 'scp', 'a.json': 'session' }), 'session certain');
  assert.equal(seen(allow(read), '/w/a.json', { 'b.json': 'scp' }), 'identity likely');
  assert.equal(seen(allow(read), '/w/a.json', { 'a.json': 'none' }), '');
  assert.equal(seen({ $schema: './schemas/trust.schema.json', ...allow(read) }), 'trust certain');
});

test('both halves of a role in one document stay ambiguous', () => {
  const mixed = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...ec2 },
      { Effect: 'Allow', ...read },
    ],
  };
  assert.match(seen(mixed), / ambiguous$/);
  assert.equal(seen(allow({ Action: 'sts:AssumeRole' })), 'trust ambiguous');
});

test('forms: one statement, a list of them, two documents in a file', () => {
  assert.equal(seen({ Effect: 'Allow', ...read }), 'identity likely statement');
  assert.equal(seen({ Effect: 'Allow', ...ec2 }), 'trust certain statement');
  assert.equal(seen([{ Effect: 'Allow', ...read }]), 'identity likely statement-list');
  assert.equal(
    seen(`// Trust\n${JSON.stringify(allow(ec2))}\n// Permissions\n${JSON.stringify(allow(read))}`, 'role.jsonc'),
    'trust certain, identity likely',
  );
});

test('half-typed policies are policies', () => {
  assert.equal(seen('{"Version":"2012-10-17"'), 'unknown ambiguous');
  assert.equal(seen('{"Statement":'), 'unknown ambiguous');
  assert.equal(seen('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:'), 'identity likely');
  assert.equal(seen('{}', 'x.iam.json', {}, 'iam-policy'), 'unknown ambiguous');
  const provider = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
  assert.equal(seen(allow({ Principal: { Federated: provider } })), 'trust likely');
  assert.equal(seen(allow({ Principal: { AWS: '' }, Action: '' }), 'deploy-trust.json'), 'trust likely');
  assert.equal(seen(allow({ Principal: { AWS: '111122223333' }, Action: '' })), 'resource ambiguous');
  assert.equal(seen(allow({ Principal: { Federated: provider }, Action: 's3:GetObject' })), 'resource:s3 certain');
});

test('files that are not policies get silence', () => {
  const files: readonly unknown[] = [
    { name: 'x', version: '1.0.0', scripts: { test: 'x' }, dependencies: {} },
    { compilerOptions: { strict: true }, include: ['src'] },
    { AWSTemplateFormatVersion: '2010-09-09', Resources: { A: { Type: 'AWS::IAM::Role' } } },
    { openapi: '3.0.0', paths: {} },
    { StartAt: 'A', States: { A: { Type: 'Task', Resource: 'arn:aws:lambda:x' } }, Version: '1.0' },
    { Statement: [{ Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' }] },
    { Effect: 'NoSchedule' },
    { rules: [{ rulePriority: 1, action: { type: 'expire' } }] },
    [{ Rules: [{ Resource: ['collection/x'], Permission: ['aoss:*'] }], Principal: ['arn:aws:iam::1:role/x'] }],
    [1, 2],
    [],
    {},
    'x',
    42,
    { effect: 'permit', principal: { op: 'All' }, action: { op: 'All' } },
    { Statement: 'a bank statement' },
    { 'detail-type': ['x'], source: ['aws.s3'] },
  ];
  for (const file of files)
    assert.equal(seen(typeof file === 'string' ? JSON.stringify(file) : file), '', JSON.stringify(file));
});

test('evidence is told in words', () => {
  const { policies } = service.analyze({ path: 'trust-policy.json', text: JSON.stringify(allow(ec2)) });
  const texts = policies[0]?.classification.evidence.map(({ text }) => text) ?? [];
  assert.deepEqual(texts, [
    'It has Principal: it says whom it lets in.',
    'Its actions assume a role, and it names no Resource: the role itself is meant.',
    "The file name 'trust-policy.json' says 'trust'.",
  ]);
});
