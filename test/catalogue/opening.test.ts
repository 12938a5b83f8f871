import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CatalogueError, openCatalogue } from '../../server/src/catalogue/catalogue.ts';
import { readData } from './data.ts';

const bytes = readData();

test('nothing is read before the first question, then once', () => {
  const reads: string[] = [];
  const lazy = openCatalogue(() => {
    reads.push('files');
    return {
      toc: bytes.toc,
      get services() {
        reads.push('services');
        return bytes.services;
      },
    };
  });
  assert.deepEqual(reads, []);
  assert.equal(lazy.serviceName('s3'), 'Amazon S3');
  assert.equal(lazy.expandAction('s3:Get*').length > 10, true);
  assert.equal(lazy.conditionKey('aws:SourceIp')?.type, 'IPAddress');
  assert.deepEqual(reads, ['files']);
  lazy.service('s3');
  lazy.service('ec2');
  assert.deepEqual(reads, ['files', 'services']);
});

test('a service is one object', () => {
  const catalogue = openCatalogue(() => bytes);
  assert.equal(catalogue.service('s3'), catalogue.service('S3'));
});

test('missing data fails at each question with the reason', () => {
  let reads = 0;
  const missing = openCatalogue(() => {
    reads++;
    throw new Error('no such file');
  });
  const expected = { name: 'CatalogueError', message: 'the AWS reference data cannot be read: no such file' };
  assert.throws(() => missing.counts, expected);
  assert.throws(() => missing.action('s3', 'GetObject'), expected);
  assert.throws(() => missing.conditionKey('aws:SourceIp'), CatalogueError);
  assert.equal(reads, 1);
});

test('damaged data says what is damaged', () => {
  const open = (change: Partial<typeof bytes>) => openCatalogue(() => ({ ...bytes, ...change }));
  assert.throws(() => open({ toc: bytes.toc.slice(0, 1000) }).date, {
    name: 'CatalogueError',
    message: /^the AWS reference data is damaged \(catalogue-toc\.json\): /,
  });
  assert.throws(() => open({ toc: '{"format":99}' }).date, {
    name: 'CatalogueError',
    message: /format 99, this version reads 1$/,
  });
  assert.throws(() => open({ toc: 'null' }).date, CatalogueError);
  assert.throws(() => open({ toc: '{"format":1}' }).date, CatalogueError);
  assert.throws(() => open({ services: bytes.services.slice(1) }).service('s3'), {
    name: 'CatalogueError',
    message:
      /^the AWS reference data is damaged: catalogue\.jsonl has \d+ characters where catalogue-toc\.json expects \d+$/,
  });
  const at = bytes.services.indexOf('{"prefix":"s3"');
  const broken = `${bytes.services.slice(0, at)}!${bytes.services.slice(at + 1)}`;
  assert.throws(() => open({ services: broken }).service('s3'), {
    name: 'CatalogueError',
    message: /^the AWS reference data of 's3' is damaged: /,
  });
  assert.equal(open({ services: broken }).service('ec2')?.prefix, 'ec2');
  const swapped = bytes.services.replace('{"prefix":"s3"', '{"prefix":"s4"');
  assert.throws(() => open({ services: swapped }).service('s3'), { message: /found 's4' in its place/ });
});
