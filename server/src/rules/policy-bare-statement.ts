import { openingOf } from '../policy/model.ts';
import { WRAP_TITLE, wrapBare } from '../policy/wrap-bare.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'policy-bare-statement',
  title: 'A statement without its policy',
  accessAnalyzer: [],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
  docs: {
    what: 'The file holds a statement, or a list of them, but not the policy around it.',
    why: 'AWS takes whole policies only: an object with `Version` and `Statement`. A statement alone is good for reading and for pasting into a policy, not for uploading.',
    how: 'Wrap it in a policy document when you want to hand it to AWS. Leave it when it is meant as a fragment.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#access_policies-json'],
    examples: {
      bad: { policy: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' } },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    statement:
      'This is one statement, not a whole policy. AWS wants an object with Version and Statement around it before you upload it.',
    list: 'This is a list of statements, not a whole policy. AWS wants an object with Version and Statement around it before you upload it.',
  },
  check(policy, { report, write, isHalfTyped }) {
    if (policy.form === 'document' || isHalfTyped(policy.node)) return;
    report({
      at: openingOf(policy.node),
      message: policy.form === 'statement' ? 'statement' : 'list',
      fixes: () => [
        {
          title: WRAP_TITLE,
          effect: 'unknown',
          edits: wrapBare(policy, write),
          preferred: true,
        },
      ],
    });
  },
});
