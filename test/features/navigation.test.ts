import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PolicySymbol } from '../../server/src/service.ts';
import { readAt } from '../harness/cursor.ts';
import { service } from '../harness/data.ts';

const TRUST = `{
  "Version": "2012-10-17",
  "Id": "deploy",
  // Who may take the role.
  // Ask before you add anybody.
  "Statement": [
    {
      "Sid": "Pipeline",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/team/pipeline" },
      "Action": ["sts:AssumeRole", "sts:TagSession"]
    },
    { "Effect": "Deny", "Principal": "*", "NotAction": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"] }
  ]
}
`;

const analyze = (text: string, path = 'trust.jsonc') => service.analyze({ path, text });

const outline = ({ name, detail, children }: PolicySymbol): unknown => [name, detail, children.map(outline)];

test('an outline of policies and statements, by Sid or by what they do', () => {
  assert.deepEqual(service.symbols(analyze(TRUST)).map(outline), [
    [
      'Trust policy',
      'deploy',
      [
        ['Pipeline', 'Allow sts:AssumeRole, sts:TagSession', []],
        ['Deny all but sts:AssumeRole, sts:TagSession and 1 more', '', []],
      ],
    ],
  ]);
});

test('a name in the outline lies in what it names', () => {
  for (const policy of service.symbols(analyze(TRUST))) {
    for (const { span, nameSpan } of [policy, ...policy.children]) {
      assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end);
    }
  }
});

test('statements without a document stand by themselves, and other files have no outline', () => {
  assert.deepEqual(service.symbols(analyze('{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}')).map(outline), [
    ['Allow s3:*', '', []],
  ]);
  assert.deepEqual(service.symbols(analyze('{"name": "x", "dependencies": {}}')), []);
  assert.deepEqual(
    service.symbols(service.analyze({ path: '', text: '{"Statement": [{}]}', kind: 'unknown' })).map(outline),
    [['IAM policy', '', [['Statement', '', []]]]],
  );
});

test('objects, lists and comments fold; a statement goes by its Sid', () => {
  const lines = (offset: number) => TRUST.slice(0, offset).split('\n').length;
  assert.deepEqual(
    service.foldings(analyze(TRUST)).map(({ span, kind, label }) => [lines(span.start), lines(span.end), kind, label]),
    [
      [1, 15, 'brackets', undefined],
      [4, 5, 'comment', undefined],
      [6, 14, 'brackets', undefined],
      [7, 12, 'brackets', 'Pipeline'],
    ],
  );
});

/** The texts of the growing selections, up to the first that has a line break. */
function selected(textWithCursor: string): readonly string[] {
  const { analysis, offset, text } = readAt(textWithCursor, { path: 'trust.jsonc' });
  const texts = service.selections(analysis, offset).map(({ start, end }) => text.slice(start, end));
  const all = texts.findIndex((one) => one.includes('\n'));
  return all < 0 ? texts : texts.slice(0, all);
}

test('a selection grows by the segments of an ARN', () => {
  const arn = 'arn:aws:iam::111122223333:role/team/pipeline';
  assert.deepEqual(selected(TRUST.replace('team/pipeline', 'te|am/pipeline')), [
    'team',
    'role/team',
    'role/team/pipeline',
    arn,
    `"${arn}"`,
    `"AWS": "${arn}"`,
    `{ "AWS": "${arn}" }`,
    `"Principal": { "AWS": "${arn}" }`,
  ]);
  assert.deepEqual(selected(TRUST.replace('1111', '11|11')).slice(0, 2), ['111122223333', arn]);
});

test('a selection grows from the word of an action to the list', () => {
  assert.deepEqual(selected(TRUST.replace('TagSession"]', 'TagSess|ion"]')), [
    'Session',
    'TagSession',
    'sts:TagSession',
    '"sts:TagSession"',
    '"sts:AssumeRole", "sts:TagSession"',
    '["sts:AssumeRole", "sts:TagSession"]',
    '"Action": ["sts:AssumeRole", "sts:TagSession"]',
  ]);
});

test('a selection grows from a variable to the string', () => {
  const text = '{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::home/${aws:user|name}/*"}';
  assert.deepEqual(selected(text).slice(0, 5), [
    'username',
    'aws:username',
    '${aws:username}',
    'home/${aws:username}',
    'home/${aws:username}/*',
  ]);
});

test('the last selections are statement, list, member, policy and file', () => {
  const { analysis, offset } = readAt(TRUST.replace('"Allow"', '"Al|low"'), { path: 'trust.jsonc' });
  const spans = service.selections(analysis, offset);
  const text = analysis.input.text;
  assert.deepEqual(
    spans.slice(-7).map(({ start, end }) => [text.slice(start, start + 9), text.slice(end - 1, end)]),
    [
      ['{\n      "', '}'],
      ['{\n      "', '}'],
      ['[\n    {\n ', ']'],
      ['"Statemen', ']'],
      ['"Version"', ']'],
      ['{\n  "Vers', '}'],
      ['{\n  "Vers', '\n'],
    ],
  );
});

test('each page is linked once in a policy, and only where it is known', () => {
  const text = `{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObject", "S3:PutObject", "nosuch:Do", "*"], "Resource": "*",
      "Condition": { "Bool": { "aws:SecureTransport": "true" }, "StringLike": { "s3:prefix": "a", "no:key": "b" } } },
    { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } ] }`;
  const links = service
    .links(analyze(text))
    .map(({ span, target, tooltip }) => [text.slice(span.start, span.end), target.replace(/^.*\//, ''), tooltip]);
  assert.deepEqual(links, [
    ['s3', 'list_s3.html#list_s3-actions-as-permissions', 'Actions of Amazon S3'],
    [
      'aws:SecureTransport',
      'reference_policies_condition-keys.html#condition-keys-securetransport',
      'Condition key aws:SecureTransport',
    ],
    ['s3:prefix', 'list_s3.html#list_s3-policy-keys', 'Condition key s3:prefix'],
  ]);
});
