import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  containsRange,
  formatRange,
  type IpRange,
  isPrivateRange,
  networkOf,
  parseIpRange,
} from '../../server/src/base/ip-range.ts';

function read(text: string): IpRange {
  const range = parseIpRange(text);
  assert.ok(range, text);
  return range;
}

test('reads addresses and ranges, and nothing else', () => {
  assert.deepEqual(read('203.0.113.7'), { version: 4, address: 0xcb007107n, prefix: 32 });
  assert.deepEqual(read('2001:db8::1/64'), { version: 6, address: (0x20010db8n << 96n) | 1n, prefix: 64 });
  assert.deepEqual(read('::ffff:10.0.0.1'), { version: 6, address: 0xffff0a000001n, prefix: 128 });
  assert.deepEqual(read('0:0:0:0:0:0:0:1/128').address, 1n);
  for (const text of [
    '',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/8/8',
    '10.0.0.0/x',
    '1::2::3',
    ':::',
    '1:2:3',
    '1:2:3:4:5:6:7:8::',
    'fe80::g',
    '::1/129',
  ])
    assert.equal(parseIpRange(text), undefined, text);
});

test('sets the bits behind the prefix to zero', () => {
  const cases = {
    '203.0.113.77/24': '203.0.113.0/24',
    '10.1.2.3/15': '10.0.0.0/15',
    '0.0.0.1/0': '0.0.0.0/0',
    '203.0.113.77': '203.0.113.77/32',
    '2001:db8:0:1::5/48': '2001:db8::/48',
    '2001:db8:0:0:1:0:0:5/128': '2001:db8::1:0:0:5/128',
    'fe80::1/10': 'fe80::/10',
    '1:2:3:4:5:6:7:8/127': '1:2:3:4:5:6:7:8/127',
    '::1/127': '::/127',
  };
  for (const [text, network] of Object.entries(cases)) assert.equal(formatRange(networkOf(read(text))), network, text);
});

test('knows which range lies in which', () => {
  assert.ok(containsRange(read('10.0.0.0/8'), read('10.20.0.0/16')));
  assert.ok(containsRange(read('10.20.0.0/16'), read('10.20.0.0/16')));
  assert.ok(!containsRange(read('10.20.0.0/16'), read('10.0.0.0/8')));
  assert.ok(!containsRange(read('10.0.0.0/8'), read('11.0.0.0/16')));
  assert.ok(!containsRange(read('0.0.0.0/0'), read('::1')));
});

test('knows the ranges that the internet does not have', () => {
  for (const text of ['10.0.0.0/8', '172.31.255.0/24', '192.168.1.1', '100.64.1.0/24', '169.254.169.254', 'fd12::/16'])
    assert.ok(isPrivateRange(read(text)), text);
  for (const text of ['203.0.113.0/24', '172.32.0.0/16', '10.0.0.0/7', '0.0.0.0/0', '100.128.0.0/16', '2001:db8::/32'])
    assert.ok(!isPrivateRange(read(text)), text);
});
