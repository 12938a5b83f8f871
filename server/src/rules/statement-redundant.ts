import type { TextEdit } from '../base/text-edit.ts';
import { describeStatement } from '../policy/describe-statement.ts';
import { type Statement, statementSpan } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'statement-redundant',
  title: 'Statement that says the same as another',
  accessAnalyzer: ['REDUNDANT_STATEMENT'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'equivalent',
  docs: {
    what: 'Two statements are the same but for their Sid, the order of their values and the letter case of actions and condition keys.',
    why: 'The second changes nothing. Who edits one of them later may overlook the other.',
    how: 'Remove one of them.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-statement',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' },
            { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::shared-bucket/*'] },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' },
            { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::shared-bucket/inbox/*' },
          ],
        },
      },
    },
  },
  messages: {
    same: 'This statement says the same as statement {number}, so it changes nothing. Remove one of the two.',
  },
  check(policy, { report, write, isHalfTyped }) {
    const first = new Map<string, Statement>();
    for (const statement of policy.statements) {
      if (isHalfTyped(statement.node)) continue;
      const key = describeStatement(statement);
      if (key === undefined) continue;
      const before = first.get(key);
      if (!before) {
        first.set(key, statement);
        continue;
      }
      const list = policy.form === 'document' ? policy.statementElement?.value : policy.node;
      report({
        at: statementSpan(statement),
        message: 'same',
        data: { number: before.index + 1 },
        related: [{ span: statementSpan(before), message: 'This is the other one.' }],
        tag: 'unnecessary',
        fixes: () => {
          const edits: TextEdit[] = list?.type === 'array' ? write.removeItem(list, statement.node) : [];
          return edits.length > 0
            ? [{ title: 'Remove this statement', effect: 'equivalent', edits, preferred: true }]
            : [];
        },
      });
    }
  },
});
