import type { TextEdit } from '../base/text-edit.ts';
import { hasHole } from '../policy/hole.ts';
import { oneOrMany, type Statement, statementSpan } from '../policy/model.ts';
import type { Member, ValueNode } from '../syntax/tree.ts';
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
      const key = describe(statement);
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

/** The statement without its Sid, in one spelling; undefined where a template fills in part of it, or nothing is said. */
function describe({ node, actions }: Statement): string | undefined {
  const members = node.members.filter(({ key }) => key.value !== 'Sid');
  if (actions.length === 0 || members.some(({ value }) => !value)) return undefined;
  const text = `{${members.map(describeElement).sort().join()}}`;
  return hasHole(text) ? undefined : text;
}

function describeElement({ key, value }: Member): string {
  const name = key.value;
  if (name === 'Action' || name === 'NotAction') return `${name}:${describeValues(value, true)}`;
  if (name !== 'Condition') return `${name}:${describeValues(value, false)}`;
  return `${name}:${describeMembers(value, (operator) => {
    const keys = describeMembers(operator.value, (one) => {
      return `${quote(one.key.value.toLowerCase())}:${describeValues(one.value, false)}`;
    });
    return `${quote(operator.key.value.toLowerCase())}:${keys}`;
  })}`;
}

/** One value is a list of one, and the order of values says nothing. */
function describeValues(value: ValueNode | undefined, ignoreCase: boolean): string {
  const values = oneOrMany(value).map((one) => {
    if (one.type === 'string') return quote(ignoreCase ? one.value.toLowerCase() : one.value);
    if (one.type === 'number' || one.type === 'boolean') return quote(String(one.value));
    return describeMembers(one, ({ key, value: inner }) => `${quote(key.value)}:${describeValues(inner, false)}`);
  });
  return `[${[...new Set(values)].sort().join()}]`;
}

function describeMembers(value: ValueNode | undefined, describeOne: (member: Member) => string): string {
  if (value?.type !== 'object') return value?.type ?? '';
  return `{${value.members.map(describeOne).sort().join()}}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
