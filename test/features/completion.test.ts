import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeAt } from '../harness/completion.ts';

const labels = (marked: string, options?: Parameters<typeof completeAt>[1]) =>
  completeAt(marked, options)?.labels ?? [];
const statement = (inner: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inner}}]}`;

test('elements that are legal here and not yet there', () => {
  assert.deepEqual(labels('{"Version":"2012-10-17","|"}'), ['Id', 'Statement']);
  assert.deepEqual(labels(statement('"Action":"s3:GetObject","|"'), { kind: 'identity' }), [
    'Sid',
    'Resource',
    'Resource […]',
    'Condition',
    'NotResource',
  ]);
  assert.deepEqual(labels(statement('"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole",|')), [
    'Sid',
    'Condition',
  ]);
  assert.equal(
    completeAt(statement('"Action":"s3:GetObject","Res|"'))?.accept('Resource'),
    statement('"Action":"s3:GetObject","Resource"'),
  );
});

test('Effect and Version', () => {
  assert.deepEqual(labels('{"Version":"2012-10-17","Statement":[{"Effect":"|"}]}'), ['Allow', 'Deny']);
  assert.equal(completeAt('{"Statement":[{"Effect": |}]}')?.accept('Deny'), '{"Statement":[{"Effect": "Deny"}]}');
  assert.deepEqual(labels('{"Version":"|","Statement":[]}'), ['2012-10-17', '2008-10-17']);
});

test('a service first, then its actions', () => {
  const services = labels(statement('"Action":"|"'));
  assert.ok(services.includes('s3:') && services.includes('ec2:') && services.includes('*'));
  const actions = labels(statement('"Action":"s3:|"'));
  assert.ok(actions.includes('s3:GetObject') && actions.includes('s3:*'));
  assert.ok(actions.length > 150);
  assert.equal(
    completeAt(statement('"Action":["s3:Ge|t","s3:PutObject"]'))?.accept('s3:GetObject'),
    statement('"Action":["s3:GetObject","s3:PutObject"]'),
  );
});

test('an action that the list holds is not offered again', () => {
  const actions = labels(statement('"Action":["s3:GetObject","s3:|"]'));
  assert.ok(!actions.includes('s3:GetObject') && actions.includes('s3:PutObject'));
});

test('a trust policy is offered role-assumption actions only', () => {
  const actions = labels(statement('"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:Assume|"'), {
    kind: 'trust',
  });
  assert.ok(actions.includes('sts:AssumeRole') && !actions.includes('sts:GetCallerIdentity'));
});

test('half-typed text', () => {
  assert.ok(
    labels('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get|').includes('s3:GetObject'),
  );
  assert.ok(labels('{"Statement":[{"Effect":"Allow","Action":["s3:GetObject", "s3:|').includes('s3:PutObject'));
});

test('principals', () => {
  assert.deepEqual(labels(statement('"Principal":{"|"},"Action":"sts:AssumeRole"')), ['AWS', 'Service', 'Federated']);
  assert.ok(
    labels(statement('"Principal":{"Service":"|"},"Action":"sts:AssumeRole"')).includes('lambda.amazonaws.com'),
  );
  assert.equal(
    labels(statement('"Principal":{"AWS":["arn:aws:iam::111122223333:user/x","|"]},"Action":"sts:AssumeRole"'))[0],
    'arn:aws:iam::111122223333:root',
  );
});

test('resources of the types that the actions take', () => {
  const resources = labels(statement('"Action":"s3:GetObject","Resource":"|"'));
  assert.equal(resources[0], 'arn:aws:s3:::bucket-name/*');
  assert.equal(resources.at(-1), '*');
});

test('condition operators, keys and values', () => {
  assert.ok(labels(statement('"Action":"s3:ListBucket","Resource":"*","Condition":{"|"}')).includes('StringEquals'));
  const keys = labels(statement('"Action":"s3:ListBucket","Resource":"*","Condition":{"StringEquals":{"|"}}'));
  assert.ok(keys.indexOf('s3:prefix') >= 0 && keys.indexOf('s3:prefix') < keys.indexOf('aws:PrincipalOrgID'));
  assert.ok(!keys.includes('aws:SecureTransport'), 'a Bool key does not fit StringEquals');
  assert.deepEqual(labels(statement('"Condition":{"Bool":{"aws:SecureTransport":"|"}}')), ['true', 'false']);
  assert.ok(
    labels(statement('"Condition":{"StringEquals":{"aws:RequestedRegion":["eu-west-1","|"]}}')).includes(
      'eu-central-1',
    ),
  );
});

test('a bare statement', () => {
  assert.ok(labels('{"Effect":"Allow","Action":"s3:|","Resource":"*"}').includes('s3:GetObject'));
  assert.ok(labels('{"Effect":"Allow","Action":"s3:GetObject","|"}').includes('Resource'));
});

test('files without a policy get nothing', () => {
  assert.equal(completeAt('{"name":"x","scripts":{"|"}}', { path: 'package.json' }), undefined);
});
