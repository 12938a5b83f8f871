import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-data-types',
  title: 'Condition values do not go together',
  accessAnalyzer: ['INVALID_CONDITION_DATA_TYPE', 'INVALID_CONDITION_MULTIPLE_BOOLEAN'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'The list of values of a condition key mixes texts, numbers and booleans, or a yes-or-no key has several values.',
    why: 'AWS refuses both.',
    how: 'Put all values in quotation marks. For `Bool` and `Null`, write one value: `true` and `false` together would ask nothing.',
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
              Condition: { StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 5] } },
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
    mixed: "The values of '{key}' are of different JSON types. Put all of them in quotation marks.",
    several: "'{operator}' takes one value, not {count}: true and false together ask nothing.",
  },
  check({ operator, key, member, values }, { catalogue, report, write }) {
    const list = member.value;
    if (list?.type !== 'array' || values.length !== list.items.length || values.length < 2) return;
    const at = { start: list.span.start, end: list.span.start + 1 };
    const mixed = new Set(values.map(({ node }) => node.type)).size > 1;
    const yesNo = operator.family === 'Bool' || operator.family === 'Null';
    if (yesNo && !operator.set && !catalogue.conditionKey(key)?.multivalued) {
      const texts = [...new Set(values.map(({ text }) => text.toLowerCase()))];
      report({
        at,
        message: 'several',
        data: { operator: operator.text, count: values.length },
        accessAnalyzer: ['INVALID_CONDITION_MULTIPLE_BOOLEAN', ...(mixed ? ['INVALID_CONDITION_DATA_TYPE'] : [])],
        fixes: () =>
          texts.map((text) => ({
            title: `Keep '${text}' only`,
            effect: 'unknown',
            edits: write.replace(list, text),
            preferred: texts.length === 1,
          })),
      });
      return;
    }
    if (!mixed) return;
    report({
      at,
      message: 'mixed',
      data: { key },
      accessAnalyzer: ['INVALID_CONDITION_DATA_TYPE'],
      fixes: () => [
        {
          title: 'Put all values in quotation marks',
          effect: 'unknown',
          edits: values.flatMap(({ node, text }) => (node.type === 'string' ? [] : write.replace(node, text))),
          preferred: true,
        },
      ],
    });
  },
});
