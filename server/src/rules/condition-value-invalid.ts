import { familiesFor } from '../policy/condition.ts';
import { judgeValue, REFUSED, type ValueFlaw } from '../policy/condition-value.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

const CHECKS: Readonly<Record<ValueFlaw, string>> = {
  boolean: 'TYPE_MISMATCH_BOOLEAN',
  number: 'TYPE_MISMATCH_NUMBER',
  date: 'TYPE_MISMATCH_DATE',
  epoch: 'INVALID_DATE_VALUE',
  address: 'TYPE_MISMATCH_IP_RANGE',
  base64: 'TYPE_MISMATCH_STRING',
};

export default defineRule({
  id: 'condition-value-invalid',
  title: 'Condition value of the wrong form',
  accessAnalyzer: Object.values(CHECKS),
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A value does not have the form that its condition operator compares: `true` or `false` for `Bool` and `Null`, a number for `Numeric…`, an ISO 8601 date for `Date…`, an address range for `IpAddress`, base64 for `BinaryEquals`.',
    why: 'The comparison cannot succeed, so the condition does not do what it says. AWS refuses a wrong address range.',
    how: 'Write the value in the form of the operator: `"true"`, `"10"`, `"2027-12-31T00:00:00Z"`, `"203.0.113.0/24"`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 's3:ListAllMyBuckets',
              Resource: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'no' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 's3:ListAllMyBuckets',
              Resource: '*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    boolean: "'{value}' is neither true nor false, the only values that {operator} compares.",
    number: "'{value}' is not a number, so {operator} cannot compare it.",
    date: "'{value}' is not a date that {operator} reads. Write it as 2027-12-31 or 2027-12-31T00:00:00Z.",
    epoch: "{operator} may not read '{value}' as the date you mean. Write it as 2027-12-31 or 2027-12-31T00:00:00Z.",
    address: "'{value}' is not an IP address or range such as 203.0.113.0/24, which {operator} compares.",
    base64: "'{value}' is not base64, which {operator} compares.",
  },
  check({ operator, key, values }, { catalogue, report, write }) {
    const { family } = operator;
    if (!family) return;
    const known = catalogue.conditionKey(key);
    // Where the operator does not suit the key at all, that is the flaw, unless AWS refuses the value outright.
    const suits = !known || family === 'Null' || familiesFor(known).includes(family);
    if (!suits && !REFUSED.has(family)) return;
    for (const { node, text } of values) {
      if (hasHole(text) || text.includes('${')) continue;
      const judged = judgeValue(family, text);
      // The time in seconds is what aws:EpochTime is for.
      if (!judged || (judged.flaw === 'epoch' && /^aws:epochtime$/i.test(key))) continue;
      const { flaw, near } = judged;
      report({
        at: node.span,
        message: flaw,
        data: { value: text, operator: operator.text },
        severity: flaw === 'address' ? 'error' : 'warning',
        accessAnalyzer: [CHECKS[flaw]],
        fixes: () =>
          near === undefined
            ? []
            : [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.replace(node, near), preferred: true }],
      });
    }
  },
});
