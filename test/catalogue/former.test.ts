import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formerService, isFormerAction } from '../../server/src/catalogue/former.ts';
import { catalogue } from '../harness/data.ts';

test('names are looked up without regard to case, and never in the prototype', () => {
  assert.deepEqual(catalogue.actionsOfOperation('S3', 'listbuckets'), ['s3:ListAllMyBuckets']);
  assert.deepEqual(catalogue.actionsOfOperation('s3', 'toString'), []);
  assert.equal(catalogue.prefixOfAlias('EventBridge'), 'events');
  assert.equal(catalogue.prefixOfAlias('Step-Functions'), 'states');
  assert.equal(catalogue.prefixOfAlias('constructor'), undefined);
  assert.equal(formerService('toString'), undefined);
});

test('a service that is gone is not listed any more; its successor is', () => {
  for (const name of ['macie', 'zocalo', 'elastic-inference', 'iot1click', 'awsbillingconsole']) {
    const former = formerService(name);
    assert.ok(former, name);
    assert.equal(catalogue.serviceName(name), undefined, name);
    if (former.successor) assert.ok(catalogue.serviceName(former.successor), former.successor);
  }
  assert.equal(isFormerAction('SNS:Receive'), true);
  assert.equal(catalogue.matchesAnyAction('sns:Receive'), false);
});
