import { CHOICES, isIntended } from '../policy/grammar.ts';
import { STATEMENT_ELEMENTS, statementSpan } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** The action that each type of principal of a trust policy uses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const ASSUME = { AWS: 'sts:AssumeRole', Service: 'sts:AssumeRole' } as const;

export default defineRule({
  id: 'action-missing',
  title: 'No Action',
  accessAnalyzer: ['MISSING_ACTION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Every statement must have an `Action` or a `NotAction`.',
    why: 'Without it the statement does not say what may be done; AWS refuses it.',
    how: 'Add `Action` with what is to be allowed or denied, such as `"s3:GetObject"`. In a trust policy it is `"sts:AssumeRole"` for AWS accounts and services.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
    examples: {
      bad: {
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Resource: 'arn:aws:s3:::shared-bucket/*' }] },
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
    missing: "The statement has no Action, so AWS refuses it. Say what it is about, such as 's3:GetObject'.",
    trust: "The statement has no Action, so AWS refuses it. Say how the role is assumed, such as 'sts:AssumeRole'.",
  },
  check(statement, { kind, report, write, isHalfTyped }) {
    const { node, actions, principals } = statement;
    if (actions.length > 0 || isHalfTyped(node)) return;
    if (isIntended(node.members, CHOICES.action, STATEMENT_ELEMENTS)) return;
    report({
      at: statementSpan(statement),
      message: kind === 'trust' ? 'trust' : 'missing',
      fixes: () => {
        const types = new Set(principals.flatMap(({ entries }) => entries.map(({ type }) => type)));
        if (kind !== 'trust' || types.size === 0 || ![...types].every((type) => Object.hasOwn(ASSUME, type))) return [];
        const action = 'sts:AssumeRole';
        const last = principals.at(-1)?.member;
        const index = last ? node.members.indexOf(last) + 1 : node.members.length;
        return [
          {
            title: `Add Action '${action}'`,
            effect: 'unknown',
            edits: write.insertMember(node, 'Action', action, index),
            preferred: true,
          },
        ];
      },
    });
  },
});
