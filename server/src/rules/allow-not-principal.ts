import { nameAccountInstead } from '../policy/edit-principal.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'allow-not-principal',
  title: 'Allow for everybody but a few',
  accessAnalyzer: ['ALLOW_WITH_NOT_PRINCIPAL'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource', 'vpc-endpoint'],
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: '`Allow` with `NotPrincipal` lets in everybody who is not listed.',
    why: 'That is everybody in every AWS account, and anonymous callers too. AWS advises against it and documents `NotPrincipal` for `Deny` only.',
    how: 'List in `Principal` who is let in. To keep somebody out, add a statement that denies, with a condition on `aws:PrincipalArn`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              NotPrincipal: { AWS: 'arn:aws:iam::111122223333:user/mallory' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:us-east-1:111122223333:orders',
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
              Principal: { AWS: 'arn:aws:iam::111122223333:role/shop' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:us-east-1:111122223333:orders',
            },
          ],
        },
      },
    },
  },
  messages: {
    allow:
      'Allow with NotPrincipal lets in everybody who is not listed, strangers included. List in Principal who is let in.',
  },
  check(statement, { report, write }) {
    if (!isAllow(statement)) return;
    for (const { member, negated, everyone, entries } of statement.principals) {
      if (!negated) continue;
      const alone = statement.principals.length === 1;
      const fixes = (): readonly Fix[] =>
        alone
          ? [
              {
                title: 'Name one account in Principal instead',
                // Without everybody there is nobody left.
                effect: everyone || entries.some(({ identity }) => identity.who === 'anyone') ? 'widens' : 'narrows',
                edits: nameAccountInstead(member, write),
                placeholders: ['<account-id>'],
              },
            ]
          : [];
      report({ at: member.key.span, message: 'allow', fixes });
    }
  },
});
