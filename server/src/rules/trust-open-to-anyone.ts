import { addConditions } from '../policy/edit-condition.ts';
import { ACCOUNT_TO_FILL_IN } from '../policy/edit-principal.ts';
import { isAllow, isDeny } from '../policy/model.ts';
import { findEveryone, isGuarded, restrictionOf } from '../policy/restriction.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'trust-open-to-anyone',
  title: 'Role can be assumed from any AWS account',
  accessAnalyzer: ['ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: 'A trust policy allows the principal `*`, and no condition limits that to accounts or organizations you know.',
    why: 'Everybody with any AWS account can then take the role and use all its permissions. Conditions whose value the caller picks, such as a session name, a tag or an external ID, do not keep anyone out. Access Analyzer refuses the bare `"Principal": "*"` in a trust policy altogether.',
    how: 'Name the account, role or service that needs the role. Where many accounts of your organization do, keep `{"AWS": "*"}` and add a condition on `aws:PrincipalOrgID`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '*' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    open: 'Anyone with any AWS account can assume this role. Name the account that needs it, or require your organization.',
    weak: 'Anyone with any AWS account can assume this role: its conditions ask only for what the caller chooses. Name the account, or require your organization.',
    network:
      'Anyone with any AWS account can assume this role from the networks that its conditions name. Name the account, or require your organization.',
    bare: 'Access Analyzer refuses the bare "*" as Principal of a trust policy. Written under "AWS" it says the same.',
  },
  check(statement, context) {
    const { report, write } = context;
    const deny = isDeny(statement);
    if (!deny && !isAllow(statement)) return;
    const restriction = restrictionOf(statement.conditions);
    const open = !deny && restriction !== 'identity' && !isGuarded(context.policy, statement);
    for (const { span, entry } of findEveryone(statement)) {
      const value = statement.principals.find(({ everyone }) => everyone)?.member.value;
      const bare = entry ? undefined : value;
      const spell = bare ? () => write.replace(bare, { AWS: '*' }) : () => [];
      if (!open) {
        if (!bare) continue;
        report({
          at: span,
          message: 'bare',
          fixes: () => [{ title: `Change to { "AWS": "*" }`, effect: 'equivalent', edits: spell(), preferred: true }],
        });
        continue;
      }
      report({
        at: span,
        message: restriction === 'network' ? 'network' : statement.conditions.length > 0 ? 'weak' : 'open',
        accessAnalyzer: bare ? ['ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL'] : [],
        fixes: () => [
          {
            title: 'Trust one account instead of everyone',
            effect: 'narrows',
            edits: bare
              ? write.replace(bare, { AWS: ACCOUNT_TO_FILL_IN })
              : entry
                ? write.replace(entry.node, ACCOUNT_TO_FILL_IN)
                : [],
            placeholders: ['<account-id>'],
          },
          {
            title: 'Require aws:PrincipalOrgID to be your organization',
            effect: 'narrows',
            edits: [
              ...spell(),
              ...addConditions(write, statement, [
                { operator: 'StringEquals', key: 'aws:PrincipalOrgID', value: '<organization-id>' },
              ]),
            ],
            placeholders: ['<organization-id>'],
          },
        ],
      });
    }
  },
});
