import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionKeyPage, elementPage, guidePage, servicePage } from '../../server/src/catalogue/pages.ts';
import { catalogue } from '../harness/data.ts';

const GUIDE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference/';
const INDEX = `${REFERENCE}reference_policies_actions-resources-contextkeys.html`;

test('pages of services, by prefix and part', () => {
  assert.equal(servicePage('s3'), `${REFERENCE}list_s3.html`);
  assert.equal(servicePage('S3', 'actions'), `${REFERENCE}list_s3.html#list_s3-actions-as-permissions`);
  assert.equal(servicePage('cassandra', 'keys'), `${REFERENCE}list_keyspaces.html#list_keyspaces-policy-keys`);
  assert.equal(servicePage('a2c', 'resources'), `${REFERENCE}list_a2c.html#list_a2c-resources-for-iam-policies`);
  for (const none of ['', 'nobody', 'constructor', '__proto__', 's3=x']) assert.equal(servicePage(none, 'keys'), INDEX);
});

test('nearly every service has a page, and each page has a shape', () => {
  const pages = catalogue.servicePrefixes().map((prefix) => servicePage(prefix));
  const known = pages.filter((page) => page !== INDEX);
  assert.ok(known.length > pages.length * 0.95, `${known.length} of ${pages.length}`);
  for (const page of known) assert.match(page, /\/list_[a-z0-9-]+\.html$/);
});

test('pages of condition keys', () => {
  const pageOf = (key: string) => conditionKeyPage(key, catalogue.conditionKey(key));
  const keys = `${GUIDE}reference_policies_condition-keys.html`;
  assert.equal(pageOf('aws:PrincipalTag/team'), `${keys}#condition-keys-principaltag`);
  assert.equal(pageOf('AWS:sourceip'), `${keys}#condition-keys-sourceip`);
  assert.equal(pageOf('aws:NoSuchKey'), keys);
  assert.equal(pageOf('aws:](evil)'), keys);
  assert.equal(pageOf('s3:prefix'), `${REFERENCE}list_s3.html#list_s3-policy-keys`);
  assert.equal(pageOf('sts:ExternalId'), `${GUIDE}reference_policies_iam-condition-keys.html#condition-keys-sts`);
  assert.equal(
    pageOf('token.actions.githubusercontent.com:sub'),
    `${GUIDE}reference_policies_iam-condition-keys.html#condition-keys-wif`,
  );
  assert.equal(pageOf('nonsense'), INDEX);
});

test('pages of elements', () => {
  assert.equal(elementPage('NotAction'), guidePage('reference_policies_elements_notaction'));
  assert.equal(elementPage('action'), undefined);
});
