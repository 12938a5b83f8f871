import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKnownRegion } from '../../server/src/catalogue/partitions.ts';
import { REGION_NAMES } from '../../server/src/catalogue/region-names.ts';
import type { WorkspaceNames } from '../../server/src/features/completion/completion.ts';
import {
  ARNS,
  CALLERS,
  ROLE_TAKERS,
  SOURCES,
  VALUES as TABLE,
} from '../../server/src/features/completion/value-table.ts';
import { parseArn } from '../../server/src/policy/arn.ts';
import { parseOperator } from '../../server/src/policy/condition.ts';
import { completeAt } from '../harness/completion.ts';
import { catalogue, service } from '../harness/data.ts';

/** A statement around what is between its braces; a principal makes it a trust policy. */
function policy(inner: string, version = '2012-10-17'): string {
  return `{"Version":"${version}","Statement":[{"Effect":"Allow",${inner}}]}`;
}

const READ = '"Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"';
const TRUST = (principal: string, action = 'sts:AssumeRole') => `"Principal":${principal},"Action":"${action}"`;
const WEB = (provider: string) =>
  TRUST(`{"Federated":"arn:aws:iam::111122223333:oidc-provider/${provider}"}`, 'sts:AssumeRoleWithWebIdentity');
const EKS = 'oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';

const TRUST_EKS = `"Effect":"Allow",${WEB(EKS)}`;

/** What is offered for the value of a key. */
function valuesOf(operator: string, key: string, rest = READ, known?: WorkspaceNames): readonly string[] {
  const text = policy(`${rest},"Condition":{"${operator}":{"${key}":"|"}}`);
  return completeAt(text, known && { known })?.labels ?? [];
}

/** The keys that are offered under an operator. */
function keysUnder(operator: string, rest: string, kind?: string): readonly string[] {
  return (
    completeAt(policy(`${rest},"Condition":{"${operator}":{"|"}}`), kind === undefined ? {} : { kind })?.labels ?? []
  );
}

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

