import { plainValue } from '../policy/edit-condition.ts';
import type { Member } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-duplicate-case',
  title: 'Condition key twice in different letter case',
  accessAnalyzer: ['DUPLICATE_KEYS_WITH_DIFFERENT_CASE'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'One operator holds the same condition key twice, in different upper and lower case.',
    why: 'Condition keys are compared without case, so it is one key with two values, and AWS refuses that.',
    how: 'Keep one spelling, with all the values in one list.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:DescribeInstances',
              Resource: '*',
              Condition: {
                StringEquals: { 'aws:RequestedRegion': 'eu-central-1', 'aws:requestedregion': 'eu-west-1' },
              },
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
              Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] } },
            },
          ],
        },
      },
    },
  },
  messages: {
    twice:
      "'{key}' is the same condition key as '{first}': upper and lower case do not matter. Put the values into one list.",
  },
  check({ condition }, { report, write }) {
    if (condition?.value?.type !== 'object') return;
    for (const { value } of condition.value.members) {
      if (value?.type !== 'object') continue;
      const seen = new Map<string, Member[]>();
      for (const member of value.members) {
        const key = member.key.value;
        const alike = seen.get(key.toLowerCase()) ?? [];
        seen.set(key.toLowerCase(), alike);
        const first = alike.find((other) => other.key.value !== key);
        if (first || alike.length === 0) alike.push(member);
        if (!first) continue;
        report({
          at: member.key.span,
          message: 'twice',
          data: { key, first: first.key.value },
          related: [{ span: first.key.span, message: 'The other spelling.' }],
          fixes: () => {
            const [before, after] = [plainValue(first), plainValue(member)];
            if (!first.value || before === undefined || after === undefined) return [];
            const merged = [...new Set([before, after].flat())];
            return [
              {
                title: `Put all values under '${first.key.value}'`,
                effect: 'unknown',
                edits: [...write.replace(first.value, merged), ...write.removeMember(value, member)],
              },
            ];
          },
        });
      }
    }
  },
});
