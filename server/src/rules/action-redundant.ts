import { findRedundant } from '../policy/redundant-entries.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'action-redundant',
  title: 'Action that another one includes',
  accessAnalyzer: ['REDUNDANT_ACTION'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'The list holds an action twice, or holds one that a pattern in the same list matches anyway. The letter case of actions does not count.',
    why: 'It changes nothing, but takes room, and whoever removes one of the two later will think the access is gone.',
    how: 'Remove the action, or the pattern if it was meant to be replaced.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:Describe*', 'ec2:DescribeInstances'], Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    twice: "'{action}' stands in this list already, so it changes nothing here. Remove it.",
    covered: "'{action}' is part of '{wider}' in the same list, so it changes nothing. Remove one of the two.",
  },
  check(statement, { report, write }) {
    for (const block of statement.actions) {
      const redundant = findRedundant(block, { what: 'actions', ignoreCase: true, write });
      for (const { text: action, wider, finding } of redundant) {
        if (wider === undefined) report({ ...finding, message: 'twice', data: { action } });
        else report({ ...finding, message: 'covered', data: { action, wider } });
      }
    }
  },
});