/** The first values by operator and key. */
const VALUES: readonly (readonly [operator: string, key: string, first: readonly string[]])[] = [
  ['StringEquals', 's3express:AccessPointNetworkOrigin', ['VPC', 'Internet']],
  ['Null', 'aws:TokenIssueTime', ['true', 'false']],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', ['true', 'false']],
  ['StringNotEquals', 'aws:RequestedRegion', ['af-south-1', 'ap-east-1']],
  ['StringEquals', 'kms:ReplicaRegion', ['af-south-1']],
  ['StringEquals', 'aws:SourceAccount', ['<account-id>']],
  ['StringEquals', 'aws:ResourceAccount', ['<account-id>', '${aws:PrincipalAccount}']],
  ['StringEquals', 'aws:ResourceOrgID', ['o-<organization>', '${aws:PrincipalOrgID}']],
  ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-<organization>/r-<root>/ou-<unit>/']],
  ['StringEquals', 'aws:SourceVpc', ['vpc-<id>']],
  ['StringEquals', 'aws:SourceVpce', ['vpce-<id>']],
  ['ForAllValues:StringEquals', 'glue:SubnetIds', ['subnet-<id>']],
  ['StringEquals', 'iam:PassedToService', ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com']],
  ['StringEquals', 'kms:ViaService', ['s3.<region>.amazonaws.com', 'ec2.<region>.amazonaws.com']],
  ['StringLike', 'kms:ViaService', ['s3.*.amazonaws.com', 's3.<region>.amazonaws.com']],
  ['ForAnyValue:StringEquals', 'aws:CalledVia', ['cloudformation.amazonaws.com', 'athena.amazonaws.com']],
  ['StringEquals', 'iam:AWSServiceName', ['elasticloadbalancing.amazonaws.com']],
  ['StringEquals', 'ec2:CreateAction', ['CreateSecurityGroup', 'CreateSnapshot', 'CreateVolume', 'RunInstances']],
  ['StringEquals', 'sts:ExternalId', ['<external-id>']],
  ['StringEquals', 'token.actions.githubusercontent.com:aud', ['sts.amazonaws.com']],
  [
    'StringEquals',
    'token.actions.githubusercontent.com:sub',
    [
      'repo:<organization>/<repository>:ref:refs/heads/main',
      'repo:<organization>/<repository>:environment:<environment>',
      'repo:<organization>/<repository>:pull_request',
    ],
  ],
  ['StringEquals', 'gitlab.com:aud', ['https://gitlab.com']],
  ['StringEquals', 'gitlab.example.com:sub', ['project_path:<group>/<project>:ref_type:branch:ref:main']],
  ['StringEquals', 'oidc.vercel.com/shop:sub', ['owner:shop:project:<project>:environment:production']],
  ['StringEquals', 'oidc.vercel.com/shop:aud', ['https://vercel.com/shop']],
  ['StringLike', 'oidc.circleci.com/org/0a1b:sub', ['org/0a1b/project/<project-id>/user/*']],
  ['StringEquals', 'oidc.circleci.com/org/0a1b:aud', ['0a1b']],
  ['StringLike', 'api.bitbucket.org/2.0/workspaces/shop/pipelines-config/identity/oidc:sub', ['{<repository-uuid>}:*']],
  ['StringEquals', `${EKS}:sub`, ['system:serviceaccount:<namespace>:<service-account>']],
  ['StringEquals', `${EKS}:aud`, ['sts.amazonaws.com']],
  ['StringEquals', 'app.terraform.io:aud', ['aws.workload.identity']],
  ['StringEquals', 'SAML:aud', ['https://signin.aws.amazon.com/saml']],
  ['StringEquals', 'cognito-identity.amazonaws.com:aud', ['<region>:<identity-pool-id>']],
  ['ForAnyValue:StringLike', 'cognito-identity.amazonaws.com:amr', ['authenticated', 'unauthenticated']],
  ['ArnLike', 'aws:SourceArn', ['arn:aws:<service>:<region>:<account-id>:<resource>']],
  ['ArnLike', 'aws:PrincipalArn', ['arn:aws:iam::<account-id>:role/<role-name>']],
  ['ArnEquals', 'ec2:Vpc', ['arn:aws:ec2:<region>:<account-id>:vpc/<vpc-id>']],
  ['ArnEquals', 'lambda:FunctionArn', ['arn:aws:lambda:<region>:<account-id>:function:<function-name>']],
  ['ArnEquals', 'iam:PolicyARN', ['arn:aws:iam::<account-id>:policy/<policy-name>']],
  ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '198.51.100.0/24', '2001:db8::/32']],
  ['IpAddress', 'aws:VpcSourceIp', ['10.0.0.0/16']],
  ['DateGreaterThan', 'aws:CurrentTime', ['2030-01-01T00:00:00Z']],
  ['NumericLessThan', 'aws:MultiFactorAuthAge', ['3600']],
  ['StringNotEquals', 's3:x-amz-server-side-encryption', ['aws:kms', 'AES256', 'aws:kms:dsse']],
  ['StringEquals', 'ec2:MetadataHttpTokens', ['required', 'optional']],
  ['StringEquals', 'aws:PrincipalType', ['AssumedRole', 'User']],
  ['StringEquals', 'aws:ResourceTag/Team', ['${aws:PrincipalTag/Team}', '<Team>']],
  ['StringEquals', 'aws:PrincipalTag/Team', ['${aws:ResourceTag/Team}', '<Team>']],
  ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['aws:s3:arn']],
  ['StringLike', 'kms:EncryptionContext:aws:s3:arn', ['arn:aws:s3:::<bucket>', 'arn:aws:s3:::<bucket>/*']],
  ['StringLike', 's3:prefix', ['${aws:username}/*', '<prefix>/*']],
  ['StringEquals', 's3:prefix', ['<prefix>/']],
];

