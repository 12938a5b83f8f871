import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  actionsForOperation,
  formerService,
  isFormerAction,
  OPERATION_IDS,
  prefixForAlias,
  SERVICE_ALIAS_NAMES,
} from '../../server/src/catalogue/operations.ts';
import { catalogue } from '../harness/data.ts';

test('an operation in the table is no action, and what allows it is one', () => {
  for (const id of OPERATION_IDS) {
    assert.equal(catalogue.matchesAnyAction(id), false, `${id} is an action by now`);
    const actions = actionsForOperation(id) ?? [];
    assert.ok(actions.length > 0, id);
    for (const action of actions) assert.equal(catalogue.matchesAnyAction(action), true, `${id} → ${action}`);
  }
});

test('another name of a service is no prefix, and what it stands for is one', () => {
  for (const name of SERVICE_ALIAS_NAMES) {
    assert.equal(catalogue.serviceName(name), undefined, `${name} is a service by now`);
    assert.ok(catalogue.serviceName(prefixForAlias(name) ?? ''), name);
  }
});

test('names are looked up without regard to case, and never in the prototype', () => {
  assert.deepEqual(actionsForOperation('S3:listbuckets'), ['s3:ListAllMyBuckets']);
  assert.equal(prefixForAlias('EventBridge'), 'events');
  assert.equal(prefixForAlias('constructor'), undefined);
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
