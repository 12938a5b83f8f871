import { compileWildcard } from '../base/wildcard.ts';
import { addConditions } from '../policy/edit-condition.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

const EXTERNAL_ID = '<external-id>';
const ORGANIZATION = '<organization-id>';

export default defineRule({
  id: 'trust-whole-account',
  title: 'Role trusts a whole account',
  accessAnalyzer: [],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: 'A trust policy names an account (its id, or its ARN that ends in `:root`) and sets no condition.',
    why: '`root` here means the whole account, not only its root user: every user and role of it to whom that account’s own administrators give `sts:AssumeRole` can take the role. In an account of somebody else you do not see who that is.',
    how: 'That is fine where you trust the account as a whole. Otherwise name the role or user, or add a condition: `aws:PrincipalArn` for certain roles, `aws:PrincipalOrgID` for your organization, `sts:ExternalId` with the value that a third party gave you.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 'sts:AssumeRole' },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:root' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'sts:ExternalId': 'partner-7391' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    root: "'root' stands for the whole account {account}, not only its root user: whoever that account itself permits can assume this role. Name a role, or add a condition, if that is too many.",
    account:
      'This trusts the whole account {account}: whoever that account itself permits can assume this role. Name a role, or add a condition, if that is too many.',
  },
  check(statement, { report, write }) {
    if (!isAllow(statement) || statement.condition || !statement.actions.some(assumes)) return;
    const entries = statement.principals.flatMap((block) => (block.negated ? [] : block.entries));
    const accounts = entries.flatMap((entry) =>
      entry.identity.who === 'account' && /^\d{12}$/.test(entry.identity.account)
        ? [{ node: entry.node, ...entry.identity }]
        : [],
    );
    const [first, ...others] = accounts;
    if (!first) return;
    report({
      at: first.node.span,
      message: first.asRoot ? 'root' : 'account',
      data: { account: first.account },
      related: others.map(({ node, account }) => ({ span: node.span, message: `The account ${account} as well.` })),
      fixes: () => {
        // A condition holds for all principals of the statement; services and providers could not meet these.
        if (entries.some(({ type }) => type !== 'AWS')) return [];
        const role = `arn:${first.partition}:iam::${first.account}:role/<role-name>`;
        return [
          {
            title: 'Require sts:ExternalId',
            effect: 'narrows',
            edits: addConditions(write, statement, [
              { operator: 'StringEquals', key: 'sts:ExternalId', value: EXTERNAL_ID },
            ]),
            placeholders: [EXTERNAL_ID],
          },
          {
            title: 'Require aws:PrincipalOrgID to be your organization',
            effect: 'narrows',
            edits: addConditions(write, statement, [
              { operator: 'StringEquals', key: 'aws:PrincipalOrgID', value: ORGANIZATION },
            ]),
            placeholders: [ORGANIZATION],
          },
          ...(entries.length === 1
            ? [
                {
                  title: 'Require aws:PrincipalArn to be one role',
                  effect: 'narrows' as const,
                  edits: addConditions(write, statement, [
                    { operator: 'ArnLike', key: 'aws:PrincipalArn', value: role },
                  ]),
                  placeholders: ['<role-name>'],
                },
              ]
            : []),
        ];
      },
    });
  },
});

function assumes({
  negated,
  entries,
}: {
  readonly negated: boolean;
  readonly entries: readonly { readonly pattern: { readonly text: string } }[];
}): boolean {
  return !negated && entries.some(({ pattern }) => compileWildcard(pattern.text.toLowerCase())('sts:assumerole'));
}
