import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOperator } from '../../server/src/policy/condition.ts';
import { completeAt } from '../harness/completion.ts';
import { EKS, keysUnder, policy, READ, TRUST, TRUST_EKS, valuesOf, WEB } from '../harness/completion-condition.ts';

interface Case {
  readonly name: string;
  /** What stands in the statement, `|` being the cursor. */
  readonly at: string;
  readonly version?: string;
  /** The first labels, in order. */
  readonly first?: readonly string[];
  readonly all?: readonly string[];
  readonly without?: readonly string[];
  /** A label to accept, and what the statement is then. */
  readonly accept?: readonly [label: string, after: string];
}

const CASES: readonly Case[] = [
  {
    name: 'the usual operators first',
    at: `${READ},"Condition":{"|"}`,
    first: ['StringEquals', 'StringLike', 'ArnLike', 'Bool', 'IpAddress'],
    accept: ['StringEquals', `${READ},"Condition":{"StringEquals": { "$1" }}`],
  },
  {
    name: 'an operator that is there is not offered again, whatever its case',
    at: `${READ},"Condition":{"Bool":{},"stringequals":{},"|"}`,
    first: ['StringLike', 'ArnLike', 'IpAddress'],
    without: ['Bool', 'StringEquals'],
  },
  {
    name: 'operators that suit the keys below first',
    at: `${READ},"Condition":{"|":{"aws:SourceIp":"203.0.113.0/24"}}`,
    first: ['IpAddress', 'Null', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists', 'StringEquals'],
    accept: ['IpAddress', `${READ},"Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`],
  },
  {
    name: 'a key of several values wants a set operator',
    at: `${READ},"Condition":{"|":{"aws:TagKeys":["team"]}}`,
    first: ['Null', 'ForAnyValue:StringEquals', 'ForAnyValue:StringLike'],
  },
  {
    name: 'keys of every action, then of some, then global ones',
    at: `${READ},"Condition":{"StringLike":{"s3:signatureversion":"x","|"}}`,
    first: ['s3:ResourceAccount', 's3:authType'],
    without: ['s3:signatureversion', 'aws:SecureTransport', 's3:max-keys'],
    accept: ['s3:prefix', `${READ},"Condition":{"StringLike":{"s3:signatureversion":"x","s3:prefix": "$1"}}`],
  },
  {
    name: 'a true or false to choose from',
    at: `${READ},"Condition":{"Bool":{"|"}}`,
    first: ['aws:MultiFactorAuthPresent', 'aws:SecureTransport'],
    accept: ['aws:SecureTransport', `${READ},"Condition":{"Bool":{"aws:SecureTransport": "\${1|true,false|}"}}`],
  },
  {
    name: 'a list below a set operator',
    at: '"Action":"ec2:CreateTags","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws|"}}',
    accept: [
      'aws:TagKeys',
      '"Action":"ec2:CreateTags","Resource":"*","Condition":{"ForAllValues:StringEquals":{"aws:TagKeys": ["$1"]}}',
    ],
  },
  {
    name: 'tags that the document names before any other',
    at: '"Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"shop","|"}}',
    first: ['ec2:InstanceType', 'ec2:ResourceTag/team', 'ec2:ResourceTag/TagKey'],
    accept: [
      'aws:RequestTag/TagKey',
      '"Action":"ec2:RunInstances","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"shop","aws:RequestTag/${1:TagKey}": "$2"}}',
    ],
  },
  {
    name: 'the claims of GitHub where it is trusted',
    at: `${WEB('token.actions.githubusercontent.com')},"Condition":{"StringEquals":{"|"}}`,
    first: ['token.actions.githubusercontent.com:sub', 'token.actions.githubusercontent.com:aud'],
    without: ['saml:aud', 'gitlab.com:project_id'],
  },
  {
    name: 'the claims of a cluster by its own issuer',
    at: `${WEB(EKS)},"Condition":{"StringEquals":{"|"}}`,
    first: [`${EKS}:sub`, `${EKS}:aud`],
  },
  {
    name: 'the keys of SAML',
    at: `${TRUST('{"Federated":"arn:aws:iam::111122223333:saml-provider/corp"}', 'sts:AssumeRoleWithSAML')},"Condition":{"StringEquals":{"|"}}`,
    first: ['saml:aud', 'saml:sub', 'saml:iss'],
    without: ['token.actions.githubusercontent.com:sub'],
  },
  {
    name: 'the external id where an account is trusted',
    at: `${TRUST('{"AWS":"111122223333"}')},"Condition":{"StringEquals":{"|"}}`,
    first: ['sts:ExternalId', 'sts:RoleSessionName'],
    without: ['saml:aud'],
  },
  {
    name: 'the source where a service is trusted',
    at: `${TRUST('{"Service":"scheduler.amazonaws.com"}')},"Condition":{"StringEquals":{"|"}}`,
    first: ['aws:SourceAccount'],
  },
  {
    name: 'the tags that EKS sets on sessions of pods',
    at: `${TRUST('{"Service":"pods.eks.amazonaws.com"}')},"Condition":{"StringEquals":{"|"}}`,
    first: ['aws:RequestTag/kubernetes-namespace', 'aws:RequestTag/kubernetes-service-account'],
  },
  {
    name: 'a variable in a Resource replaces no more than itself',
    at: '"Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:us|}/*"',
    first: ['${aws:username}', '${aws:PrincipalTag/<tag-key>}'],
    accept: ['${aws:username}', '"Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"'],
  },
  {
    name: 'a variable that nothing closes',
    at: '"Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${|/*"',
    accept: ['${aws:username}', '"Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"'],
  },
  {
    name: 'a variable in a condition, with the tags that the document names',
    at: `${READ},"Condition":{"StringLike":{"aws:PrincipalTag/team":"shop","s3:prefix":"\${|"}}`,
    first: ['${aws:username}', '${aws:PrincipalTag/team}', '${aws:PrincipalTag/<tag-key>}'],
  },
  {
    name: 'an asterisk that is no wildcard',
    at: `${READ},"Condition":{"StringLike":{"s3:prefix":"a\${|"}}`,
    accept: ['${*}', `${READ},"Condition":{"StringLike":{"s3:prefix":"a\${*}"}}`],
  },
  {
    name: 'a value in a list leaves out the others',
    at: `${READ},"Condition":{"StringEquals":{"s3:x-amz-acl":["private","|"]}}`,
    first: ['bucket-owner-full-control', 'bucket-owner-read', 'public-read'],
    without: ['private'],
    accept: ['public-read', `${READ},"Condition":{"StringEquals":{"s3:x-amz-acl":["private","public-read"]}}`],
  },
  {
    name: 'a whole Condition where there is none yet',
    at: `${READ},"Condition": |`,
    first: ['{ "StringEquals": … }', '{ "StringLike": … }'],
    accept: ['{ "StringEquals": … }', `${READ},"Condition": { "StringEquals": { "$0" } }`],
  },
  {
    name: 'a whole object behind an operator',
    at: `${READ},"Condition":{"StringEquals":"|"}`,
    accept: ['{ "s3:ResourceAccount": … }', `${READ},"Condition":{"StringEquals":{ "s3:ResourceAccount": "$0" }}`],
  },
  {
    name: 'a whole object with a choice',
    at: `${READ},"Condition":{"Bool": |}`,
    accept: [
      '{ "aws:SecureTransport": … }',
      `${READ},"Condition":{"Bool": { "aws:SecureTransport": "\${1|true,false|}" }}`,
    ],
  },
  {
    name: 'a whole object with a name to fill in',
    at: `${READ},"Condition":{"StringLike": |}`,
    accept: [
      '{ "aws:PrincipalTag/TagKey": … }',
      `${READ},"Condition":{"StringLike": { "aws:PrincipalTag/\${1:TagKey}": "$2" }}`,
    ],
  },
  {
    name: 'a value without quotation marks',
    at: `${READ},"Condition":{"Bool":{"aws:SecureTransport": |}}`,
    all: ['true', 'false'],
    accept: ['false', `${READ},"Condition":{"Bool":{"aws:SecureTransport": "false"}}`],
  },
];

for (const { name, at, version, first, all, without, accept } of CASES) {
  test(name, () => {
    const done = completeAt(policy(at, version));
    assert.ok(done, 'nothing is offered');
    if (first) assert.deepEqual(done.labels.slice(0, first.length), first);
    if (all) assert.deepEqual(done.labels, all);
    for (const label of without ?? []) assert.ok(!done.labels.includes(label), label);
    if (accept) assert.equal(done.acceptSnippet(accept[0]), policy(accept[1]));
  });
}

test('keys say how many of the actions take them', () => {
  const { items = [] } = completeAt(policy(`${READ},"Condition":{"StringLike":{"|"}}`)) ?? {};
  const detail = (label: string) => items.find((one) => one.label === label)?.detail;
  assert.equal(detail('s3:ResourceAccount'), 'text, every action');
  assert.equal(detail('s3:prefix'), 'text, 1 of 2 actions');
  assert.equal(detail('aws:PrincipalOrgID'), 'text');
  const labels = items.map(({ label }) => label);
  const order = ['s3:ResourceAccount', 's3:prefix', 'aws:PrincipalOrgID', 'aws:TagKeys'];
  assert.deepEqual(
    order.toSorted((a, b) => labels.indexOf(a) - labels.indexOf(b)),
    order,
  );
});

test('what few actions know comes behind the global keys that people use', () => {
  const all = (rest: string, path = 'policy.json') =>
    completeAt(`{"Version":"2012-10-17","Statement":[${rest}]}`, { path })?.labels ?? [];
  const bucket = all('{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Bool":{"|"}}}');
  assert.deepEqual(bucket.slice(0, 2), ['aws:MultiFactorAuthPresent', 'aws:SecureTransport']);
  assert.ok(bucket.indexOf('s3:ObjectCreationOperation') < bucket.indexOf('aws:AssumedRoot'));
  const perimeter =
    '{"Effect":"Deny","Principal":"*","Action":["s3:*","sqs:*"],"Resource":"*","Condition":{"StringNotEquals":{"|"}}}';
  const keys = all(perimeter, 'perimeter-rcp.json');
  assert.ok(keys.indexOf('aws:PrincipalOrgID') < keys.indexOf('s3:authType'));
});

test('whoever types what a blank stands for is not offered the blank', () => {
  const sub = `{${TRUST_EKS},"Condition":{"StringEquals":{"${EKS}:sub":"system:serviceaccount:|"}}}`;
  const complete = (statement: string) =>
    completeAt(`{"Version":"2012-10-17","Statement":[${statement}]}`)?.labels ?? [];
  assert.deepEqual(complete(sub), ['system:serviceaccount:<namespace>:<service-account>']);
  assert.deepEqual(complete(sub.replace('|', 'na|')), []);
});

test('in a Deny, what lets off comes first: the negated operators, and false', () => {
  const inDeny = (condition: string) =>
    completeAt(
      `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":${condition}}]}`,
    );
  assert.deepEqual(inDeny('{"|"}')?.labels.slice(0, 6), [
    'StringNotEquals',
    'StringNotLike',
    'ArnNotLike',
    'Bool',
    'NotIpAddress',
    'StringEquals',
  ]);
  assert.deepEqual(inDeny('{"Bool":{"aws:SecureTransport":"|"}}')?.labels, ['false', 'true']);
  assert.match(inDeny('{"Bool":{"|"}}')?.acceptSnippet('aws:SecureTransport') ?? '', /"\$\{1\|false,true\|\}"/);
  assert.deepEqual(inDeny('{"Null":{"aws:TagKeys":"|"}}')?.labels, ['true', 'false']);
});

test('keys of a resource type that the Resource leaves out are not counted', () => {
  const on = (resource: string) =>
    completeAt(policy(`"Action":["s3:*"],"Resource":"${resource}","Condition":{"StringLike":{"|"}}`))?.items.find(
      ({ label }) => label === 's3:BucketTag/TagKey',
    )?.detail;
  const count = (detail = '') => Number(/(\d+) of/.exec(detail)?.[1] ?? 0);
  assert.ok(count(on('*')) > count(on('arn:aws:s3:::shop')));
  assert.ok(count(on('arn:aws:s3:::shop')) > 10);
});

test('a key of several values under a plain operator comes last, with a word on it', () => {
  const { items = [] } = completeAt(policy(`${READ},"Condition":{"StringEquals":{"|"}}`)) ?? {};
  const several = items.filter(({ detail }) => detail === 'text, several values: wants ForAnyValue:');
  assert.ok(several.length > 3);
  assert.deepEqual(items.slice(-several.length), several);
  assert.ok(several.some(({ label }) => label === 'aws:CalledVia'));
});

test('a service that calls brings its source; nobody else does', () => {
  const bucket = keysUnder('ArnLike', `"Principal":{"Service":"sns.amazonaws.com"},${READ}`);
  assert.equal(bucket[0], 'aws:SourceArn');
  const identity = keysUnder('StringEquals', READ);
  assert.ok(identity.indexOf('aws:SourceArn') > identity.indexOf('aws:PrincipalOrgID'));
});

test('a quotation mark takes the chosen word only where there is no other', () => {
  const commit = (condition: string) => completeAt(policy(`${READ},"Condition":${condition}`))?.list.commitCharacters;
  assert.deepEqual(commit('{"Bool":{"aws:SecureTransport":"|"}}'), ['"']);
  assert.deepEqual(commit('{"StringEquals":{"aws:ResourceTag/team":"|"}}'), []);
  assert.deepEqual(commit('{"StringLike":{"s3:prefix":"${aws:user|"}}'), []);
});

test('names that every object of JavaScript has are no keys', () => {
  for (const name of ['constructor', '__proto__', 'hasOwnProperty']) {
    assert.deepEqual(valuesOf('StringEquals', name), []);
    assert.deepEqual(valuesOf('ArnLike', name), []);
    assert.ok(keysUnder('StringEquals', TRUST(`{"Service":"${name}","Federated":"${name}"}`)).length > 10);
  }
});

test('the encryption contexts of services', () => {
  const keys = keysUnder('StringEquals', '"Action":"kms:Decrypt","Resource":"*"');
  assert.deepEqual(keys.slice(0, 3), ['kms:ViaService', 'kms:CallerAccount', 'kms:EncryptionContext:aws:s3:arn']);
});

test('every operator that is offered is one', () => {
  const labels = completeAt(policy(`${READ},"Condition":{"|"}`))?.labels ?? [];
  assert.ok(labels.length > 60);
  for (const label of labels) assert.equal(parseOperator(label).miscased || !parseOperator(label).name, false, label);
});

test('a statement about a whole service is limited by keys that people use, not by those that most of its actions know', () => {
  const text = '"Principal":"*","Action":"s3:*","Resource":"*"';
  const keys = keysUnder('StringNotEquals', text, 'resource:s3');
  const at = (key: string) => keys.indexOf(key);
  assert.ok(at('aws:SourceVpce') >= 0 && at('aws:SourceVpce') < at('s3:authType'));
  assert.ok(at('aws:PrincipalOrgID') < at('s3:x-amz-acl'));
});
