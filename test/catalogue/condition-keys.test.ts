import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from './data.ts';

test('a key is found as a user writes it', () => {
  const cases: readonly (readonly [written: string, name: string])[] = [
    ['aws:sourceip', 'aws:SourceIp'],
    ['AWS:PrincipalOrgId', 'aws:PrincipalOrgID'],
    ['aws:RequestTag/team', 'aws:RequestTag/${TagKey}'],
    ['aws:ResourceTag/a/b:c d', 'aws:ResourceTag/${TagKey}'],
    ['aws:PrincipalTag/${aws:username}', 'aws:PrincipalTag/${TagKey}'],
    ['s3:prefix', 's3:prefix'],
    ['s3:ExistingObjectTag/x', 's3:ExistingObjectTag/${TagKey}'],
    ['secretsmanager:ResourceTag/env', 'secretsmanager:ResourceTag/${TagKey}'],
    ['ssm:resourcetag/env', 'ssm:resourceTag/${TagKey}'],
    ['kms:EncryptionContext:a:b', 'kms:EncryptionContext:${EncryptionContextKey}'],
    ['codebuild:secondarySources/one.auth.type', 'codebuild:secondarySources/${sourceIdentifier}.auth.type'],
    ['events:Metadata/a/Matcher', 'events:Metadata/${MetadataKey}/Matcher'],
    ['catalog:ChangeType', 'catalog:ChangeType'],
    ['saml:aud', 'saml:aud'],
    ['gitlab.com:project_id', 'gitlab.com:project_id'],
    ['token.actions.githubusercontent.com:job_workflow_ref', 'token.actions.githubusercontent.com:job_workflow_ref'],
    ['token.actions.acme.ghe.com:workflow', 'token.actions.${Domain}.ghe.com:workflow'],
    ['token.actions.githubusercontent.com/acme:ref', 'token.actions.githubusercontent.com/${SubPath}:ref'],
    [
      'oidc.circleci.com/org/1:oidc.circleci.com/project-id',
      'oidc.circleci.com/org/${OrgId}:oidc.circleci.com/project-id',
    ],
    ['token.actions.githubusercontent.com:sub', '${Issuer}:sub'],
    ['oidc.eks.us-east-1.amazonaws.com/id/ABC:aud', '${Issuer}:aud'],
    ['gitlab.example.com:sub', '${Issuer}:sub'],
  ];
  for (const [written, name] of cases) assert.equal(catalogue.conditionKey(written)?.name, name, written);
});

test('what no reference lists is not found', () => {
  const unknown = [
    'aws:Nope',
    'aws:RequestTag',
    'aws:RequestTag/',
    'aws:TagKeys/x',
    's3:ExistingObjectTag/',
    's4:prefix',
  ];
  for (const key of [
    ...unknown,
    'foo:sub',
    'gitlab.example.com:namespace_id',
    'a*.com:sub',
    'sub',
    '',
    ':',
    'saml:nope',
  ]) {
    assert.equal(catalogue.conditionKey(key), undefined, key);
  }
});

test('global keys say when they are there', () => {
  const keys = catalogue.globalConditionKeys();
  assert.equal(keys.length, 63);
  for (const key of keys) {
    assert.equal(key.scope, 'global');
    assert.match(key.description, /^[A-Z].*\.$/, key.name);
    assert.match(key.present ?? '', /^[A-Z].*\.$/, key.name);
    assert.equal(catalogue.conditionKey(key.name), key);
  }
  assert.deepEqual(
    keys.filter(({ multivalued }) => multivalued).map(({ name }) => name.slice(4)),
    [
      'PrincipalOrgPaths',
      'PrincipalServiceNamesList',
      'VpceOrgPaths',
      'ResourceOrgPaths',
      'CalledVia',
      'TagKeys',
      'SourceOrgPaths',
    ],
  );
  assert.equal(catalogue.conditionKey('aws:CurrentTime')?.absent, undefined);
  assert.match(catalogue.conditionKey('aws:MultiFactorAuthPresent')?.absent ?? '', /long-term/);
});

test('a global key is one object, whichever service lists it', () => {
  const listed = catalogue.service('s3')?.conditionKeys.find(({ name }) => name === 'aws:TagKeys');
  assert.equal(listed, catalogue.conditionKey('aws:tagkeys'));
  assert.equal(listed?.multivalued, true);
  // q and qbusiness list the key too, as a set; sessions carry one.
  assert.equal(catalogue.conditionKey('identitystore:userid')?.multivalued, false);
});

test('type, number of values and scope', () => {
  const facts = (key: string): readonly unknown[] => {
    const { type, multivalued, scope } = catalogue.conditionKey(key) ?? {};
    return [type, multivalued, scope];
  };
  assert.deepEqual(facts('aws:SourceIp'), ['IPAddress', false, 'global']);
  assert.deepEqual(facts('ec2:SourceInstanceARN'), ['ARN', false, 'global']);
  assert.deepEqual(facts('s3:max-keys'), ['Numeric', false, 'service']);
  assert.deepEqual(facts('sts:TransitiveTagKeys'), ['String', true, 'service']);
  assert.deepEqual(facts('saml:edupersonassurance'), ['String', true, 'federation']);
  assert.deepEqual(facts('cognito-identity.amazonaws.com:amr')[2], 'federation');
  assert.deepEqual(facts('example.com:amr'), ['String', true, 'federation']);
  assert.equal(catalogue.conditionKey('aws:EpochTime')?.alsoType, 'Numeric');
});

test('the keys of federated sign-in are not those of sts', () => {
  const names = catalogue.service('sts')?.conditionKeys.map(({ name }) => name) ?? [];
  assert.ok(names.includes('sts:ExternalId'));
  assert.ok(names.every((name) => /^(?:sts|aws|iam):/.test(name)));
  assert.ok(catalogue.federationConditionKeys().every(({ scope }) => scope === 'federation'));
});
