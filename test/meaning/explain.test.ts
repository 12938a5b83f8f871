import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseKindSetting } from '../../server/src/lint/settings.ts';
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
