import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from './data.ts';

const all = catalogue
  .servicePrefixes()
  .flatMap((prefix) => [...(catalogue.service(prefix)?.actions.values() ?? [])])
  .map(({ id }) => id)
  .sort();

test('a pattern gives the actions it matches, in canonical spelling', () => {
  assert.deepEqual(catalogue.expandAction('S3:getobject'), ['s3:GetObject']);
  assert.deepEqual(catalogue.expandAction('sts:AssumeRole*'), [
    'sts:AssumeRole',
    'sts:AssumeRoleWithSAML',
    'sts:AssumeRoleWithWebIdentity',
  ]);
  assert.deepEqual(catalogue.expandAction('sts:assumeroo?'), ['sts:AssumeRoot']);
});

test('a star is everything', () => {
  assert.deepEqual(catalogue.expandAction('*'), all);
  assert.deepEqual(catalogue.expandAction('*:*'), all);
  assert.equal(catalogue.expandAction('s3:*').length, catalogue.service('s3')?.actions.size);
});

test('the same answers as a plain search through all names', () => {
  const cases: readonly (readonly [pattern: string, expected: RegExp])[] = [
    ['*:*Tag*', /^[^:]+:.*tag.*$/i],
    ['*:Get*Policy', /^[^:]+:get.*policy$/i],
    ['*:*Policy', /^[^:]+:.*policy$/i],
    ['*:?et*', /^[^:]+:.et.*$/i],
    ['*:???????', /^[^:]+:.{7}$/i],
    ['s3*:**Get**', /^s3[^:]*:.*get.*$/i],
    ['?am:*Role*Policy*', /^.am:.*role.*policy.*$/i],
    ['ec2:*a*a*a*a*a*', /^ec2:.*a.*a.*a.*a.*a.*$/i],
  ];
  for (const [pattern, expected] of cases) {
    const wanted = all.filter((id) => expected.test(id));
    assert.ok(wanted.length > 0, pattern);
    assert.deepEqual(catalogue.expandAction(pattern), wanted, pattern);
  }
});

test('nothing matches nothing', () => {
  for (const pattern of [
    's3:Foo*',
    's4:*',
    'x*x:*',
    's3',
    's3*',
    '',
    ':',
    's3:',
    'sts:assume role',
    '*:*t l*',
    's3:Get Object',
  ]) {
    assert.deepEqual(catalogue.expandAction(pattern), [], pattern);
    assert.equal(catalogue.matchesAnyAction(pattern), false, pattern);
  }
});

test('matchesAnyAction agrees', () => {
  for (const pattern of ['*', 's3:*', '*:*Tag*', 's3:getobject', 'sts:assumeroo?', '*:Zz*', 's3:GetObjectZ*']) {
    assert.equal(catalogue.matchesAnyAction(pattern), catalogue.expandAction(pattern).length > 0, pattern);
  }
});
