/**
 * Made to keep the engine busy: 20 KB of a beginning without its end in every place that takes a string, thousands of
 * entries that each have something wrong with them, and 50 KB of what is no JSON.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
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

/** Everything that an editor asks of a file, at its beginning, in its middle, and of all of it at once. */
function askAll(text: string): void {
  const analysis = service.analyze({ path: 'policy.json', text }, { ...DEFAULT_SETTINGS, persona: 'auditor' });
  const all = { start: 0, end: text.length };
  for (const lens of service.lenses(analysis, { policy: true, statement: true })) service.sayLens(lens);
  service.tokens(analysis);
  service.links(analysis);
  service.symbols(analysis);
  service.foldings(analysis);
  service.hints(analysis, all, DEFAULT_EDITOR_SETTINGS);
  for (const offset of [80, 120, text.length >> 1]) {
    service.hover(analysis, offset);
    service.highlights(analysis, offset);
    service.complete(analysis, offset);
    service.prepareRename(analysis, offset);
    service.selections(analysis, offset);
  }
  service.fixesAt(analysis, all);
  for (const { edits } of service.rewritesAt(analysis, all)) assert.ok(edits.length >= 0);
  service.fixAll(analysis);
  service.format(analysis, { tabSize: 4, insertSpaces: true });
}

function checkTime(work: () => void): void {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  assert.ok(user + system < MOST_MS * 1000, `${((user + system) / 1000).toFixed(0)} ms`);
}

const listOf = (count: number, make: (index: number) => string): string =>
  JSON.stringify(Array.from({ length: count }, (_, index) => make(index)));

const LISTS: Readonly<Record<string, string>> = {
  '12,000 stars': listOf(12_000, () => '*'),
  '4,000 misspelt': listOf(4000, (index) => `s3:GetObjec${index}x`),
  '4,000 patterns': listOf(4000, (index) => `*${index}*`),
  '500 long patterns': listOf(500, (index) => '*a'.repeat(50) + index),
  '50 longer patterns': listOf(50, (index) => '*a'.repeat(500) + index),
  '2,000 begun variables': listOf(2000, (index) => `${'${'.repeat(20)}${index}`),
};

const PLACES: Readonly<Record<string, (list: string) => string>> = {
  actions: (list) => `"Action": ${list}, "Resource": "*"`,
  'excepted actions': (list) => `"NotAction": ${list}, "Resource": "*"`,
  resources: (list) => `"Action": "s3:GetObject", "Resource": ${list}`,
  'excepted resources': (list) => `"Action": ["s3:*", "ec2:*"], "NotResource": ${list}`,
  principals: (list) => `"Principal": { "AWS": ${list}, "Service": ${list} }, "Action": "sts:AssumeRole"`,
  values: (list) => `"Action": "s3:*", "Resource": "*", "Condition": { "ArnLike": { "aws:SourceArn": ${list} } }`,
};

for (const [place, statement] of Object.entries(PLACES)) {
  for (const [name, list] of Object.entries(LISTS)) {
    test(`${name} for ${place}`, () => {
      checkTime(() => askAll(`{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", ${statement(list)} }] }`));
    });
  }
}

const SCRAPS = [
  ...['{', '[', '}', '{}', '"', '""', '"*"', '"a"', '"a":', '"a":{', '[{', '"*",', ',', ':', '\\', '1', '${'],
  ...['//\n', '/**/', '/*', '\n', '"\n', '"Sid":"A"},{', '"Action":["', '"Condition":{', '"Effect":"Allow",'],
];

for (const scrap of SCRAPS) {
  test(`50 KB of ${JSON.stringify(scrap)} for a value`, () => {
    const value = scrap.repeat(50_000 / scrap.length);
    checkTime(() => askAll(`{ "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": ${value} }] }`));
  });
}
