import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompleteOptions, completeAt, detailOf, first, labels, statement } from '../harness/completion.ts';

const KNOWN = {
  accounts: ['111122223333', '444455556666'],
  arns: [
    'arn:aws:iam::111122223333:role/deploy',
    'arn:aws:s3:::reports',
    'arn:aws:sqs:eu-west-1:111122223333:orders',
    'arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com',
    'arn:aws:iam::444455556666:saml-provider/corp',
  ],
  accountNames: { '777788889999': 'audit' },
} as const;

test('what lies in a bucket is not offered as a bucket, nor every bucket as one that is known', () => {
  const arns = ['arn:aws:s3:::team-reports/*', 'arn:aws:s3:::*'];
  const known = { accounts: [], arns, accountNames: {} };
  const buckets = labels(statement('"Action":"s3:ListBucket","Resource":"|"'), { known });
  assert.deepEqual(buckets.slice(0, 2), ['arn:aws:s3:::team-reports', 'arn:aws:s3:::<bucket-name>']);
  const mixed = completeAt(statement('"Action":["s3:ListBucket","s3:GetObject"],"Resource":"|"'), { known });
  assert.equal(mixed?.items.find(({ label }) => label === 'arn:aws:s3:::team-reports/*')?.detail, 's3 object');
});

test('kinds of principal that the policy may have', () => {
  const kinds = (kind: string) => labels('{"Statement":[{"Effect":"Allow","Principal":{"|"}}]}', { kind });
  assert.deepEqual(kinds('trust'), ['AWS', 'Service', 'Federated']);
  assert.deepEqual(kinds('resource:s3'), ['AWS', 'Service', 'Federated', 'CanonicalUser']);
  assert.deepEqual(labels('{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*","|"}}]}', { kind: 'trust' }), [
    'Service',
    'Federated',
  ]);
});

test('principals of AWS: what is known of the workspace first, everybody last', () => {
  const options = { known: KNOWN };
  const principals = statement('"Principal":{"AWS":"|"},"Action":"sts:AssumeRole"');
  assert.deepEqual(labels(principals, options), [
    'arn:aws:iam::111122223333:role/deploy',
    'arn:aws:iam::777788889999:root',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::444455556666:root',
    'arn:aws:iam::<account-id>:root',
    'arn:aws:iam::<account-id>:role/<role-name>',
    'arn:aws:iam::<account-id>:user/<user-name>',
    '*',
  ]);
  assert.equal(detailOf('arn:aws:iam::777788889999:root', principals, options), 'the whole account audit');
  const listed = statement(
    '"Principal":{"AWS":["arn:aws:iam::111122223333:role/deploy","|"]},"Action":"sts:AssumeRole"',
  );
  assert.deepEqual(first(2, listed), ['arn:aws:iam::111122223333:root', 'arn:aws:iam::111122223333:role/<role-name>']);
});

test('services, those that roles are mostly made for first, by principal or product', () => {
  const marked = statement('"Principal":{"Service":"|"},"Action":"sts:AssumeRole"');
  assert.deepEqual(first(3, marked), ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com']);
  const states = completeAt(marked)?.items.find(({ label }) => label === 'states.amazonaws.com');
  assert.match(states?.filter ?? '', /Step Functions/);
});

test('identity providers', () => {
  const marked = statement('"Principal":{"Federated":"|"},"Action":"sts:AssumeRoleWithWebIdentity"');
  const providers = labels(marked, { known: KNOWN });
  assert.deepEqual(providers.slice(0, 2), [
    'arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com',
    'arn:aws:iam::444455556666:saml-provider/corp',
  ]);
  assert.ok(providers.includes('arn:aws:iam::<account-id>:oidc-provider/gitlab.com'));
  assert.ok(providers.includes('cognito-identity.amazonaws.com'));
  assert.equal(
    detailOf('arn:aws:iam::<account-id>:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<cluster-id>', marked),
    'Amazon EKS',
  );
});

test('resources of the types that the actions take, those they need first', () => {
  const resources = labels(statement('"Action":"s3:GetObject","Resource":"|"'));
  assert.equal(resources[0], 'arn:aws:s3:::<bucket-name>/*');
  assert.equal(resources.at(-1), '*');
  assert.equal(
    first(1, statement('"Action":"ec2:RunInstances","Resource":"|"'))[0]?.startsWith('arn:aws:ec2:<region>:'),
    true,
  );
  assert.equal(
    first(1, statement('"Action":"logs:CreateLogGroup","Resource":"|"'))[0]?.endsWith(':log-group:<log-group-name>:*'),
    true,
  );
});

test('resources that the workspace knows come first, and what lies inside them', () => {
  const options = { known: KNOWN };
  assert.equal(first(1, statement('"Action":"s3:ListBucket","Resource":"|"'), options)[0], 'arn:aws:s3:::reports');
  assert.equal(first(1, statement('"Action":"s3:GetObject","Resource":"|"'), options)[0], 'arn:aws:s3:::reports/*');
  assert.equal(first(1, statement('"Action":"sqs:SendMessage","Resource":"|"'), options)[0], KNOWN.arns[2]);
  const listed = statement('"Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::docs","|"]');
  assert.equal(first(1, listed)[0], 'arn:aws:s3:::docs/*');
  assert.ok(!labels(listed).includes('arn:aws:s3:::docs'));
});

test('the whole of everything, with a word on when nothing else is possible', () => {
  const none = statement('"Action":"ec2:DescribeInstances","Resource":"|"');
  assert.deepEqual(labels(none), ['*']);
  assert.equal(detailOf('*', none), 'these actions take no other resource');
  const open = statement('"Action":["ec2:DescribeInstances","*"],"Resource":"|"');
  assert.equal(detailOf('*', open), 'every resource');
  const key = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"|"}]}';
  assert.equal(first(1, key, { kind: 'resource:kms' })[0], '*');
  assert.ok(!labels(statement('"Action":"s3:GetObject","Resource":["*","|"]')).includes('*'));
});