for (const [operator, key, first] of VALUES) {
  test(`values of ${key} under ${operator}`, () => {
    assert.deepEqual(valuesOf(operator, key).slice(0, first.length), first);
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

test('sources of the service that the statement lets in', () => {
  const statement =
    '"Principal":{"Service":"events.amazonaws.com"},"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:q"';
  assert.deepEqual(valuesOf('ArnLike', 'aws:SourceArn', statement), [
    'arn:aws:events:eu-west-1:111122223333:rule/<rule>',
  ]);
});

test('ARNs of the workspace that have the form come first', () => {
  const role = 'arn:aws:iam::111122223333:role/shop';
  const vpc = 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0a1b2c3d';
  const known = { accounts: [], arns: [role, vpc, 'arn:aws:s3:::shop'], accountNames: {} };
  assert.deepEqual(valuesOf('ArnLike', 'ec2:Vpc', READ, known), [
    vpc,
    'arn:aws:ec2:<region>:<account-id>:vpc/<vpc-id>',
  ]);
  assert.equal(valuesOf('ArnLike', 'aws:PrincipalArn', READ, known)[0], role);
  assert.ok(!valuesOf('ArnLike', 'aws:PrincipalArn', READ, known).includes(vpc));
  assert.ok(!valuesOf('ArnLike', 'aws:SourceArn', READ, known).includes('arn:aws:s3:::shop'));
});

test('accounts by name, Regions and values of this document first', () => {
  const known = { accounts: [], arns: [], accountNames: { '444455556666': 'shop production' } };
  const arn = '"Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:111122223333:orders"';
  const text = policy(`${arn},"Condition":{"StringEquals":{"aws:SourceAccount":"|"}}`);
  const items = completeAt(text, { known })?.items ?? [];
  assert.deepEqual(
    items.slice(0, 3).map(({ label, detail }) => [label, detail]),
    [
      ['111122223333', undefined],
      ['444455556666', 'shop production'],
      ['<account-id>', 'twelve digits'],
    ],
  );
  assert.equal(valuesOf('StringEquals', 'aws:RequestedRegion', arn)[0], 'eu-west-1');
  assert.equal(valuesOf('StringEquals', 'kms:ViaService', arn)[0], 's3.eu-west-1.amazonaws.com');
  const other = `${READ}},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-a1b2c3d4e5"}}},{"Effect":"Allow",${READ}`;
  assert.equal(valuesOf('StringEquals', 'aws:PrincipalOrgID', other)[0], 'o-a1b2c3d4e5');
});

test('a tag has the values that it has elsewhere, whatever carries it', () => {
  const other = `${READ},"Condition":{"StringEquals":{"aws:RequestTag/team":["shop","desk"]}}},{"Effect":"Allow",${READ}`;
  assert.deepEqual(valuesOf('StringEquals', 'aws:ResourceTag/Team', other).slice(0, 2), ['shop', 'desk']);
  assert.deepEqual(valuesOf('StringEquals', 'aws:ResourceTag/shop', other).slice(0, 1), ['${aws:PrincipalTag/shop}']);
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

test('variables only where AWS fills them in', () => {
  const variables = (at: string, version?: string) =>
    (completeAt(policy(at, version))?.labels ?? []).filter((label) => label.startsWith('${'));
  const resource = '"Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${|}"';
  assert.ok(variables(resource).length > 20);
  assert.deepEqual(variables(resource, '2008-10-17'), []);
  assert.deepEqual(variables('"Action":"s3:GetObject","Resource":"arn:aws:s3:${|}"'), []);
  assert.deepEqual(variables(`${READ},"Condition":{"NumericLessThan":{"s3:max-keys":"\${|}"}}`), []);
  assert.deepEqual(variables(`${READ},"Condition":{"StringLike":{"s3:prefix":"|"}}`, '2008-10-17'), []);
  assert.deepEqual(variables('"Action":"s3:${|}","Resource":"*"'), []);
});

test('a Region in a value is chosen from a list, those of this document first', () => {
  const arn = '"Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:111122223333:orders"';
  const at = policy(`${arn},"Condition":{"StringLike":{"kms:ViaService":"|"}}`);
  const after = completeAt(at)?.acceptSnippet('sqs.<region>.amazonaws.com') ?? '';
  assert.match(after, /"sqs\.\$\{1\|eu-west-1,af-south-1,[a-z0-9,-]+\|\}\.amazonaws\.com"/);
  assert.doesNotMatch(after, /cn-north-1/);
});

/** What the rules would say at once is not worth offering. */
test('no offered value is one that the rules refuse', () => {
  for (const [operator, key] of VALUES) {
    for (const value of valuesOf(operator, key)) {
      const text = policy(`${READ},"Condition":{"${operator}":{"${key}":${JSON.stringify(value)}}}`);
      const { findings } = service.analyze({ path: 'policy.json', text });
      const about = findings.filter(({ rule }) =>
        /^(?:condition-(?:value|vpc|region|service|data|wildcard|ip)|variable)/.test(rule),
      );
      // That a role session has no user name is worth a word wherever it is written.
      assert.deepEqual(
        about.filter(({ severity }) => severity === 'error' || severity === 'warning').map(({ message }) => message),
        [],
        `${operator} ${key} ${value}`,
      );
    }
  }
});

test('the tables of values name what AWS has', () => {
  for (const key of [...Object.keys(TABLE), ...Object.keys(ARNS)]) {
    assert.equal(key, key.toLowerCase());
    assert.ok(catalogue.conditionKey(key), key);
  }
  const services = [...ROLE_TAKERS, ...CALLERS].map((name) => `${name}.amazonaws.com`);
  for (const name of [...services, ...Object.keys(SOURCES)]) {
    assert.ok(catalogue.servicePrincipal(name)?.listed, name);
  }
  for (const arn of [...Object.values(SOURCES), ...Object.values(ARNS)].flat()) assert.ok(parseArn(arn), arn);
  for (const region of Object.keys(REGION_NAMES)) assert.ok(isKnownRegion(region), region);
});

test('every operator that is offered is one', () => {
  const labels = completeAt(policy(`${READ},"Condition":{"|"}`))?.labels ?? [];
  assert.ok(labels.length > 60);
  for (const label of labels) assert.equal(parseOperator(label).miscased || !parseOperator(label).name, false, label);
});

/** What is offered behind a value that is begun, and the value with the first of it. */
function goesOn(operator: string, key: string, typed: string, trust: string, known?: WorkspaceNames) {
  const text = policy(`${trust},"Condition":{"${operator}":{"${key}":"${typed}|"}}`);
  const completed = completeAt(text, known && { known });
  const [first] = completed?.labels ?? [];
  const value = first === undefined ? '' : (completed?.accept(first).match(/"([^"]*)"\}\}/)?.[1] ?? '');
  return { labels: completed?.labels ?? [], value };
}

test('behind the names that are filled in, a subject goes on part by part', () => {
  const github = (typed: string, operator = 'StringEquals') =>
    goesOn(operator, 'token.actions.githubusercontent.com:sub', typed, WEB('token.actions.githubusercontent.com'));
  assert.deepEqual(github('repo:acme/site:'), {
    labels: [
      'ref:refs/heads/main',
      'environment:<environment>',
      'pull_request',
      'ref:refs/tags/<tag>',
      'ref:refs/heads/<branch>',
    ],
    value: 'repo:acme/site:ref:refs/heads/main',
  });
  assert.deepEqual(github('repo:acme/site:', 'StringLike').labels.slice(-2), ['ref:refs/heads/release/*', '*']);
  assert.deepEqual(github('repo:acme/site:env').labels, ['environment:<environment>']);
  assert.equal(github('repo:acme/site:env').value, 'repo:acme/site:environment:<environment>');
  assert.equal(github('repo:acme/').labels[0], '<repository>:ref:refs/heads/main');
  assert.deepEqual(github('repo:acme/si').labels, [], "a name is the user's own");

  const gitlab = goesOn('StringEquals', 'gitlab.com:sub', 'project_path:acme/site:', WEB('gitlab.com'));
  assert.ok(gitlab.labels.includes('ref_type:branch:ref:main') && gitlab.labels.includes('ref_type:tag:ref:<tag>'));
  const pod = goesOn('StringEquals', `${EKS}:sub`, 'system:serviceaccount:prod:', WEB(EKS));
  assert.deepEqual(pod.labels, ['<service-account>']);
  const terraform = WEB('app.terraform.io');
  const run = goesOn('StringLike', 'app.terraform.io:sub', 'organization:acme:project:web:', terraform);
  assert.equal(run.value, 'organization:acme:project:web:workspace:<workspace>:run_phase:apply');
  const bitbucket = 'api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc';
  assert.deepEqual(goesOn('StringLike', `${bitbucket}:sub`, '{1-2}:', WEB(bitbucket)).labels, [
    '*',
    '{<environment-uuid>}:*',
  ]);
});

test('so does an ARN, whether its account is the one that is known or another', () => {
  const known = { accounts: ['111122223333'], arns: [], accountNames: {} };
  for (const account of ['111122223333', '444455556666']) {
    const { labels, value } = goesOn('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:`, READ, known);
    assert.ok(labels.includes('role/<role-name>') && labels.includes('root'), account);
    assert.equal(value, `arn:aws:iam::${account}:role/<role-name>`);
  }
});

test('a statement about a whole service is limited by keys that people use, not by those that most of its actions know', () => {
  const text = '"Principal":"*","Action":"s3:*","Resource":"*"';
  const keys = keysUnder('StringNotEquals', text, 'resource:s3');
  const at = (key: string) => keys.indexOf(key);
  assert.ok(at('aws:SourceVpce') >= 0 && at('aws:SourceVpce') < at('s3:authType'));
  assert.ok(at('aws:PrincipalOrgID') < at('s3:x-amz-acl'));
});
