import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from './data.ts';

test('a listed principal has its label', () => {
  assert.deepEqual(catalogue.servicePrincipal('ec2.amazonaws.com'), {
    name: 'ec2.amazonaws.com',
    label: 'Amazon EC2 (instances)',
    listed: true,
  });
  assert.equal(catalogue.servicePrincipal('edgelambda.amazonaws.com')?.label, 'Lambda@Edge');
  assert.equal(catalogue.servicePrincipal('alexa-appkit.amazon.com')?.label, 'Alexa Skills Kit');
});

test('Region and partition are taken out of the name', () => {
  const resolve = (name: string): readonly unknown[] => {
    const principal = catalogue.servicePrincipal(name);
    return [principal?.name, principal?.region, principal?.listed];
  };
  assert.deepEqual(resolve('logs.eu-central-1.amazonaws.com'), ['logs.amazonaws.com', 'eu-central-1', true]);
  assert.deepEqual(resolve('s3.cn-north-1.amazonaws.com.cn'), ['s3.amazonaws.com', 'cn-north-1', true]);
  assert.deepEqual(resolve('EC2.amazonaws.com.cn'), ['ec2.amazonaws.com', undefined, true]);
  assert.deepEqual(resolve('lambda.amazonaws.eu'), ['lambda.amazonaws.com', undefined, true]);
  assert.deepEqual(resolve('kinesis.us-gov-west-1.amazonaws.com'), ['kinesis.amazonaws.com', 'us-gov-west-1', true]);
  assert.deepEqual(resolve('us-east-1.elasticache-snapshot.amazonaws.com'), [
    'elasticache-snapshot.amazonaws.com',
    'us-east-1',
    false,
  ]);
});

test('an unknown name is a principal all the same', () => {
  assert.deepEqual(catalogue.servicePrincipal('brand-new.amazonaws.com'), {
    name: 'brand-new.amazonaws.com',
    listed: false,
  });
  assert.equal(catalogue.servicePrincipal('devops-guru.amazonaws.com')?.label, 'Amazon DevOps Guru');
});

test('what is not shaped like one is none', () => {
  for (const name of [
    '',
    '*',
    'ec2',
    'amazonaws.com',
    '.amazonaws.com',
    'a..b.amazonaws.com',
    'ec2.example.com',
    'ec2.*.amazonaws.com',
    'eu-west-1.amazonaws.com',
  ]) {
    assert.equal(catalogue.servicePrincipal(name), undefined, name);
  }
});

test('the list is complete enough and labelled', () => {
  const list = catalogue.servicePrincipals();
  assert.ok(list.length >= 300);
  assert.ok(list.filter(({ label }) => label !== undefined).length >= list.length * 0.9);
  for (const principal of list) assert.deepEqual(catalogue.servicePrincipal(principal.name), principal);
});
