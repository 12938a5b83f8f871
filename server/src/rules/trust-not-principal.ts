import { nameAccountInstead } from '../policy/edit-principal.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'trust-not-principal',
  title: 'NotPrincipal in a role trust policy',
  accessAnalyzer: [
    'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
    'ALLOW_WITH_NOT_PRINCIPAL',
    'UNSUPPORTED_ELEMENT_COMBINATION',
  ],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A role trust policy may not have `NotPrincipal`.',
    why: '"Everybody but these" would trust strangers; AWS refuses it in a trust policy.',
    how: 'List in `Principal` who may assume the role. To keep somebody out, add a statement with `"Effect": "Deny"` and a condition on `aws:PrincipalArn`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/mallory' },
              Action: 'sts:AssumeRole',
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
              Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
  },
  messages: {
    trust: 'A role trust policy cannot have NotPrincipal: AWS refuses it. List in Principal who may assume the role.',
  },
  check(statement, { report, write }) {
    for (const { member, negated } of statement.principals) {
      if (!negated) continue;
      report({
        at: member.key.span,
        message: 'trust',
        accessAnalyzer: [
          'ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL',
          ...(isAllow(statement) ? ['ALLOW_WITH_NOT_PRINCIPAL'] : []),
          ...(statement.principals.length > 1 ? ['UNSUPPORTED_ELEMENT_COMBINATION'] : []),
        ],
        fixes: () =>
          statement.principals.length === 1
            ? [
                {
                  title: 'Name one account in Principal instead',
                  effect: 'unknown',
                  edits: nameAccountInstead(member, write),
                  placeholders: ['<account-id>'],
                },
              ]
            : [],
      });
    }
  },
});
