import { isIntended } from '../policy/grammar.ts';
import { STATEMENT_ELEMENTS, statementSpan } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'effect-missing',
  title: 'No Effect',
  accessAnalyzer: ['MISSING_EFFECT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Every statement must have an `Effect`.',
    why: 'There is no default: AWS refuses a statement that does not say whether it allows or denies.',
    how: 'Add `"Effect": "Allow"` to grant what the statement describes, or `"Effect": "Deny"` to forbid it.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    missing: 'The statement has no Effect, so AWS refuses it. Say whether it should Allow or Deny.',
    rcp: 'The statement has no Effect, so AWS refuses it. In a resource control policy it can only be Deny.',
  },
  check(statement, { kind, report, write, isHalfTyped }) {
    const { node, effect, sid } = statement;
    if (effect || isHalfTyped(node) || isIntended(node.members, ['Effect'], STATEMENT_ELEMENTS)) return;
    const effects = kind === 'rcp' ? ['Deny'] : ['Allow', 'Deny'];
    report({
      at: statementSpan(statement),
      message: kind === 'rcp' ? 'rcp' : 'missing',
      fixes: () =>
        effects.map((value) => ({
          title: `Add Effect ${value}`,
          effect: 'unknown',
          edits: write.insertMember(node, 'Effect', value, sid ? node.members.indexOf(sid) + 1 : 0),
        })),
    });
  },
});
