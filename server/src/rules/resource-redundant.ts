import { findRedundant } from '../policy/redundant-entries.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-redundant',
  title: 'Resource that another one includes',
  accessAnalyzer: ['REDUNDANT_RESOURCE'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'The list holds a resource twice, or holds one that a pattern in the same list matches anyway: `arn:aws:s3:::logs*` is also `arn:aws:s3:::logs/*`.',
    why: 'It changes nothing, but takes room, and it hides how much the pattern lets in.',
    how: 'Remove the resource. If only those that are named were meant, remove the pattern instead.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-resource',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:GetRole',
              Resource: ['arn:aws:iam::111122223333:role/app-*', 'arn:aws:iam::111122223333:role/app-web'],
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:role/app-*' }],
        },
      },
    },
  },
  messages: {
    twice: "'{resource}' stands in this list already, so it changes nothing here. Remove it.",
    covered: "'{resource}' is part of '{wider}' in the same list, so it changes nothing. Remove one of the two.",
  },
  check(statement, { report, write }) {
    for (const block of statement.resources) {
      const redundant = findRedundant(block, { what: 'resources', ignoreCase: false, write });
      for (const { text: resource, wider, finding } of redundant) {
        if (wider === undefined) report({ ...finding, message: 'twice', data: { resource } });
        else report({ ...finding, message: 'covered', data: { resource, wider } });
      }
    }
  },
});
