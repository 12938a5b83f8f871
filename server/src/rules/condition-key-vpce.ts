import type { Catalogue } from '../catalogue/types.ts';
import type { ActionEntry, Statement } from '../policy/model.ts';
import { hasVpceKeys, isVpceKey } from '../policy/vpce-keys.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-vpce',
  title: 'Condition key that few services have',
  accessAnalyzer: ['USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES'],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: { none: 'Which services the statement is about is for its author to say.' },
  docs: {
    what: 'A statement about services of all kinds has a condition on `aws:VpceAccount`, `aws:VpceOrgID`, `aws:VpceOrgPaths` or `aws:SourceVpcArn`.',
    why: 'Only some services put these keys into a request. For the others the key is missing: an `Allow` gives nothing, and a `Deny` with a negated operator stops every request.',
    how: 'List actions of services that have the key, or use `aws:SourceVpc` or `aws:SourceVpce`, which every service has.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid',
    ],
    examples: {
      bad: {
        kind: 'scp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: '*',
              Resource: '*',
              Condition: { StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
      good: {
        kind: 'scp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: ['s3:*', 'kms:*'],
              Resource: '*',
              Condition: { StringNotEqualsIfExists: { 'aws:VpceOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    all: "Only some services put '{key}' into their requests, but this statement is about all of them. List actions of those that do, such as s3:*.",
    one: "Requests to {service} do not carry '{key}', so '{action}' cannot depend on it. Use aws:SourceVpc or aws:SourceVpce there.",
  },
  check({ key, member }, { catalogue, statement, report }) {
    if (!isVpceKey(key)) return;
    const at = member.key.span;
    if (isAboutAll(statement)) {
      report({ at, message: 'all', data: { key } });
      return;
    }
    const entries = statement.actions.flatMap((block) => block.entries);
    const other = entries.find((entry) => isOfOther(entry, catalogue));
    if (!other) return;
    const { prefix, text } = other.pattern;
    report({
      at,
      message: 'one',
      data: { key, action: text, service: catalogue.serviceName(prefix.toLowerCase()) ?? prefix },
      related: [{ span: other.node.span, message: 'This action.' }],
    });
  },
});

function isAboutAll({ actions }: Statement): boolean {
  return actions.some(({ negated, entries }) => negated || entries.some(({ pattern }) => pattern.everything));
}

/** An action of a service that does not have the key; iam:PassRole is a permission, not a request. */
function isOfOther({ pattern }: ActionEntry, catalogue: Catalogue): boolean {
  const prefix = pattern.prefix.toLowerCase();
  if (pattern.hole || pattern.wildcardInPrefix || catalogue.serviceName(prefix) === undefined) return false;
  return !hasVpceKeys(prefix) || pattern.text.toLowerCase() === 'iam:passrole';
}
