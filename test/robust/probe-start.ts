import assert from 'node:assert/strict';
import type { PolicyAnswers, PolicyService } from '../../server/src/service.ts';
import { CHARS, type Random } from './texts.ts';

/** No way through the guided start is longer. */
const MOST_QUESTIONS = 60;

/** What nobody answers, and a client may send. */
const ODD_ANSWERS: readonly [string, ...string[]] = [
  '',
  ' ',
  '*',
  '"}]',
  '${aws:username}',
  '<bucket-name>',
  '111122223333',
  'arn:aws:s3:::b/*',
  '__proto__',
  'constructor',
  ...CHARS,
];

/**
 * Walks through the guided start, choosing at random, and holds that it comes to an end and that whatever has been
 * answered makes whole policies.
 */
export function probeStart(service: PolicyService, random: Random): void {
  let answers: PolicyAnswers = {};
  for (let count = 0; ; count++) {
    const { question, policies } = service.newPolicy(answers);
    for (const { text, kind } of policies) {
      const { tree } = service.analyze({ path: 'policy.json', text, kind });
      assert.deepEqual(tree.problems, [], `${JSON.stringify(answers)}: ${text}`);
      JSON.parse(text);
    }
    if (!question) return;
    assert.ok(count < MOST_QUESTIONS, `no end of questions: ${JSON.stringify(answers)}`);
    assert.ok(!Object.hasOwn(answers, question.id), `${question.id} is asked twice`);
    assert.notEqual(question.prompt, '');
    const [first, ...others] = question.options.map(({ id }) => id);
    const choose = (): string =>
      first === undefined || random.below(12) === 0 ? random.pick(ODD_ANSWERS) : random.pick([first, ...others]);
    const wanted = question.form === 'many' ? random.below(4) : random.below(8) === 0 ? 0 : 1;
    const plain = question.form === 'text' && random.below(2) === 0 ? question.example : undefined;
    answers = { ...answers, [question.id]: plain ? [plain] : Array.from({ length: wanted }, choose) };
  }
}
