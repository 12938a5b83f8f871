import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makePolicy } from '../bench/texts.ts';
import { median } from '../bench/times.ts';
import { service } from '../harness/data.ts';

/** The tokens of a text as `text:type`, in order. */
function tokens(text: string, span?: { readonly start: number; readonly end: number }): readonly string[] {
  let at = 0;
  return service.tokens(service.analyze({ path: 'policy.json', text }), span).map(({ start, end, type }) => {
    assert.ok(at <= start && start < end && end <= text.length, 'in order, not empty, not overlapping');
    at = end;
    return `${text.slice(start, end)}:${type}`;
  });
}

const around = (elements: string): string => `{ "Effect": "Allow", ${elements} }`;

const ACTION = '"Action": "x", ';

test('actions: service, name, wildcards', () => {
  assert.deepEqual(tokens(around('"Action": ["s3:Get*", "*", "iam:PassRole"]')), [
    's3:namespace',
    'Get:function',
    '*:operator',
    '*:operator',
    'iam:namespace',
    'PassRole:function',
  ]);
  assert.deepEqual(tokens(around('"NotAction": "ec2:?x"')), ['ec2:namespace', '?:operator', 'x:function']);
});

test('resources: the fields of an ARN, the type only where it is one', () => {
  assert.deepEqual(tokens(around(`${ACTION}"Resource": "arn:aws:iam::111122223333:role/app/*"`)), [
    'arn:enumMember',
    'aws:enumMember',
    'iam:namespace',
    '111122223333:number',
    'role:type',
    'app/:string',
    '*:operator',
  ]);
  assert.deepEqual(tokens(around(`${ACTION}"Resource": ["arn:aws:s3:::job/x", "*"]`)).slice(2), [
    's3:namespace',
    'job/x:string',
    '*:operator',
  ]);
  assert.deepEqual(tokens(around(`${ACTION}"NotResource": "arn:aws:lambda:eu-*:*:nothing:x"`)).slice(2), [
    'lambda:namespace',
    'eu-:enumMember',
    '*:operator',
    '*:operator',
    'nothing:x:string',
  ]);
});

test('variables are named, escapes and stand-ins of templates keep their colour', () => {
  assert.deepEqual(
    tokens(
      around(`${ACTION}"Resource": "arn:\${AWS::Partition}:s3:::a/\${ aws:PrincipalTag/t, 'none' }/\${*}/<name>*"`),
    ),
    [
      'arn:enumMember',
      's3:namespace',
      'a/:string',
      'aws:PrincipalTag/t:variable',
      '/:string',
      '/:string',
      '*:operator',
    ],
  );
});

test('principals: accounts, ARNs, services, providers, everybody', () => {
  assert.deepEqual(
    tokens(
      around(
        `${ACTION}"Principal": { "AWS": ["111122223333", "*"], "Service": "logs.eu-west-1.amazonaws.com", "Federated": "accounts.google.com", "CanonicalUser": "79a5" }`,
      ),
    ),
    ['111122223333:number', '*:operator', 'logs.eu-west-1:namespace', 'accounts.google.com:namespace'],
  );
  assert.deepEqual(tokens(around(`${ACTION}"Principal": "*"`)), ['*:operator']);
});

test('conditions: operator, key, and what stands in the values', () => {
  assert.deepEqual(
    tokens(
      around(
        `${ACTION}"Condition": { "ForAllValues:StringLikeIfExists": { "aws:RequestTag/a*": ["b*", "c"], "x": "d" }, "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:*", "aws:SourceAccount": "111122223333" } }`,
      ),
    ),
    [
      'ForAllValues:modifier',
      'StringLike:keyword',
      'IfExists:modifier',
      'aws:namespace',
      'RequestTag:property',
      'a*:parameter',
      'b:string',
      '*:operator',
      'StringEquals:keyword',
      'token.actions.githubusercontent.com:namespace',
      'sub:property',
      // StringEquals reads an asterisk as it stands.
      'repo:*:string',
      'aws:namespace',
      'SourceAccount:property',
      '111122223333:number',
    ],
  );
});

test('escapes do not move a token', () => {
  assert.deepEqual(tokens(around('"Action": "\\u0073\\u0033:Get\\u002a"')), [
    '\\u0073\\u0033:namespace',
    'Get:function',
    '\\u002a:operator',
  ]);
});

test('Sid, Effect and Version, and files that are no policy, keep the colours of JSON', () => {
  assert.deepEqual(tokens('{ "Version": "2012-10-17", "Statement": { "Sid": "s3:Get*", "Effect": "Allow" } }'), []);
  assert.deepEqual(tokens('{ "actions": ["s3:Get*"], "arn": "arn:aws:s3:::b" }'), []);
});

test('of a span only the statements in it', () => {
  const text = `[${around('"Action": "s3:GetObject"')}, ${around('"Action": "iam:GetRole"')}]`;
  const at = text.indexOf('iam');
  assert.deepEqual(tokens(text, { start: at, end: at + 1 }), ['iam:namespace', 'GetRole:function']);
});

test('half-typed policies, duplicate elements and endless strings: no throw, no overlap', () => {
  const text = `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["s3:Get*"], "Action": "*", "Principal": { "AWS": "arn:aws:iam::*:root" },
    "Resource": ["arn:aws:s3:::b/\${aws:username}\${aws:username}"], "Condition": { "StringLike": { "aws:a/b": "*" }, "StringLike": { "aws:a/b": "*" } } }] }`;
  for (let end = 1; end <= text.length; end++) tokens(text.slice(0, end));
  assert.ok(tokens(text).length > 20);
  assert.deepEqual(tokens(around(`"Action": "s3:${'*'.repeat(100_000)}"`)), []);
});

test('tokens of 6 KB take less than 10 ms', () => {
  const text = makePolicy('6 KB');
  const times = Array.from({ length: 15 }, () => {
    const analysis = service.analyze({ path: 'a.json', text });
    const start = performance.now();
    service.tokens(analysis);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 10, `${median(times)} ms`);
});
