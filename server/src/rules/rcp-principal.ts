import { hasHole } from '../policy/hole.ts';
import type { PrincipalEntry } from '../policy/model.ts';
import type { ValueNode } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

const SYNTAX = 'RCP_SYNTAX_ERROR_PRINCIPAL';
const FORMAT = 'INVALID_PRINCIPAL_FORMAT';

export default defineRule({
  id: 'rcp-principal',
  title: 'A particular principal in a resource control policy',
  accessAnalyzer: [SYNTAX, FORMAT],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['rcp'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'The `Principal` of a resource control policy must be `"*"`; `NotPrincipal` is not possible.',
    why: 'A resource control policy speaks to everybody; AWS refuses any other Principal.',
    how: 'Write `"Principal": "*"` and say who is meant in a condition, for instance on `aws:PrincipalArn` or `aws:PrincipalOrgID`.',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html'],
    examples: {
      bad: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/guest' },
              Action: 'sqs:SendMessage',
              Resource: '*',
            },
          ],
        },
      },
      good: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 'sqs:SendMessage',
              Resource: '*',
              Condition: { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/guest' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    named:
      "A resource control policy takes '*' as Principal and nothing else. Say who is meant in a condition such as aws:PrincipalArn.",
    not: "A resource control policy cannot have NotPrincipal. Write Principal '*' and make the exception in a condition such as aws:PrincipalArn.",
  },
  check(statement, { report, write }) {
    for (const { member, negated, everyone, entries } of statement.principals) {
      if (negated) report({ at: member.key.span, message: 'not', accessAnalyzer: [SYNTAX] });
      const value = member.value;
      // Whether {"AWS": "*"} passes is not documented.
      if (negated || everyone || !value) continue;
      if (isElsewhere(value) || (entries.every(isAnyone) && isPlain(value))) continue;
      report({
        at: value.span,
        message: 'named',
        accessAnalyzer: value.type === 'object' ? [SYNTAX] : [SYNTAX, FORMAT],
        fixes: () => [{ title: "Change Principal to '*'", effect: 'unknown', edits: write.replace(value, '*') }],
      });
    }
  },
});

/** A map without anything but AWS. */
function isPlain(value: ValueNode): boolean {
  return value.type === 'object' && value.members.every(({ key }) => key.value === 'AWS');
}

/** A stand-in is unknown, and a value of the wrong type is reported as that. */
function isElsewhere(value: ValueNode): boolean {
  if (value.type === 'string') return hasHole(value.value);
  return value.type !== 'object' && value.type !== 'array';
}

function isAnyone({ identity }: PrincipalEntry): boolean {
  return identity.who === 'anyone';
}
