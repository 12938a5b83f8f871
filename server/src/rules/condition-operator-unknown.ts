import { nearest } from '../catalogue/suggest.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { OPERATORS, operatorFor, parseOperator } from '../policy/condition.ts';
import { hasHole } from '../policy/hole.ts';
import type { Member } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

/** Every spelling AWS knows, with qualifier and suffix. */
const SPELLINGS = ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((set) =>
  Object.keys(OPERATORS).flatMap((name) =>
    name === 'Null' ? [`${set}${name}`] : [`${set}${name}`, `${set}${name}IfExists`],
  ),
);

export default defineRule({
  id: 'condition-operator-unknown',
  title: 'Unknown condition operator',
  accessAnalyzer: ['INVALID_CONDITION_OPERATOR'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Directly under Condition stands a name that is no condition operator.',
    why: 'AWS refuses to save the policy. Names that differ in upper and lower case only are not documented to work.',
    how: 'Use an operator that suits the type of the key, such as `StringEquals`, `StringLike`, `ArnLike`, `Bool` or `IpAddress`. Condition keys such as `aws:SourceIp` go one level deeper.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
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
              Condition: { StringEqual: { 'aws:RequestedRegion': 'eu-central-1' } },
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
              Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    near: "'{operator}' is not a condition operator; did you mean '{near}'?",
    unknown: "'{operator}' is not a condition operator. Use one such as StringEquals, StringLike, ArnLike or Bool.",
    case: "AWS spells '{operator}' as '{near}'; another letter case is not documented to work.",
    key: "'{operator}' is a condition key; above it must stand an operator, such as {near}.",
  },
  check({ condition }, { catalogue, report, write }) {
    if (condition?.value?.type !== 'object') return;
    const { members } = condition.value;
    const whole = condition.value;
    for (const member of members) {
      const text = member.key.value;
      const { name, miscased } = parseOperator(text);
      // NullIfExists is a flaw of its own.
      if ((name && !miscased) || hasHole(text) || isBeingNamed(member)) continue;
      const family = operatorOfKey(text, catalogue);
      if (family) {
        const same = members.every(({ key }) => operatorOfKey(key.value, catalogue) === family);
        report({
          at: member.key.span,
          message: 'key',
          data: { operator: text, near: family },
          fixes: () =>
            same
              ? [
                  {
                    title: `Put ${members.length === 1 ? 'it' : 'them'} under '${family}'`,
                    effect: 'unknown',
                    edits: write.wrap(whole, (inner) => ({ [family]: inner })),
                    preferred: true,
                  },
                ]
              : [],
        });
        if (same) return;
        continue;
      }
      const near = nearest(text, SPELLINGS);
      if (near === undefined) {
        report({ at: member.key.span, message: 'unknown', data: { operator: text } });
        continue;
      }
      const taken = members.some(({ key }) => key.value === near);
      report({
        at: member.key.span,
        message: name ? 'case' : 'near',
        severity: name ? 'warning' : 'error',
        data: { operator: text, near },
        fixes: () =>
          taken
            ? []
            : [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.rename(member, near), preferred: true }],
      });
    }
  },
});

/** The operator that suits a text which is a condition key. */
function operatorOfKey(text: string, catalogue: Catalogue): string | undefined {
  const key = text.includes(':') ? catalogue.conditionKey(text) : undefined;
  return key && operatorFor(key);
}

/** A name without a value, or no name over nothing yet. */
function isBeingNamed({ key, value }: Member): boolean {
  return value === undefined || (key.value === '' && !(value.type === 'object' && value.members.length > 0));
}