test('an ARN segment by segment', () => {
  const options = { known: KNOWN };
  const at = (typed: string) => labels(statement(`"Action":"sqs:SendMessage","Resource":"${typed}|"`), options);
  assert.deepEqual(at('arn:').slice(0, 2), ['aws', 'aws-cn']);
  assert.deepEqual(at('arn:aws:').slice(0, 1), ['sqs']);
  assert.ok(at('arn:aws:').includes('dynamodb'));
  assert.equal(at('arn:aws:sqs:')[0], 'eu-west-1');
  assert.ok(at('arn:aws-cn:sqs:').includes('cn-north-1') && !at('arn:aws-cn:sqs:').includes('eu-west-1'));
  assert.deepEqual(at('arn:aws:sqs:eu-west-1:'), ['777788889999', '111122223333', '444455556666']);
  assert.deepEqual(at('arn:aws:sqs:eu-west-1:111122223333:'), ['orders', '<queue-name>']);
});

test('the ARN of a principal segment by segment', () => {
  const at = (typed: string, type = 'AWS', options: CompleteOptions = { known: KNOWN }) =>
    labels(statement(`"Principal":{"${type}":"${typed}|"},"Action":"sts:AssumeRole"`), options);
  assert.deepEqual(at('arn:').slice(0, 2), ['arn:aws:iam::111122223333:role/deploy', 'aws']);
  assert.deepEqual(at('arn:aws:').slice(1, 3), ['iam', 'sts']);
  assert.deepEqual(at('arn:aws:iam::'), ['777788889999', '111122223333', '444455556666']);
  assert.deepEqual(at('arn:aws:iam::', 'AWS', {}), [
    '<account-id>:root',
    '<account-id>:role/<role-name>',
    '<account-id>:user/<user-name>',
  ]);
  assert.deepEqual(at('arn:aws:iam::111122223333:'), ['role/deploy', 'root', 'role/<role-name>', 'user/<user-name>']);
  assert.deepEqual(at('arn:aws:sts::111122223333:'), [
    'assumed-role/<role-name>/<session-name>',
    'federated-user/<user-name>',
  ]);
  assert.deepEqual(at('arn:aws:iam::444455556666:', 'Federated').slice(0, 2), [
    'oidc-provider/token.actions.githubusercontent.com',
    'saml-provider/corp',
  ]);
  const service = completeAt(statement('"Principal":{"AWS":"arn:aws-cn:|"},"Action":"sts:AssumeRole"'));
  assert.ok(service);
  assert.ok(service.accept('iam').includes('"arn:aws-cn:iam::"'), 'the colons of the empty Region come along');
  assert.ok(service.labels.includes('arn:aws-cn:iam::<account-id>:root'));
});

test('an ARN of another service than that of the actions', () => {
  const forms = labels(statement('"Action":"sqs:SendMessage","Resource":"arn:aws:iam::111122223333:|"'));
  assert.ok(forms.includes('role/<role-name>') && forms.includes('policy/<policy-name>'));
});

test('the services of an ARN that has neither region nor account go on with whole ARNs', () => {
  assert.ok(
    labels(statement('"Action":"iam:PassRole","Resource":"arn:aws:iam:|"')).includes(
      'arn:aws:iam::<account-id>:role/<role-name>',
    ),
  );
});
