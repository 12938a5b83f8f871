import { isPolicyVariable } from '../policy/condition-key.ts';
import { hasVariables } from '../policy/model.ts';
import { findVariables } from '../policy/variable.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'variable-operator',
  title: 'Policy variable under an operator that takes none',
  accessAnalyzer: ['INVALID_VARIABLE_FOR_OPERATOR'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: { none: 'Only the author knows the number, date or range to write instead.' },
  docs: {
    what: 'A value such as `${aws:PrincipalTag/limit}` stands under an operator that compares numbers, dates, booleans or addresses.',
    why: 'AWS fills in policy variables under `String…` and `Arn…` operators only. Elsewhere the text is no number, date or address, so the comparison never succeeds.',
    how: 'Write the value itself, or compare with a `String…` operator where the key holds text.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { NumericLessThanEquals: { 's3:max-keys': '${aws:PrincipalTag/limit}' } },
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
    operator: "{operator} takes no policy variables, so '{variable}' is not filled in. Write the value itself.",
  },
  check({ operator, values }, context) {
    const { catalogue, report } = context;
    const { family } = operator;
    if (!family || family === 'String' || family === 'Arn' || !hasVariables(context.policy)) return;
    for (const { node, text } of values) {
      const variable = findVariables(text).find((one) => isPolicyVariable(one, catalogue));
      if (!variable) continue;
      const { start, end } = variable;
      report({
        at: node.span,
        message: 'operator',
        // One page of AWS says that Bool does take them.
        severity: family === 'Bool' ? 'warning' : 'error',
        data: { operator: operator.text, variable: text.slice(start, end) },
      });
    }
  },
});
