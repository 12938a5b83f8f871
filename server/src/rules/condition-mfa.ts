import { changeOperator } from '../policy/edit-condition.ts';
import { type ConditionClause, isAllow, isDeny } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'condition-mfa',
  title: 'A condition on MFA that lets callers without MFA through',
  accessAnalyzer: [],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'narrows',
  docs: {
    what: 'Requests signed with the long-term access keys of a user carry no `aws:MultiFactorAuthPresent` at all, and other requests may carry it with the value false. A condition that looks at the wrong one of the two lets callers without MFA through.',
    why: 'The policy reads as if MFA were required, and it is not.',
    how: 'In an Allow write `"Bool": { "aws:MultiFactorAuthPresent": "true" }`, in a Deny `"BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:DeactivateMFADevice',
              Resource: 'arn:aws:iam::123456789012:user/${aws:username}',
              Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } },
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
              Action: 'iam:DeactivateMFADevice',
              Resource: 'arn:aws:iam::123456789012:user/${aws:username}',
              Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    denyMissesKeys:
      "Long-term access keys send no '{key}', so this Deny does not stop them. Write BoolIfExists to stop everyone without MFA.",
    allowIfExists:
      "Long-term access keys send no '{key}', and {operator} lets them through for it. Write Bool to require MFA.",
    allowPresence:
      "This only asks whether '{key}' was sent, and it may be sent with the value false. Write Bool with the value true.",
  },
  check(clause, context) {
    const { statement, report, write } = context;
    const { key, operator, values, member } = clause;
    const { name, ifExists, set } = operator;
    if (!isMfa(key) || set !== undefined) return;
    const all = (text: string): boolean => values.length > 0 && values.every((one) => one.text.toLowerCase() === text);
    const at = member.key.span;
    const fixes = (to: string) => (): readonly Fix[] => {
      const edits = changeOperator(write, statement, clause, to);
      return edits ? [{ title: `Change to ${to}`, effect: 'narrows', edits, preferred: true }] : [];
    };
    if (isDeny(statement) && name === 'Bool' && !ifExists && all('false')) {
      // Another Deny for requests without the key makes it whole.
      const whole = context.policy.statements.some((other) => isDeny(other) && other.conditions.some(asksForAbsentKey));
      if (!whole) report({ at, message: 'denyMissesKeys', data: { key }, fixes: fixes('BoolIfExists') });
    } else if (isAllow(statement) && name === 'Bool' && ifExists && all('true')) {
      report({ at, message: 'allowIfExists', data: { key, operator: operator.text }, fixes: fixes('Bool') });
    } else if (isAllow(statement) && name === 'Null' && all('false')) {
      const asksValue = statement.conditions.some((one) => isMfa(one.key) && one.operator.name === 'Bool');
      if (!asksValue) report({ at, message: 'allowPresence', data: { key } });
    }
  },
});

function isMfa(key: string): boolean {
  return key.toLowerCase() === 'aws:multifactorauthpresent';
}

function asksForAbsentKey({ key, operator, values }: ConditionClause): boolean {
  return isMfa(key) && operator.name === 'Null' && values.some(({ text }) => text === 'true');
}
