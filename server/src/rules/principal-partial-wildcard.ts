import { hasWildcard } from '../base/wildcard.ts';
import { isAccountId, parseArn } from '../policy/arn.ts';
import { addConditions } from '../policy/edit-condition.ts';
import type { PrincipalEntry } from '../policy/model.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'principal-partial-wildcard',
  title: 'Wildcard inside a principal',
  accessAnalyzer: ['UNSUPPORTED_WILDCARD_IN_PRINCIPAL'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'principal',
  fix: 'unknown',
  docs: {
    what: 'A principal has a `*` or `?` in a part of it. Only a lone `*` under `AWS` is understood, and it means everyone.',
    why: 'AWS refuses such a principal: it does not expand patterns here.',
    how: 'Name each principal in full. For a pattern of roles in one account, name the account and add the pattern as a condition: `ArnLike` on `aws:PrincipalArn`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/deploy-*' },
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
              Principal: { AWS: 'arn:aws:iam::123456789012:root' },
              Action: 'sts:AssumeRole',
              Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/deploy-*' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    aws: "'{value}' has a wildcard, which AWS does not expand in a principal. Name it in full, or name the account and match aws:PrincipalArn in a condition.",
    session:
      "'{value}' has a wildcard, which AWS does not expand in a principal. To mean every session of the role, name the role.",
    other: "'{value}' has a wildcard, which AWS does not expand under {type}. Name each principal in full.",
  },
  check(entry, { statement, report, write }) {
    const { type, node, identity, block } = entry;
    if (identity.who !== 'invalid' || (identity.why !== 'partial-wildcard' && identity.why !== 'service-wildcard')) {
      return;
    }
    const value = node.value;
    const at = spanOfWildcard(entry);
    const session = /^(arn:[^:*?]+):sts::(\d{12}):assumed-role\/([^/*?]+)\/\*$/.exec(value);
    if (session) {
      const role = `${session[1]}:iam::${session[2]}:role/${session[3]}`;
      const fix: Fix = { title: `Change to '${role}'`, effect: 'unknown', edits: write.replace(node, role) };
      report({ at, message: 'session', data: { value }, fixes: () => [fix] });
      return;
    }
    if (type !== 'AWS') {
      report({ at, message: 'other', data: { value, type } });
      return;
    }
    report({
      at,
      message: 'aws',
      data: { value },
      fixes: () => {
        const arn = parseArn(value);
        const alone = statement.principals.reduce((sum, { entries }) => sum + entries.length, 0) === 1;
        // The condition holds for all principals of the statement, and a NotPrincipal would turn its sense around.
        if (!arn || block.negated || !alone || !isAccountId(arn.account.text) || hasWildcard(arn.partition.text)) {
          return [];
        }
        if (arn.service.text !== 'iam') return [];
        const root = `arn:${arn.partition.text}:iam::${arn.account.text}:root`;
        return [
          {
            title: 'Name the account and match aws:PrincipalArn in a condition',
            effect: 'unknown',
            edits: [
              ...write.replace(node, root),
              ...addConditions(write, statement, [{ operator: 'ArnLike', key: 'aws:PrincipalArn', value }]),
            ],
            preferred: true,
          },
        ];
      },
    });
  },
});

/** From the first wildcard to the last. */
function spanOfWildcard({ node }: PrincipalEntry) {
  const first = node.value.search(/[*?]/);
  const last = Math.max(node.value.lastIndexOf('*'), node.value.lastIndexOf('?'));
  return spanInString(node, first, last + 1);
}
