import { stringOf } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'sid-empty',
  title: 'An empty Sid',
  accessAnalyzer: ['EMPTY_SID_VALUE'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'A `Sid` is the name of a statement; this one is empty.',
    why: 'It says nothing. AWS takes it, and advises to fill it in.',
    how: 'Name the statement in one word, or remove the Sid: it is optional.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Sid: '', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' },
          ],
        },
      },
    },
  },
  messages: { empty: 'The Sid is empty. Name the statement in one word, or remove the Sid.' },
  check({ sid, node }, { report, write }) {
    if (!sid?.value || stringOf(sid) !== '') return;
    report({
      at: sid.value.span,
      message: 'empty',
      tag: 'unnecessary',
      fixes: () => [
        { title: 'Remove Sid', effect: 'equivalent', edits: write.removeMember(node, sid), preferred: true },
      ],
    });
  },
});
