import { addConditions } from '../policy/edit-condition.ts';
import { ACCOUNT_TO_FILL_IN } from '../policy/edit-principal.ts';
import { isAllow } from '../policy/model.ts';
import { findEveryone, isGuarded, restrictionOf } from '../policy/restriction.ts';
import { defineRule } from './define.ts';

/** Services whose policies say `*` as a habit, because something else decides who may call. */
const OPEN_BY_DESIGN: ReadonlySet<string> = new Set(['execute-api', 'vpc-lattice-svcs']);

export default defineRule({
  id: 'resource-open-to-anyone',
  title: 'Resource is open to anyone',
  accessAnalyzer: [],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: 'A resource policy allows the principal `*`, and no condition limits that to accounts, organizations or networks you know.',
    why: 'Everybody can then do what the statement allows: every AWS account, and for some services the whole internet without signing in. Conditions whose value the caller picks, such as a referer, a user agent or `aws:SecureTransport`, keep nobody out.',
    how: 'Name the accounts or roles that need the resource. Where a whole organization does, keep `*` and add a condition on `aws:PrincipalOrgID`. If the resource is public on purpose, ignore this finding.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'ReadForAll',
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'ReadForUs',
              Effect: 'Allow',
              Principal: '*',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    open: 'Anyone, in any AWS account, gets what this statement allows. Name the principals that need it, or require your organization.',
    weak: 'Anyone, in any AWS account, gets what this statement allows: its conditions ask only for what the caller chooses. Name the principals, or require your organization.',
  },
  check(statement, context) {
    const { service, certainty, report, write } = context;
    if (!isAllow(statement) || (service !== null && OPEN_BY_DESIGN.has(service))) return;
    // With no resource of its own it may as well be the policy of a VPC endpoint, which names everybody as a rule.
    const everywhere = statement.resources.every(({ entries }) => entries.every(({ text }) => text === '*'));
    if (certainty === 'ambiguous' && everywhere) return;
    if (restrictionOf(statement.conditions) !== 'none' || isGuarded(context.policy, statement)) return;
    const bare = statement.principals.find(({ everyone, negated }) => everyone && !negated)?.member.value;
    for (const { span, entry } of findEveryone(statement)) {
      report({
        at: span,
        message: statement.conditions.length > 0 ? 'weak' : 'open',
        fixes: () => [
          {
            title: 'Allow one account instead of everyone',
            effect: 'narrows',
            edits: entry
              ? write.replace(entry.node, ACCOUNT_TO_FILL_IN)
              : bare
                ? write.replace(bare, { AWS: ACCOUNT_TO_FILL_IN })
                : [],
            placeholders: ['<account-id>'],
          },
          {
            title: 'Require aws:PrincipalOrgID to be your organization',
            effect: 'narrows',
            edits: addConditions(write, statement, [
              { operator: 'StringEquals', key: 'aws:PrincipalOrgID', value: '<organization-id>' },
            ]),
            placeholders: ['<organization-id>'],
          },
        ],
      });
    }
  },
});
