import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findPartition,
  isKnownRegion,
  judgeRegion,
  KNOWN_REGIONS,
  PARTITIONS,
  partitionOf,
} from '../../server/src/catalogue/partitions.ts';
import {
  lengthStripped,
  measurePolicy,
  QUOTAS,
  resourceQuota,
  stripWhitespace,
} from '../../server/src/catalogue/quotas.ts';
import { countSlips, nearest } from '../../server/src/catalogue/suggest.ts';
import { catalogue } from './data.ts';

test('each known Region belongs to one partition, its own', () => {
  assert.equal(PARTITIONS.length, 8);
  assert.equal(KNOWN_REGIONS.length, 34 + 2 + 2 + 1 + 2 + 2 + 1 + 2);
  for (const partition of PARTITIONS) {
    for (const region of partition.regions) {
      assert.deepEqual(
        PARTITIONS.filter(({ regionPattern }) => regionPattern.test(region)),
        [partition],
        region,
      );
    }
  }
  assert.equal(partitionOf('us-gov-west-1')?.id, 'aws-us-gov');
  assert.equal(findPartition('aws-cn')?.dnsSuffix, 'amazonaws.com.cn');
  assert.equal(findPartition('AWS'), undefined);
});

test('a Region may be newer than the list', () => {
  assert.equal(judgeRegion('eu-central-1'), 'known');
  assert.equal(judgeRegion('sa-west-1'), 'new');
  assert.equal(judgeRegion('eu-central'), 'wrong');
  assert.equal(judgeRegion('eu_central_1'), 'wrong');
  assert.equal(judgeRegion('EU-central-1'), 'wrong');
  assert.equal(isKnownRegion('sa-west-1'), false);
});

test('quotas', () => {
  assert.equal(QUOTAS.managed.limit, 6144);
  assert.equal(QUOTAS.trust.raisableTo, 8192);
  assert.equal(resourceQuota('SQS')?.unit, 'bytes');
  assert.equal(resourceQuota('logs')?.sure, false);
  assert.equal(resourceQuota('kinesis'), undefined);
  assert.equal(resourceQuota('constructor'), undefined);
});

test('size is counted as the quota counts it', () => {
  const policy = '{ "Sid": "a \\" b",\n\t"x": "é😀" }';
  assert.equal(measurePolicy(policy, QUOTAS.managed), '{"Sid":"a \\" b","x":"é😀"}'.length);
  assert.equal(measurePolicy(policy, QUOTAS.scp), policy.length);
  assert.equal(measurePolicy(policy, { unit: 'bytes', countsWhitespace: true }), Buffer.byteLength(policy));
  assert.equal(measurePolicy('{ "open: a b', QUOTAS.managed), '{"open: a b'.length);
});

test('slips: missing, surplus, wrong, swapped', () => {
  assert.equal(countSlips('effect', 'effect', 3), 0);
  assert.equal(countSlips('efect', 'effect', 3), 1);
  assert.equal(countSlips('efffect', 'effect', 3), 1);
  assert.equal(countSlips('effact', 'effect', 3), 1);
  assert.equal(countSlips('effcet', 'effect', 3), 1);
  assert.equal(countSlips('kitten', 'sitting', 3), 3);
  assert.equal(countSlips('kitten', 'sitting', 2), 3);
  assert.equal(countSlips('abc', 'uvwxyz', 2), 3);
});

test('did you mean', () => {
  const names = (prefix: string): readonly string[] =>
    [...(catalogue.service(prefix)?.actions.values() ?? [])].map(({ name }) => name);
  assert.equal(nearest('GetObjet', names('s3')), 'GetObject');
  assert.equal(nearest('listbuckets', names('s3')), 'ListBucket');
  assert.equal(nearest('DescribeInstance', names('ec2')), 'DescribeInstances');
  assert.equal(nearest('AsumeRole', names('sts')), 'AssumeRole');
  assert.equal(nearest('PassRoles', names('iam')), 'PassRole');
  assert.equal(nearest('allow', ['Allow', 'Deny']), 'Allow');
  assert.equal(nearest('lamdba', catalogue.servicePrefixes()), 'lambda');
  assert.equal(nearest('StringEqual', ['StringNotEquals', 'StringEquals', 'StringLike']), 'StringEquals');
  assert.equal(nearest('s33', catalogue.servicePrefixes()), 's3');
});

test('no suggestion is better than a wild one', () => {
  assert.equal(nearest('CopyObject', ['PutObject', 'GetObject', 'DeleteObject']), undefined);
  assert.equal(nearest('Maybe', ['Allow', 'Deny']), undefined);
  assert.equal(nearest('x', ['y']), undefined);
  assert.equal(nearest('', ['a']), undefined);
  assert.equal(nearest('anything', []), undefined);
});

test('white space outside strings does not count, whatever stands in the text', () => {
  const texts = [
    '{ "a b" : 1 }',
    '"open \\',
    '"a\\" b" \n\t c',
    '\u00a0"\u00a0"\u2003x\ufeff',
    '"',
    '',
    ' é " \\\\" y',
  ];
  for (const text of texts) assert.equal(lengthStripped(text), stripWhitespace(text).length, JSON.stringify(text));
  assert.equal(lengthStripped('{ "a b" : 1 }'), 9);
});
