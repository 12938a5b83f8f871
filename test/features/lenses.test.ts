import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePolicy } from '../bench/texts.ts';
import { median } from '../bench/times.ts';
import { service } from '../harness/data.ts';

const BOTH = { policy: true, statement: true };

/** Each lens as `line: words`, lines from 1. */
function lenses(text: string, { path = 'policy.json', wanted = BOTH } = {}): readonly string[] {
  const analysis = service.analyze({ path, text });
  return service
    .lenses(analysis, wanted)
    .map((lens) => `${service.range(analysis, lens.span).start.line + 1}: ${service.sayLens(lens)}`);
}

const READER = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"] },
    {
      "Effect": "Deny",
      "NotAction": "iam:*",
      "Resource": "*"
    }
  ]
}`;

test('a lens on the policy says kind, how sure, why and how long; one on each statement what it says and its access levels', () => {
  const [policy = '', first = '', second = '', ...more] = lenses(READER);
  assert.match(policy, /^1: Permission policy \(likely\) · It has no Principal.*[^.] · \d{3} of 6,144 characters$/);
  assert.match(first, /^4: .*[^.] · 1 Read · 1 List$/);
  assert.match(second, /^5: Denies everything except IAM$/);
  assert.deepEqual(more, []);
});

test('a trust policy is certain, and its actions are not counted', () => {
  const [policy = '', statement = ''] = lenses(`{
    "Version": "2012-10-17",
    "Statement": [
      { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" }
    ]
  }`);
  assert.match(policy, /^1: Trust policy · It has Principal: it says whom it lets in · \d+ of 2,048 characters$/);
  assert.doesNotMatch(statement, /Write/);
});

test('where the kind is not clear, the lens says so', () => {
  const [policy = ''] = lenses(
    '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "ec2:RunInstances", "Resource": "*" }] }',
  );
  assert.match(policy, /^1: Service control policy \(could be another kind\) · /);
  assert.match(lenses('{ "Version": "2012-10-17", "Statement": [] }')[0] ?? '', /kind that cannot be told/);
});

test('too long is said in words', () => {
  const names = Array.from({ length: 300 }, (_, index) => `"arn:aws:s3:::bucket-${index}/*"`).join(', ');
  const text = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole", "Resource": [${names}] } }`;
  assert.match(lenses(text)[0] ?? '', /of 2,048 characters, too long$/);
});

test('a bare statement has its lenses on one line, without the reasons', () => {
  const found = lenses('{ "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::b/*" }');
  assert.deepEqual(
    found.map((one) => one.slice(0, 2)),
    ['1:', '1:'],
  );
  assert.match(found[0] ?? '', /^1: Permission policy \(likely\)$/);
  assert.match(found[1] ?? '', / · \d+ Read$/);
});

test('accounts go by the names that the user gave them', () => {
  const text = '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" }';
  const analysis = service.analyze({ path: 'trust.json', text });
  const [, lens] = service.lenses(analysis, BOTH);
  assert.ok(lens);
  assert.match(service.sayLens(lens), /account 111122223333/);
  assert.match(service.sayLens(lens, { '111122223333': 'Production' }), /account Production /);
});

test('statements that share a line have none: it would not be clear which is meant', () => {
  const one = '{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }';
  assert.equal(lenses(`{ "Version": "2012-10-17", "Statement": [${one}, ${one}] }`).length, 1);
  assert.equal(lenses(`{ "Version": "2012-10-17", "Statement": [${one},\n${one}] }`).length, 3);
});

test('every lens is one short line, whatever the document says', () => {
  const long = 'x\\n'.repeat(600);
  const text = `[{ "Sid": "${long}", "Effect": "Allow", "Principal": { "AWS": "${long}", "Service": "${long}" }, "Action": ["${long}", "s3:${long}", "${long}:x"], "Resource": "arn:aws:s3:::${long}", "Condition": { "StringLike": { "aws:${long}": "${long}" } } }]`;
  const service = `[{ "Effect": "Allow", "Principal": "*", "Action": "${long}:x", "Resource": "a" }]`;
  const found = [...lenses(text), ...lenses(service)];
  assert.equal(found.length, 4);
  assert.match(found[2] ?? '', /Resource policy: x x x/);
  for (const one of found) assert.ok(one.length < 300 && !one.includes('\n'), one);
});

test('each of the two can be switched off, and what is no policy has none', () => {
  assert.equal(lenses(READER, { wanted: { policy: true, statement: false } }).length, 1);
  assert.equal(lenses(READER, { wanted: { policy: false, statement: true } }).length, 2);
  assert.deepEqual(lenses('{ "name": "app", "dependencies": { "a": "1" } }', { path: 'package.json' }), []);
});

test('half-typed policies have lenses too, and nothing throws', () => {
  for (let end = 1; end <= READER.length; end++) {
    for (const one of lenses(READER.slice(0, end), { path: 'a.iam.json' })) assert.doesNotMatch(one, /undefined|NaN/);
  }
});

test('all words of 6 KB are said within 10 ms', () => {
  const text = makePolicy('6 KB');
  const times = Array.from({ length: 15 }, () => {
    const analysis = service.analyze({ path: 'a.json', text });
    const start = performance.now();
    for (const lens of service.lenses(analysis, BOTH)) service.sayLens(lens);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 10, `${median(times)} ms`);
});

test('what is still to be typed is no claim', () => {
  const said = (statement: string, path = 'policy.json') =>
    lenses(`{ "Version": "2012-10-17",\n"Statement": [\n${statement}\n] }`, {
      path,
      wanted: { policy: false, statement: true },
    });
  assert.deepEqual(said('{ "Effect": "Allow", "Action": "", "Resource": "" }'), ['3: Names no action yet']);
  assert.deepEqual(said('{ "Effect": "Deny", "NotAction": "", "Resource": "*" }'), ['3: Names no action yet']);
  assert.deepEqual(said('{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "" }'), ['3: May read … · 1 Read']);
  const read = '"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"';
  assert.deepEqual(said(`{ ${read}, "Condition": { "StringEquals": { "aws:PrincipalOrgID": "" } } }`), [
    "3: May read objects in b, only if aws:PrincipalOrgID is '' · 1 Read",
  ]);
  assert.deepEqual(said(`{ ${read}, "Condition": { "StringEquals": { "": "" } } }`), [
    '3: May read objects in b · 1 Read',
  ]);
  assert.deepEqual(
    said('{ "Effect": "Allow", "Principal": { "Service": "" }, "Action": "sts:AssumeRole" }', 'trust.json'),
    ['3: … may assume this role'],
  );
});
