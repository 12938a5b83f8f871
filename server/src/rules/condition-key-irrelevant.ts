import { removeCondition } from '../policy/edit-condition.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** Keys that describe the owner of the resource that a request is for.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resource-properties */
const OWNER_KEYS: ReadonlySet<string> = new Set([
  's3:resourceaccount',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:resourceorgpaths',
]);

export default defineRule({
  id: 'condition-key-irrelevant',
  title: 'Condition on the owner of the resource itself',
  accessAnalyzer: ['IRRELEVANT_CONDITION_KEY_IN_POLICY'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A policy of a resource asks who owns the resource (`s3:ResourceAccount`, `aws:ResourceAccount`, `aws:ResourceOrgID`, `aws:ResourceOrgPaths`).',
    why: 'The policy is attached to one resource, whose owner is always the same, so the condition is always met or never. These keys keep a user or role from resources of strangers; there they belong.',
    how: 'Remove the condition, or move it to the identity policy, SCP or endpoint policy of who calls. To say who may call, use `aws:PrincipalAccount` or `aws:PrincipalOrgID`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/reader' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringEquals: { 's3:ResourceAccount': '123456789012' } },
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
              Principal: { AWS: 'arn:aws:iam::123456789012:role/reader' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    irrelevant:
      "'{key}' is the owner of the resource that this policy is attached to, which is always the same: the condition keeps nobody out. Use it in the policies of who calls.",
  },
  check(clause, { statement, certainty, report, write }) {
    if (!OWNER_KEYS.has(clause.key.toLowerCase())) return;
    // With no resource of its own it may as well be the policy of a VPC endpoint, where these keys belong.
    const everywhere = statement.resources.every(({ entries }) => entries.every(({ text }) => text === '*'));
    if (certainty === 'ambiguous' && everywhere) return;
    report({
      at: clause.member.key.span,
      message: 'irrelevant',
      data: { key: clause.key },
      // Without its condition a Deny could shut everybody out.
      fixes: () =>
        isAllow(statement)
          ? [
              {
                title: `Remove the condition on '${clause.key}'`,
                effect: 'widens',
                edits: removeCondition(write, statement, clause),
              },
            ]
          : [],
    });
  },
});
