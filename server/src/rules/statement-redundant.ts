import type { TextEdit } from '../base/text-edit.ts';
import { describeStatement } from '../policy/describe-statement.ts';
import { type ActionBlock, type ResourceBlock, type Statement, statementSpan } from '../policy/model.ts';
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
    const outlines = policy.statements.map(outline);
    const alike = new Map<string, number>();
    for (const one of outlines) alike.set(one, (alike.get(one) ?? 0) + 1);
    for (const [index, statement] of policy.statements.entries()) {
      // Most are like no other at first sight, and need not be spelt out.
      if (alike.get(outlines[index] ?? '') === 1 || isHalfTyped(statement.node)) continue;
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

/** The same for all statements that say the same, and quickly had. */
function outline({ actions, resources }: Statement): string {
  const longest = (blocks: readonly (ActionBlock | ResourceBlock)[]): number =>
    blocks.reduce((most, { entries }) => entries.reduce((max, { node }) => Math.max(max, mark(node.value)), most), 0);
  return `${longest(actions)} ${longest(resources)}`;
}

/** A number for a text in any letter case; longer texts have a higher one. */
function mark(text: string): number {
  return text.length * 0x10000 + (text.charCodeAt(text.length >> 1) | 32);
}
