import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WORK_ON } from '../../server/src/features/rewrites/invert.ts';
import { catalogue, service } from '../harness/data.ts';
import { applyRewrite, rewritesAt } from '../harness/rewrites.ts';

const IDENTITY = { kind: 'identity' };

function policy(...actions: readonly string[]): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: 'arn:aws:s3:::shared-bucket/*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

function titlesAt(text: string, at: string): readonly string[] {
  assert.ok(text.includes(at), at);
  return rewritesAt(text.replace(at, `|${at}`), IDENTITY).offers.map(({ title }) => title);
}

test('what matches too much, everything, and what a template fills in are not spelt out', () => {
  for (const action of ['ec2:*', '*', 's3:${Verb}*', 's3:GetObject', 'nosuch:Get*']) {
    const titles = titlesAt(policy(action, 'sqs:SendMessage'), `"${action}`);
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Replace')),
      [],
      action,
    );
  }
});

test('a title counts the wildcards that it replaces, not one that matches too much', () => {
  const replaces = (text: string) => titlesAt(text, '"Action"').find((title) => title.startsWith('Replace'));
  assert.match(replaces(policy('sqs:Get*', 'sqs:List*')) ?? '', /^Replace all 2 wildcards by /);
  assert.match(replaces(policy('sqs:Get*', 'sqs:List*', 'ec2:*')) ?? '', /^Replace 2 wildcards by /);
});

test('a name of a statement has no numbers that nobody reads', () => {
  const named = (Action: string, Resource: string) =>
    titlesAt(
      JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource } }),
      '{"Effect"',
    ).find((title) => title.startsWith('Name'));
  assert.equal(named('iam:PassRole', 'arn:aws:iam::111122223333:role/app'), "Name the statement 'PassTheRoleApp'");
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  assert.equal(named('kms:Decrypt', key), "Name the statement 'DecryptWithTheKey'");
});

test('actions are drawn together only where nothing else begins so', () => {
  const draws = (text: string) => titlesAt(text, '"s3:PutObject').filter((title) => title.startsWith('Draw'));
  assert.deepEqual(draws(policy('s3:GetObjectTagging', 'S3:getobjecttorrent', 's3:PutObject', 'sqs:SendMessage')), []);
  const all = catalogue.expandAction('s3:ListBucket*');
  assert.deepEqual(draws(policy('s3:PutObject', ...all)), [
    `Draw ${all.length + 1} actions together into 2 with wildcards`,
  ]);
  assert.deepEqual(draws(policy('s3:PutObject', 's3:ListBucket*', 'S3:LISTBUCKET*')), []);
});

test('a policy is minified from its opening brace, and says the same', () => {
  const text = policy('s3:GetObject', 's3:PutObject');
  const { analysis, offers } = rewritesAt(`|${text}`, IDENTITY);
  const [minify] = offers;
  assert.ok(minify);
  const short = applyRewrite(analysis, minify, IDENTITY);
  assert.equal(short, JSON.stringify(JSON.parse(text)));
  assert.equal(minify.title, `Minify the policy: ${short.length} instead of ${text.length} characters`);
  assert.deepEqual(titlesAt(short, '{'), []);
  assert.deepEqual(titlesAt(text, '"Version"'), []);
  assert.deepEqual(titlesAt(`${text} x`, '{'), []);
});

test('what would make a policy too long is not offered', () => {
  const long = 'arn:aws:s3:::'.padEnd(5_600, 'x');
  const text = policy('s3:Get*', 'sqs:SendMessage');
  assert.deepEqual(titlesAt(text.replace('arn:aws:s3:::shared-bucket/*', long), '"s3:Get*'), []);
  assert.match(titlesAt(text, '"s3:Get*')[0] ?? '', /^Replace 's3:Get\*' by the \d+ actions/);
});

test('no menu is longer than eight', () => {
  const statement = `|{
    "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::a/*", "arn:aws:sqs:eu-central-1:123456789012:q"],
    "Action": ["s3:ListBucket", "s3:GetObject", "sqs:SendMessage"],
    "Effect": "Allow"
  }`;
  const { offers } = rewritesAt(statement, IDENTITY);
  assert.equal(offers.length, 8, offers.map(({ title }) => title).join('\n'));
  assert.equal(offers[0]?.title, 'Wrap in a policy document');
});

test('the services whose actions work on the resources of another are those that the reference has', () => {
  const users = new Map<string, Set<string>>();
  for (const prefix of catalogue.servicePrefixes()) {
    for (const { resourceTypes } of catalogue.service(prefix)?.actions.values() ?? []) {
      for (const arn of resourceTypes.flatMap(({ type }) => type.arns)) {
        const owner = arn.split(':')[2] ?? '';
        users.set(owner, (users.get(owner) ?? new Set()).add(prefix));
      }
    }
  }
  for (const [owner, prefixes] of Object.entries(WORK_ON)) {
    assert.deepEqual(prefixes, [...(users.get(owner) ?? [])].sort(), owner);
  }
});

test('nothing is offered, and nothing breaks, in texts that are half there', () => {
  const text = policy('s3:Get*', 'sqs:SendMessage');
  for (let end = 0; end < text.length; end += 3) {
    const half = text.slice(0, end);
    const analysis = service.analyze({ path: 'a.json', text: half, kind: 'identity' });
    for (let at = 0; at <= end; at += 7) {
      for (const { edits } of service.rewritesAt(analysis, { start: at, end: at })) assert.ok(edits.length > 0);
    }
  }
});

test('nor is a name or a condition that a policy has no room for', () => {
  const titles = (length: number): readonly string[] => {
    const empty = policy('s3:GetObject').replaceAll(/\s+/g, '');
    const resource = 'arn:aws:s3:::shared-bucket/*';
    return titlesAt(
      empty.replace(resource, resource.padEnd(resource.length + length - empty.length, 'x')),
      '{"Effect"',
    );
  };
  assert.ok(titles(6_000).some((title) => title.startsWith('Name')));
  assert.ok(titles(6_000).some((title) => title.startsWith('Require')));
  assert.deepEqual(
    titles(6_140).filter((title) => /^(?:Name|Require)/.test(title)),
    [],
  );
});
