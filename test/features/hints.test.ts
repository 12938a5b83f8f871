import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HintSettings } from '../../server/src/features/hints.ts';
import { makePolicy } from '../bench/texts.ts';
import { median } from '../bench/times.ts';
import { service } from '../harness/data.ts';

const ALL: HintSettings = {
  accounts: { '111122223333': 'Production', '444455556666': 'A *name*\nof two lines' },
  hints: { accounts: true, wildcards: true, resourceTypes: true },
};

/** The text with its hints in it, as `‹label›`. */
function hinted(text: string, settings: HintSettings = ALL, span = { start: 0, end: text.length }): string {
  const hints = service.hints(service.analyze({ path: 'policy.json', text }), span, settings);
  let result = '';
  let at = 0;
  for (const { offset, label } of hints) {
    assert.ok(offset >= at, 'in the order of the text');
    result += `${text.slice(at, offset)}‹${label}›`;
    at = offset;
  }
  return result + text.slice(at);
}

const around = (elements: string): string => `{ "Effect": "Allow", ${elements} }`;

/** Checks hints: a text in which they stand gives the text without them, and back. */
function check(elements: string, settings?: HintSettings): void {
  const expected = around(elements);
  assert.equal(hinted(expected.replace(/‹[^›]*›/g, ''), settings), expected);
}

test('the name of an account stands behind its id, in ARNs, alone and in values of conditions', () => {
  check(
    '"Principal": { "AWS": ["111122223333‹Production›", "arn:aws:iam::111122223333‹Production›:root", "999988887777"] }, "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "aws:PrincipalAccount": ["111122223333‹Production›", "1111222233334"] } }',
  );
  check(
    '"Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333‹Production›:role/app-111122223333‹Production›-x"',
  );
});

test('escapes do not move a hint', () => {
  check('"Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:\\u0065u-west-1:111122223333‹Production›:a"‹queue›');
});

test('a pattern of actions says how many it matches, NotAction too; everything and nothing need no number', () => {
  check(
    '"Action": ["dynamodb:*Item"‹7 actions›, "s3:GetObject", "*", "s3:Nothing*", "*:Get*", "${Service}:Get*"], "Resource": "*"',
  );
  check('"NotAction": ["dynamodb:*Item"‹7 actions›], "Resource": "*"');
});

test('an ARN says what it names, unless it says so itself', () => {
  check(
    `"Action": "s3:*"‹${service.catalogue.expandAction('s3:*').length} actions›, "Resource": ["arn:aws:s3:::app"‹bucket›, "arn:aws:s3:::app*"‹buckets›, "arn:aws:s3:::app/*"‹objects›, "arn:aws:s3:::app/a.txt"‹object›, "arn:aws:s3:::*"‹anything in S3›, "*"]`,
  );
  check(
    '"Action": "lambda:InvokeFunction", "Resource": ["arn:aws:lambda:*:*:function:greet", "arn:aws:lambda:*:*:function:greet*"‹functions›, "arn:aws:logs:*:*:log-group:app", "arn:aws:iam::*:role/deploy", "arn:aws:iam::*:role/*"‹roles›, "arn:aws:sns:*:*:news"‹topic›, "arn:aws:nothing:::x"]',
  );
  check(
    '"Action": "s3:GetObject", "Resource": ["arn:aws:s3:::${Bucket}", "arn:aws:s3:::${Bucket}/*"‹objects›, "arn:${AWS::Partition}:s3:::app"‹bucket›]',
  );
  check(
    '"Action": "sns:Publish", "Resource": "*", "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:s3:::app"‹bucket› } }',
  );
});

test('each kind can be switched off', () => {
  const off = { accounts: false, wildcards: false, resourceTypes: false };
  const text = '"Action": "dynamodb:*Item"‹7 actions›, "Resource": "arn:aws:sqs:*:111122223333‹Production›:q"‹queue›';
  check(text.replace(/‹[^›]*›/g, ''), { ...ALL, hints: off });
  check(text.replace(/‹[PQq7][^›n]*n?›/g, (one) => (one === '‹Production›' ? one : '')).replace('‹7 actions›', ''), {
    ...ALL,
    hints: { ...off, accounts: true },
  });
  check(text.replace(/‹Production›|‹queue›/g, ''), { ...ALL, hints: { ...off, wildcards: true } });
  check(text.replace(/‹Production›|‹7 actions›/g, ''), { ...ALL, hints: { ...off, resourceTypes: true } });
});

test('only what stands in the span is looked at, and there is an end', () => {
  const text = around('"Action": "sqs:*", "Resource": ["arn:aws:sqs:*:*:first", "arn:aws:sqs:*:*:second"]');
  const second = text.indexOf('"arn:aws:sqs:*:*:second"');
  const found = hinted(text, ALL, { start: second + 1, end: second + 2 });
  assert.match(found, /first", "arn:aws:sqs:\*:\*:second"‹queue›/);
  assert.doesNotMatch(found, /actions›/);
  const many = around(`"Action": [${Array.from({ length: 1000 }, () => '"dynamodb:*Item"').join(', ')}]`);
  assert.equal(hinted(many).match(/‹/g)?.length, 200);
});

test('tooltips name what matches, and what a user or a document says is never markup', () => {
  const text = around('"Action": "dynamodb:*Item", "Resource": "arn:aws:sqs:*:444455556666:[x](command:y)"');
  const analysis = service.analyze({ path: 'policy.json', text });
  const [actions, account, queue] = service.hints(analysis, { start: 0, end: text.length }, ALL);
  assert.match(actions?.tooltip() ?? '', /`dynamodb:\*Item` matches 7 actions of DynamoDB: 4 Write and 3 Read\./);
  assert.match(actions?.tooltip() ?? '', /`BatchGetItem`, .*`UpdateItem`$/);
  assert.equal(account?.label, 'A *name* of two lines');
  assert.match(account?.tooltip() ?? '', /is called A \\\*name\\\* of two lines in your settings/);
  assert.match(queue?.tooltip() ?? '', /\\\[x\\\]\(command:y\)/);
});

test('what is no policy has no hints, and half-typed policies throw nothing', () => {
  const manifest = '{ "a": "arn:aws:sqs:*:111122223333:q" }';
  assert.equal(hinted(manifest), manifest);
  const text = around('"Action": ["dynamodb:*Item"], "Resource": "arn:aws:sqs:*:111122223333:q"');
  for (let end = 1; end < text.length; end++) hinted(text.slice(0, end));
});

test('hints of 6 KB take less than 10 ms', () => {
  const text = makePolicy('6 KB');
  const times = Array.from({ length: 15 }, () => {
    const analysis = service.analyze({ path: 'a.json', text });
    const start = performance.now();
    service.hints(analysis, { start: 0, end: text.length }, ALL);
    return performance.now() - start;
  });
  assert.ok(Math.min(...times) < 10, `${median(times)} ms`);
});
