import { kindsWhere } from '../policy/grammar.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-not-allowed',
  title: 'Resource in a role trust policy',
  accessAnalyzer: ['ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(({ forbids }) => forbids.includes('Resource')),
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A role trust policy may not have `Resource` or `NotResource`.',
    why: 'A trust policy says who may assume the role it is attached to; that role is the resource. AWS refuses to save anything else.',
    how: 'Remove the element. What the role may do, and on what, belongs into the permissions policy of the role.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'ec2.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Resource: 'arn:aws:iam::111122223333:role/web',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    trust:
      'A role trust policy cannot have {element}: it is about the role it is attached to, and AWS refuses anything else. Remove it.',
  },
  check(statement, { report, write }) {
    for (const { member } of statement.resources) {
      report({
        at: member.key.span,
        message: 'trust',
        data: { element: member.key.value },
        fixes: () => [
          {
            title: `Remove ${member.key.value}`,
            effect: 'unknown',
            edits: write.removeMember(statement.node, member),
            preferred: true,
          },
        ],
      });
    }
  },
});
