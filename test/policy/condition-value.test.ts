import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIpRange, judgeValue } from '../../server/src/policy/condition-value.ts';

test('addresses and ranges of both families', () => {
  for (const good of [
    '203.0.113.7',
    '203.0.113.0/24',
    '0.0.0.0/0',
    '::',
    '::/0',
    '::1',
    '2001:db8::/32',
    '2001:DB8:1:2:3:4:5:6/128',
    '::ffff:192.0.2.1',
    '1:2:3:4:5:6:192.0.2.1',
  ]) {
    assert.equal(isIpRange(good), true, good);
  }
  for (const bad of [
    '',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.0/33',
    '203.0.113.0/',
    '203.0.113.0/24/8',
    '2001:db8::/129',
    '2001:db8:::1',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::ffff:192.0.2',
    'office',
  ]) {
    assert.equal(isIpRange(bad), false, bad);
  }
});

test('dates of the W3C profile, and only those of the calendar', () => {
  for (const good of [
    '2027-12',
    '2027-12-31',
    '2028-02-29',
    '2027-12-31T23:59Z',
    '2027-12-31T23:59:59Z',
    '2027-12-31T23:59:59.5+02:00',
  ]) {
    assert.equal(judgeValue('Date', good), undefined, good);
  }
  for (const bad of ['2027-13', '2027-02-29', '2100-02-29', '2027-12-31T24:00Z', '2027-12-31T23:60Z', '12-31', '']) {
    assert.deepEqual(judgeValue('Date', bad), { flaw: 'date' }, bad);
  }
});

test('a date is turned around only where one reading remains', () => {
  assert.equal(judgeValue('Date', '31/12/2027')?.near, '2027-12-31');
  assert.equal(judgeValue('Date', '12/31/2027')?.near, '2027-12-31');
  assert.equal(judgeValue('Date', '2027/1/2')?.near, '2027-01-02');
  assert.equal(judgeValue('Date', '04/04/2027')?.near, '2027-04-04');
  assert.equal(judgeValue('Date', '03/04/2027')?.near, undefined);
});

test('seconds become a date where they are one', () => {
  assert.deepEqual(judgeValue('Date', '1830297600'), { flaw: 'epoch', near: '2028-01-01T00:00:00Z' });
  assert.deepEqual(judgeValue('Date', '12345'), { flaw: 'epoch' });
  assert.deepEqual(judgeValue('Date', '999999999999999999999'), { flaw: 'epoch' });
});

test('numbers, yes or no, base64', () => {
  for (const good of ['0', '-5', '+5', '3.14', '1e3']) assert.equal(judgeValue('Numeric', good), undefined, good);
  for (const bad of ['', 'ten', '1,5', '0x10']) assert.equal(judgeValue('Numeric', bad)?.flaw, 'number', bad);
  for (const good of ['true', 'FALSE']) assert.equal(judgeValue('Bool', good), undefined, good);
  assert.deepEqual(judgeValue('Null', 'yes'), { flaw: 'boolean', near: 'true' });
  assert.deepEqual(judgeValue('Bool', ' true'), { flaw: 'boolean', near: 'true' });
  assert.deepEqual(judgeValue('Bool', ''), { flaw: 'boolean' });
  for (const good of ['QQ==', 'QUI=', 'QUJD']) assert.equal(judgeValue('Binary', good), undefined, good);
  for (const bad of ['', 'Q', 'QQ', 'not base64!']) assert.equal(judgeValue('Binary', bad)?.flaw, 'base64', bad);
});
