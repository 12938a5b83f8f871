import { isIdentityKey, isSourceKey, needsKey } from '../policy/caller-keys.ts';
import { findKey, removeCondition } from '../policy/edit-condition.ts';
import type { PolicyKind } from '../policy/kind.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

const UNSUPPORTED = 'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL';
const RESTRICT = 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL';

/** What a person's key is for a service: the same of the resource for which it calls. */
const TWINS: ReadonlyMap<string, string> = new Map([
  ['aws:principalorgid', 'aws:SourceOrgID'],
  ['aws:principalorgpaths', 'aws:SourceOrgPaths'],
  ['aws:principalaccount', 'aws:SourceAccount'],
]);

export default defineRule({
  id: 'condition-key-service-lacks',
  title: 'Condition key that an AWS service does not have',
  accessAnalyzer: [UNSUPPORTED, RESTRICT],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource', 'trust'],
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A statement lets in only AWS services, under a condition on a key of people and roles, such as `aws:PrincipalOrgID` or `aws:PrincipalArn`.',
    why: 'A service that calls in its own name belongs to no account of yours and has none of these keys. The condition is never met, or always where its operator accepts a missing key.',
    how: 'Use the key that says for whose resource the service calls: `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-central-1:123456789012:orders',
              Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
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
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-central-1:123456789012:orders',
              Condition: { StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    never: "'{service}' calls in its own name and has no '{key}', so it never meets this condition. {hint}",
    always: "'{service}' calls in its own name and has no '{key}', so this condition keeps nothing out. {hint}",
  },
  check(clause, { statement, kind, catalogue, report, write }) {
    if (!isAllow(statement) || !isIdentityKey(clause.key)) return;
    const entries = statement.principals.flatMap((block) => block.entries);
    const [first] = entries;
    if (!first || statement.principals.some(({ negated, everyone }) => negated || everyone)) return;
    if (entries.some(({ type, identity }) => type !== 'Service' || identity.who === 'invalid')) return;
    // IAM Roles Anywhere brings the fields of the certificate as tags.
    const tagged = clause.key.toLowerCase().startsWith('aws:principaltag/');
    if (tagged && entries.some(({ node }) => catalogue.servicePrincipal(node.value)?.name === ROLES_ANYWHERE)) return;

    const never = needsKey(clause);
    const twin = TWINS.get(clause.key.toLowerCase());
    const sourced = statement.conditions.some(({ key }) => isSourceKey(key));
    report({
      at: clause.member.key.span,
      message: never ? 'never' : 'always',
      data: {
        service: first.node.value,
        key: clause.key,
        hint: hintFor(kind, twin),
      },
      severity: never && kind === 'resource' && /^aws:principalorg(id|paths)$/i.test(clause.key) ? 'error' : 'warning',
      // A statement that can be met is open or not by its other conditions; that is another finding.
      accessAnalyzer: kind !== 'resource' ? [] : never && !sourced ? [UNSUPPORTED, RESTRICT] : [UNSUPPORTED],
      fixes: () => {
        const fixes: Fix[] = [];
        const operator = clause.operatorMember.value;
        if (twin && operator?.type === 'object' && !findKey(operator, twin)) {
          const edits = write.rename(clause.member, twin);
          fixes.push({ title: `Change to '${twin}'`, effect: never ? 'widens' : 'narrows', edits });
        }
        // Without it, and with no other limit, the service could act for any customer; with a role, for this account only.
        if (sourced || !never || kind === 'trust') {
          const edits = removeCondition(write, statement, clause);
          fixes.push({
            title: `Remove the condition on '${clause.key}'`,
            effect: never ? 'widens' : 'equivalent',
            edits,
          });
        }
        return fixes;
      },
    });
  },
});

function hintFor(kind: PolicyKind, twin: string | undefined): string {
  if (kind === 'trust') return 'Remove it; AWS lets a role be passed to a service only within its account.';
  return twin ? `Use '${twin}'.` : "Remove it, or use 'aws:SourceArn'.";
}

const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';
