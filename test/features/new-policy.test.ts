import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { PolicyAnswers } from '../../server/src/features/new-policy/answers.ts';
import { DOORS } from '../../server/src/features/new-policy/doors.ts';
import type { PolicyQuestion } from '../../server/src/features/new-policy/questions.ts';
import { TEMPLATES } from '../../server/src/features/templates/templates.ts';
import { service } from '../harness/data.ts';

const PATH = join(__dirname, 'new-policy.txt');

const CASES = readFileSync(PATH, 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((block) => {
    const [title = '', answers = '', ...expected] = block.trim().split('\n');
    return { title, answers: JSON.parse(answers) as PolicyAnswers, expected: expected.join('\n') };
  });

const write = (answers: PolicyAnswers) => service.newPolicy(answers).policies;

/** What is wrong or dangerous; hints such as "name the queues" are right where a person has not named them. */
const seriousIn = (answers: PolicyAnswers) =>
  write(answers).flatMap(({ kind, text }) =>
    service
      .analyze({ path: 'policy.json', text, kind })
      .findings.filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ rule }) => rule),
  );

for (const { title, answers, expected } of CASES) {
  test(`new policy: ${title}`, () => {
    const written = write(answers).map(({ kind, text }) => `--- ${kind}\n${JSON.stringify(JSON.parse(text))}`);
    assert.equal(written.join('\n'), expected);
    assert.deepEqual(seriousIn(answers), []);
  });
}

test('the cases show every door, every condition, every task and everything that must never happen', () => {
  const shown = new Set(
    CASES.flatMap(({ answers: { who = [], when = [], what = [], never = [] } }) => [
      ...who,
      ...when,
      ...what,
      ...never,
    ]),
  );
  assert.deepEqual(
    DOORS.map(({ id }) => id).filter((id) => !shown.has(id)),
    [],
  );
  const asUsual = new Set(DOORS.flatMap(({ usual }) => usual));
  const offered = TEMPLATES.filter(({ kinds: [kind] }) => kind !== 'trust').map(({ id }) => id);
  assert.deepEqual(
    offered.filter((id) => !shown.has(id) && !asUsual.has(id)),
    [],
  );
});

/** Answers every question as `reply` says, until there is none; the ids of the questions in their order. */
function interview(
  start: PolicyAnswers,
  reply: (question: PolicyQuestion) => readonly string[],
): { readonly answers: PolicyAnswers; readonly asked: readonly PolicyQuestion[] } {
  const answers: Record<string, readonly string[]> = { ...start };
  const asked: PolicyQuestion[] = [];
  for (;;) {
    const { question } = service.newPolicy(answers);
    if (!question) return { answers, asked };
    assert.ok(answers[question.id] === undefined, `${question.id} is asked twice`);
    assert.ok(asked.length < 100, 'no end of questions');
    asked.push(question);
    answers[question.id] = reply(question);
  }
}

for (const { id, trust } of DOORS) {
  test(`behind the door ${id} everything can be chosen or skipped`, () => {
    const nothing = interview({ who: [id] }, () => []);
    assert.deepEqual(
      write(nothing.answers).map(({ kind }) => kind),
      trust ? ['trust'] : [],
    );
    const all = interview({ who: [id] }, ({ form, options }) =>
      form === 'text' ? [] : options.map((option) => option.id).filter((one) => one !== 'own-actions'),
    );
    const steps = all.asked.map(({ step }) => step);
    assert.deepEqual(steps, steps.toSorted(), 'the four questions come in their order');
    assert.equal(write(all.answers).length, trust ? 2 : 1);
    assert.deepEqual(seriousIn(all.answers), []);
  });
}

test('the first question is who', () => {
  const { question, policies } = service.newPolicy({});
  assert.equal(question?.id, 'who');
  assert.equal(question.form, 'one');
  assert.deepEqual(policies, []);
  assert.deepEqual(service.newPolicy({ who: ['nobody'] }), { policies: [] });
});

test('actions are chosen service by service, and resources asked for the types they work on', () => {
  const { asked, answers } = interview(
    { who: ['identity'], what: ['own-actions'], region: ['eu-west-1'], account: ['123456789012'] },
    ({ id, options }) => {
      if (id === 'services') return ['sqs', 'ec2'];
      if (id === 'actions:sqs') return ['sqs:SendMessage'];
      if (id === 'resource:sqs:queue') return ['orders'];
      return id === 'actions:ec2' ? options.slice(0, 1).map((option) => option.id) : [];
    },
  );
  const own = asked.map(({ id }) => id).filter((id) => /services|:/.test(id));
  assert.deepEqual(own.slice(0, 4), ['services', 'actions:sqs', 'resource:sqs:queue', 'actions:ec2']);
  // All List actions of EC2: the most used types are asked for, not all of them.
  assert.ok(own.filter((id) => id.startsWith('resource:ec2:')).length <= 4);
  const sqs = asked.find(({ id }) => id === 'actions:sqs');
  const [level, ...others] = sqs?.options ?? [];
  assert.equal(level?.id, 'level:Read');
  assert.match(level.description ?? '', /^\d+ actions$/);
  const send = others.find(({ id }) => id === 'sqs:SendMessage');
  assert.deepEqual([send?.label, send?.description], ['SendMessage', 'Write']);
  assert.equal(asked.find(({ id }) => id === 'resource:sqs:queue')?.example, 'arn:aws:sqs:*:*:queue-name');
  assert.match(write(answers)[0]?.text ?? '', /"arn:aws:sqs:eu-west-1:123456789012:orders"/);
});

test('Sids stay apart, and ARNs that others cover are left out', () => {
  const [policy] = write({
    who: ['identity'],
    what: ['own-actions'],
    services: ['s3', 's3'],
    'actions:s3': ['s3:GetObject', 's3:PutObject', 's3:ListBucket'],
    'resource:s3:object': ['photos', 'photos/*'],
  });
  const { Statement } = JSON.parse(policy?.text ?? '') as { Statement: readonly { Sid: string; Resource: unknown }[] };
  assert.deepEqual(
    Statement.map(({ Sid, Resource }) => [Sid, Resource]),
    [['UseS3', 'arn:aws:s3:::*']],
  );
});

test('what a person writes is not filled in once more', () => {
  const [policy] = write({
    who: ['identity'],
    what: ['own-actions'],
    services: ['s3'],
    'actions:s3': ['s3:GetObject'],
    'resource:s3:object': ['arn:aws:s3:::home/${aws:username}/{bucket}/{nothing}'],
  });
  assert.match(policy?.text ?? '', /"arn:aws:s3:::home\/\$\{aws:username\}\/\{bucket\}\/\{nothing\}"/);
});

test('an answer that cannot be one is not written; the example stays', () => {
  for (const bucket of ['"},{"Effect":"Allow', '{account}', 'a b', '', 'x'.repeat(500)]) {
    const [, policy] = write({ who: ['ec2'], what: ['s3-read'], bucket: [bucket] });
    assert.match(policy?.text ?? '', /"arn:aws:s3:::amzn-s3-demo-bucket"/);
  }
  const [trust] = write({ who: ['role'], callerRole: ['*'] });
  assert.match(trust?.text ?? '', /role\/Deploy"/, 'a principal takes no wildcard');
  const many = Array.from({ length: 5000 }, (_, index) => `bucket-${index}`);
  const [, long] = write({ who: ['ec2'], what: ['s3-read'], bucket: many });
  assert.ok((long?.text.length ?? 0) < 40_000);
});
