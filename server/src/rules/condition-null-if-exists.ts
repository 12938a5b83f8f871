import { parseOperator } from '../policy/condition.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-null-if-exists',
  title: 'Null with IfExists',
  accessAnalyzer: ['NULL_WITH_IF_EXISTS'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A condition uses `NullIfExists`.',
    why: '`Null` asks whether a key is there at all, so "if it exists" makes no sense with it, and AWS refuses the policy.',
    how: 'Write `Null`: `"true"` asks that the key is absent, `"false"` that it is there.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:DescribeInstances',
              Resource: '*',
              Condition: { NullIfExists: { 'aws:TokenIssueTime': 'false' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:DescribeInstances',
              Resource: '*',
              Condition: { Null: { 'aws:TokenIssueTime': 'false' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    suffix: 'Null asks whether the key is there, so it cannot take IfExists. Write Null alone.',
  },
  check({ condition }, { report, write }) {
    if (condition?.value?.type !== 'object') return;
    const { members } = condition.value;
    for (const member of members) {
      const { name, ifExists, set } = parseOperator(member.key.value);
      if (name !== 'Null' || !ifExists) continue;
      const near = `${set ? `${set}:` : ''}Null`;
      const taken = members.some(({ key }) => key.value === near);
      report({
        at: member.key.span,
        message: 'suffix',
        fixes: () =>
          taken
            ? []
            : [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.rename(member, near), preferred: true }],
      });
    }
  },
});
