import { CHOICES, grammarOf } from '../policy/grammar.ts';
import { findMember } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'element-conflict',
  title: 'An element together with its opposite',
  accessAnalyzer: ['UNSUPPORTED_ELEMENT_COMBINATION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A statement may have `Action` or `NotAction`, `Resource` or `NotResource`, `Principal` or `NotPrincipal`, never both of a pair.',
    why: 'The two would contradict each other; AWS refuses the policy.',
    how: 'Keep one of the two. To take something out of an Allow, add a second statement that denies it.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/*',
              NotResource: 'arn:aws:s3:::shared-bucket/private/*',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' },
            { Effect: 'Deny', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/private/*' },
          ],
        },
      },
    },
  },
  messages: { both: '{first} and {second} cannot stand in one statement: AWS refuses the policy. Keep one of them.' },
  check(statement, { kind, report, write }) {
    const forbids: readonly string[] = grammarOf(kind)?.forbids ?? [];
    for (const pair of Object.values(CHOICES)) {
      // An element that has no place in this kind of policy is reported as that.
      if (pair.some((name) => forbids.includes(name))) continue;
      const both = pair.map((name) => findMember(statement.node.members, name)).filter((one) => one !== undefined);
      const [first, second] = both.sort((a, b) => a.span.start - b.span.start);
      if (!first || !second) continue;
      report({
        at: second.key.span,
        message: 'both',
        data: { first: first.key.value, second: second.key.value },
        related: [{ span: first.key.span, message: `${first.key.value} stands here.` }],
        fixes: () =>
          [second, first].map((member) => ({
            title: `Remove ${member.key.value}`,
            effect: 'unknown',
            edits: write.removeMember(statement.node, member),
          })),
      });
    }
  },
});
