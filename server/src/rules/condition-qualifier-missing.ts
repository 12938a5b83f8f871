import { spellOperator } from '../policy/condition.ts';
import { addConditions, changeOperator } from '../policy/edit-condition.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'condition-qualifier-missing',
  title: 'Key with many values lacks ForAnyValue or ForAllValues',
  accessAnalyzer: ['MISSING_QUALIFIER'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A request can carry several values for this condition key, but the operator does not say whether one of them must match or all.',
    why: 'Without `ForAnyValue:` or `ForAllValues:` the operator is made for a single value, and Access Analyzer calls it an error.',
    how: 'Write `ForAnyValue:` when one matching value is enough, as in most conditions and in every Deny. Write `ForAllValues:` when nothing else may be there, as in a list of allowed tag keys; it is also met when the request has no value, so in an Allow add `Null` with `false`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:CreateTags',
              Resource: 'arn:aws:ec2:eu-central-1:123456789012:instance/*',
              Condition: { StringEquals: { 'aws:TagKeys': ['team', 'stage'] } },
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
              Resource: 'arn:aws:ec2:eu-central-1:123456789012:instance/*',
              Condition: {
                'ForAllValues:StringEquals': { 'aws:TagKeys': ['team', 'stage'] },
                Null: { 'aws:TagKeys': 'false' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    missing:
      "A request can hold several values of '{key}'. Say with ForAnyValue: or ForAllValues: before {operator} whether one of them must match, or all.",
  },
  check(clause, { catalogue, statement, report, write }) {
    const { operator, key, operatorMember } = clause;
    if (operator.set || !operator.name || operator.name === 'Null') return;
    if (!catalogue.conditionKey(key)?.multivalued) return;
    const { name, ifExists } = operator;
    report({
      at: clause.member.key.span,
      message: 'missing',
      data: { key, operator: operator.text },
      related: [{ span: operatorMember.key.span, message: 'The operator.' }],
      fixes: () => {
        const fixes: Fix[] = [];
        for (const set of ['ForAnyValue', 'ForAllValues'] as const) {
          const near = spellOperator({ set, name, ifExists });
          const edits = changeOperator(write, statement, clause, near);
          if (!edits) continue;
          const guard = set === 'ForAllValues' && isAllow(statement) && !ifExists && !hasNull(key);
          fixes.push({
            title: guard ? `Change to '${near}' and require that the key is there` : `Change to '${near}'`,
            effect: 'unknown',
            edits: guard
              ? [...edits, ...addConditions(write, statement, [{ operator: 'Null', key, value: 'false' }])]
              : edits,
          });
        }
        return fixes;
      },
    });

    function hasNull(wanted: string): boolean {
      return statement.conditions.some(
        (other) => other.operator.name === 'Null' && other.key.toLowerCase() === wanted.toLowerCase(),
      );
    }
  },
});
