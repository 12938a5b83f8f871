import { mayAssume } from '../policy/assume.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'trust-action-unsupported',
  title: 'Action cannot stand in a trust policy',
  accessAnalyzer: ['UNSUPPORTED_ACTION_IN_POLICY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'A trust policy holds an action that does not assume a role.',
    why: 'A trust policy only says who may take the role. What the role may do stands in its permission policies, and AWS refuses such an action here.',
    how: 'Keep `sts:AssumeRole` and its kin here and move the other actions to a permission policy of the role.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#id_roles_terms-and-concepts',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: ['sts:AssumeRole', 's3:ListAllMyBuckets'],
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    unsupported:
      "'{action}' cannot stand in a trust policy, which only says who may assume the role. Move it to a permission policy of the role.",
  },
  check({ pattern, node, block }, { catalogue, report, write }) {
    if (block.negated || pattern.hole) return;
    if (mayAssume(pattern.text)) return;
    // A name that is no action at all is another flaw.
    if (!catalogue.matchesAnyAction(pattern.text)) return;
    const container = block.member.value;
    report({
      at: node.span,
      message: 'unsupported',
      data: { action: pattern.text },
      fixes: () =>
        container?.type === 'array' && container.items.length > 1
          ? [
              {
                title: `Remove '${pattern.text}'`,
                effect: 'unknown',
                edits: write.removeItem(container, node),
                preferred: true,
              },
            ]
          : [],
    });
  },
});
