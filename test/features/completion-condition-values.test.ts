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
import { completeAt } from '../harness/completion.ts';
import { EKS, policy, READ, valuesOf, WEB } from '../harness/completion-condition.ts';
import { catalogue, service } from '../harness/data.ts';

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
