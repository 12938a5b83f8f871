import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCatalogue } from '../../server/src/catalogue/catalogue.ts';
import { type KindSetting, parseKindSetting } from '../../server/src/lint/settings.ts';
import { explainPolicy, explainStatement } from '../../server/src/meaning/explain.ts';
import { catalogue, service } from '../harness/data.ts';

const PATH = join(__dirname, 'explain.txt');

/** The sentence of a statement; a line may begin with the kind it is judged as. */
function explainLine(line: string): string {
  const at = line.indexOf('{');
  const kind = parseKindSetting(line.slice(0, at).trim());
  const text = `{"Version":"2012-10-17","Statement":${line.slice(at)}}`;
  const { policies } = service.analyze({ path: 'policy.json', text, ...(kind && { kind }) });
  const [policy] = policies;
  const [statement] = policy?.view.statements ?? [];
  return policy && statement ? explainStatement(policy.view, statement, policy.classification, catalogue) : '(nothing)';
}

const lines = readFileSync(PATH, 'utf8').split('\n');
for (const [index, line] of lines.entries()) {
  if (!/^(?:[a-z][\w:-]* )?\{/.test(line)) continue;
  const expected = lines[index + 1]?.trim() ?? '';
  test(`explain: ${expected}`, () => {
    assert.equal(explainLine(line), expected, `${PATH}:${index + 1}`);
  });
}

test('a policy answers the four questions', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': 'x-42' } },
      },
      { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::111122223333:user/Eve' }, Action: 'sts:AssumeRole' },
    ],
  });
  const [policy] = service.analyze({ path: 'policy.json', text }).policies;
  assert.ok(policy);
  const { headline, answers } = explainPolicy(policy.view, policy.classification, catalogue);
  assert.equal(headline, 'A trust policy: it says who may assume the role it belongs to.');
  assert.deepEqual(answers, [
    { question: 'Who', answer: 'any principal of account 111122223333 that its own account allows; the EC2 service' },
    { question: 'When', answer: "only if the request names the external ID 'x-42'; some without any condition" },
    { question: 'What', answer: 'assume this role' },
    { question: 'Never', answer: 'The user Eve of account 111122223333 may never assume this role' },
  ]);
});

test('a policy names the other lock', () => {
  const summary = (statement: object, kind?: KindSetting) => {
    const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
    const [policy] = service.analyze({ path: 'policy.json', text, ...(kind && { kind }) }).policies;
    assert.ok(policy);
    return explainPolicy(policy.view, policy.classification, catalogue);
  };
  const assume = { Effect: 'Allow', Action: 'sts:AssumeRole' };
  const inside = 'what may be done inside is in the permission policies of the role';
  for (const [statement, expected, kind] of [
    [{ ...assume, Principal: { Service: 'ec2.amazonaws.com' } }, inside],
    [
      { ...assume, Principal: { AWS: '111122223333' } },
      `${inside}; users and roles of an account need sts:AssumeRole on this role in their own policies too`,
    ],
    [
      { ...assume, Principal: { AWS: 'arn:aws:iam::111122223333:user/Dev' } },
      `${inside}; from another account, callers need sts:AssumeRole on this role in their own policies too`,
    ],
    [
      { ...assume, Resource: 'arn:aws:iam::111122223333:role/App' },
      'the trust policy of a role must let the caller in as well',
    ],
    [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      'if this belongs to a role, who may enter is in its trust policy',
    ],
    [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      'within this limit, the other policies decide what is allowed',
      'permissions-boundary',
    ],
  ] as const) {
    assert.equal(summary(statement, kind).otherLock, expected);
  }
});

test('a trust policy says how those without AWS credentials enter', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/Corp' },
      Action: 'sts:AssumeRoleWithSAML',
    },
  });
  const [policy] = service.analyze({ path: 'policy.json', text }).policies;
  assert.ok(policy);
  const { answers } = explainPolicy(policy.view, policy.classification, catalogue);
  assert.equal(answers.find(({ question }) => question === 'What')?.answer, 'assume this role, with a SAML sign-in');
});

test('many statements are counted, not listed', () => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: Array.from({ length: 9 }, (_, index) => ({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::bucket-${index}/*`,
    })),
  });
  const [policy] = service.analyze({ path: 'policy.json', text }).policies;
  assert.ok(policy);
  const { answers } = explainPolicy(policy.view, policy.classification, catalogue);
  assert.match(answers.find(({ question }) => question === 'What')?.answer ?? '', /; and more in 5 other statements$/);
});

test('a pattern over many services is counted without opening one of them', () => {
  const data = join(__dirname, '../../server/data');
  const closed = openCatalogue(() => ({
    toc: readFileSync(join(data, 'catalogue-toc.json'), 'utf8'),
    get services(): string {
      throw new Error('a service was opened');
    },
  }));
  const say = (...actions: readonly string[]): string => {
    const text = JSON.stringify({ Effect: 'Allow', Action: actions, Resource: '*' });
    const [policy] = service.analyze({ path: 'policy.json', text }).policies;
    const [statement] = policy?.view.statements ?? [];
    return policy && statement ? explainStatement(policy.view, statement, policy.classification, closed) : '';
  };
  assert.match(say('*:Get*'), /^May use [\d,]+ actions of \d+ services \(\*:Get\*\)\.$/);
  const many = ['Get*', 'List*', 'Describe*', 'Put*', 'Create*'].map((name) => `*:${name}`);
  assert.match(say(...many), /^May use [^;]+ \(\*:Get\*\)/);
  assert.match(
    say(...many, ...Array.from({ length: 60 }, () => '*:Get*')),
    /^May use what matches \*:Get\*, .* \([\d,]+ actions\)\.$/,
  );
});
