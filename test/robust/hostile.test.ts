/** Strings made to keep a search busy: 20 KB of a beginning without its end, in every place that takes a string. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { service } from '../harness/data.ts';

const LENGTH = 20_000;

/** Of the processor, which is the same on a busy machine. Linear work takes a tenth of it. */
const MOST_MS = 5000;

const SEEDS = [
  ...[
    '${',
    '${a',
    '${aws:',
    '${aws:a, ',
    "${aws:a, '",
    '{{',
    '[[',
    '<a',
    '<%',
    '%{',
    '@@a',
    '__A',
    '$(',
    '$A_',
    '*',
    '?',
    '*?',
    '*a',
  ],
  ...[
    ':',
    'a:',
    'arn:aws:',
    's3:Get*',
    '.',
    'a.',
    'a-',
    '-',
    '_',
    '/',
    'a/',
    ' ',
    ' a',
    '\\t',
    '\\n',
    '\\r\\n',
    '\\"',
    '\\\\',
    '\\ud800',
  ],
  ...[
    '0',
    '1.',
    '1,',
    '0.0.0.0/',
    'f:',
    'T',
    'c2s.',
    '.amazonaws.com',
    'repo:a/b:',
    '`',
    '[a](',
    'www.',
    'Aa',
    '😀',
    '\\u2028',
  ],
];

/** A policy with a string in every place. */
function policyWith(text: string): string {
  return `{ "Version": "2012-10-17", "Id": "${text}", "Statement": [
    { "Sid": "${text}", "Effect": "Allow", "Principal": { "AWS": "${text}", "Service": "${text}", "Federated": "${text}" },
      "Action": "sts:AssumeRole", "Condition": { "StringLike": { "aws:SourceArn": "${text}", "token.actions.githubusercontent.com:sub": "${text}" } } },
    { "Effect": "Deny", "Action": ["${text}", "s3:${text}"], "Resource": ["${text}", "arn:aws:s3:::${text}"],
      "Condition": { "${text}": { "${text}": "${text}" }, "StringLike": { "aws:${text}": "x", "aws:PrincipalTag/${text}": "x" },
        "IpAddress": { "aws:SourceIp": "${text}" }, "DateLessThan": { "aws:CurrentTime": "${text}" }, "NumericEquals": { "s3:max-keys": "${text}" } } } ] }`;
}

for (const seed of SEEDS) {
  test(`20 KB of ${JSON.stringify(seed)}`, () => {
    const text = policyWith(seed.repeat(Math.ceil(LENGTH / seed.length)));
    const places = ['Id', 'Sid', 'AWS', 'Federated', 'StringLike', 'NumericEquals'].map((name) =>
      text.indexOf(`"${name}"`),
    );
    const before = process.cpuUsage();
    const analysis = service.analyze({ path: 'policy.json', text }, { ...DEFAULT_SETTINGS, persona: 'auditor' });
    assert.ok(analysis.findings.length > 0);
    for (const place of places) {
      for (const offset of [place + 2, place + 30, place + LENGTH / 2]) {
        service.hover(analysis, offset);
        service.highlights(analysis, offset);
        service.complete(analysis, offset);
      }
    }
    for (const lens of service.lenses(analysis, { policy: true, statement: true })) service.sayLens(lens);
    service.tokens(analysis);
    service.links(analysis);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < MOST_MS * 1000, `${((user + system) / 1000).toFixed(0)} ms`);
  });
}
