import { judgeValue } from '../policy/condition-value.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-values-redundant',
  title: 'Several limits of which one counts',
  accessAnalyzer: ['REDUNDANT_CONDITION_VALUE_NUM'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'equivalent',
  docs: {
    what: 'A comparison with "less than" or "greater than" lists several values.',
    why: 'It is met when one of them is: for "less than" that is the greatest, for "greater than" the least. The others do nothing, and readers may take the strictest for the limit.',
    how: 'Keep the one value that counts.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { NumericLessThanEquals: { 's3:max-keys': ['10', '100'] } },
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
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { NumericLessThanEquals: { 's3:max-keys': '100' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    limits: "{operator} is met when one value is, so only {which}, '{value}', counts. Keep that one.",
  },
  check({ operator, member, values }, { report, write }) {
    const { family, name } = operator;
    const less = name?.includes('LessThan');
    if ((family !== 'Numeric' && family !== 'Date') || !(less || name?.includes('GreaterThan'))) return;
    const list = member.value;
    if (list?.type !== 'array' || values.length < 2 || values.length !== list.items.length) return;
    if (values.some(({ text }) => judgeValue(family, text))) return;
    const ranked = values.map(({ text }) => ({ text, rank: family === 'Numeric' ? Number(text) : Date.parse(text) }));
    if (ranked.some(({ rank }) => Number.isNaN(rank))) return;
    const kept = ranked.reduce((best, one) => ((less ? one.rank > best.rank : one.rank < best.rank) ? one : best));
    report({
      at: list.span,
      message: 'limits',
      data: { operator: operator.text, which: less ? 'the greatest' : 'the least', value: kept.text },
      // What was checked for numbers holds for dates, too.
      accessAnalyzer: family === 'Numeric' ? ['REDUNDANT_CONDITION_VALUE_NUM'] : [],
      fixes: () => [
        { title: `Keep '${kept.text}'`, effect: 'equivalent', edits: write.replace(list, kept.text), preferred: true },
      ],
    });
  },
});
