import { parseOperator } from '../policy/condition.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-null-qualifier',
  title: 'Null with ForAllValues or ForAnyValue',
  accessAnalyzer: ['NULL_WITH_QUALIFIER'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A condition puts `ForAllValues:` or `ForAnyValue:` before `Null`.',
    why: '`Null` asks about the key, not about its values. With `ForAllValues:` the condition is always met, with `ForAnyValue:` never.',
    how: 'Write `Null` alone.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:CreateTags',
              Resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*',
              Condition: { 'ForAllValues:Null': { 'aws:TagKeys': 'false' } },
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
              Action: 'ec2:CreateTags',
              Resource: 'arn:aws:ec2:eu-west-1:111122223333:instance/*',
              Condition: { Null: { 'aws:TagKeys': 'false' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    always: 'Null asks about the key, not its values: with ForAllValues: this is always met. Write Null alone.',
    never: 'Null asks about the key, not its values: with ForAnyValue: this is never met. Write Null alone.',
  },
  check({ condition }, { report, write }) {
    if (condition?.value?.type !== 'object') return;
    const { members } = condition.value;
    for (const member of members) {
      const { name, set, ifExists } = parseOperator(member.key.value);
      if (name !== 'Null' || !set) continue;
      const near = ifExists ? 'NullIfExists' : 'Null';
      const taken = members.some(({ key }) => key.value === near);
      report({
        at: member.key.span,
        message: set === 'ForAllValues' ? 'always' : 'never',
        fixes: () =>
          taken ? [] : [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.rename(member, near) }],
      });
    }
  },
});
