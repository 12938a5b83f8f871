import { findBreadth, isSensitiveKey } from '../policy/breadth.ts';
import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { claimOf, findProvider, isGitHub, pinsClaim } from '../policy/federation.ts';
import { type ConditionClause, hasVariables, isAllow, type Statement } from '../policy/model.ts';
import { readPresence } from '../policy/presence.ts';
import { findVariables } from '../policy/variable.ts';
import { defineRule } from './define.ts';

const WILDCARD = 'WILDCARD_USAGE_TOO_PERMISSIVE';
const VARIABLE = 'VARIABLE_USAGE_TOO_PERMISSIVE';
const PRESENCE = {
  present: 'EQUIVALENT_TO_NULL_FALSE',
  absent: 'EQUIVALENT_TO_NULL_TRUE',
  always: 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
  never: 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
} as const;

export default defineRule({
  id: 'condition-value-wide',
  title: 'Wildcard or variable in a value that must be exact',
  accessAnalyzer: [WILDCARD, VARIABLE, ...Object.values(PRESENCE)],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A value of a key that tells accounts, organizations, networks or principals apart, such as `aws:PrincipalOrgID`, has a wildcard or a policy variable in it, or has one too early.',
    why: 'Such a pattern also matches what belongs to strangers, and a variable may hold a wildcard. IAM Access Analyzer calls it an error.',
    how: 'Write the whole value and compare it with `StringEquals`. For `aws:userid` write `<id>:*`; for paths of an organization and for subjects of tokens begin with at least six plain characters.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } },
            },
          ],
        },
      },
      good: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:root' },
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
    sensitive: "'{key}' takes no wildcards: '{value}' also matches what belongs to strangers. Write the whole value.",
    variable:
      "A variable may hold a wildcard, so '{key}' takes none under {operator}. Compare '{value}' with {near}, or write the value.",
    exact:
      "'{value}' is one exact value. Compare it with {near}: IAM Access Analyzer takes no variable for '{key}' under {operator}.",
    userId:
      "'{value}' is too wide for aws:userid: {what} may stand behind the colon, or alone before it, as in 'AROAEXAMPLEID:*'.",
    short: "{what} in '{value}' needs six plain characters before it, or '{key}' is met by strangers, too.",
  },
  check(clause, context) {
    const { catalogue, kind, statement, report, write } = context;
    const { operator, key, values } = clause;
    if (operator.family !== 'Arn' && !operator.name?.endsWith('Like')) return;
    if (kind === 'trust' && isAllow(statement) && isToldByIssuer(clause, statement)) return;
    const presence = readPresence(clause, catalogue);
    for (const { node, text } of values) {
      if (node.type !== 'string') continue;
      const breadth = findBreadth(key, text, catalogue);
      if (!breadth || (breadth.by === 'variable' && !hasVariables(context.policy))) continue;
      const at = node.span;
      const accessAnalyzer = [
        breadth.by === 'wildcard' ? WILDCARD : VARIABLE,
        ...(presence && /^\*+$/.test(text) ? [PRESENCE[presence]] : []),
      ];
      const what = breadth.by === 'wildcard' ? 'the wildcard' : 'the variable';
      if (breadth.why === 'sensitive' && breadth.by === 'variable') {
        const near = exactOperator(clause);
        // What AWS itself fills in, the id of an account or an organization, holds no wildcard.
        const exact = findVariables(text).every((variable) => variable.escape || isSensitiveKey(variable.key));
        report({
          at,
          message: exact ? 'exact' : 'variable',
          ...(exact && { severity: 'info', persona: 'pedantic' }),
          data: { key, value: text, near, operator: operator.text },
          accessAnalyzer,
          fixes: () => {
            // None of these keys holds an ARN, so the comparison never was true: another rule has that.
            if (operator.family === 'Arn') return [];
            const edits = values.some((value) => /[*?]/.test(value.text))
              ? undefined
              : changeOperator(write, statement, clause, near);
            if (!edits) return [];
            const narrows = isAllow(statement) !== operator.negated;
            return [
              { title: `Change to '${near}'`, effect: narrows ? 'narrows' : 'widens', edits, preferred: narrows },
            ];
          },
        });
      } else if (breadth.why === 'sensitive') {
        report({ at, message: 'sensitive', data: { key, value: text }, accessAnalyzer });
      } else if (breadth.why === 'user-id') {
        report({ at, message: 'userId', data: { value: text, what: what.replace('the', 'a') }, accessAnalyzer });
      } else {
        const data = { key, value: text, what: what.replace('the', 'The') };
        report({ at, message: 'short', data, accessAnalyzer });
      }
    }
  },
});

/** The same comparison without wildcards. */
function exactOperator({ operator: { set, negated, ifExists } }: ConditionClause): string {
  return spellOperator({ ...(set && { set }), name: negated ? 'StringNotEquals' : 'StringEquals', ifExists });
}

/** Where other rules tell more of the subject of a token: nothing says whose it is, or, for GitHub, of which branch. */
function isToldByIssuer(clause: ConditionClause, { conditions }: Statement): boolean {
  const { key } = clause;
  const issuer = key.slice(0, key.lastIndexOf(':'));
  const provider = findProvider(issuer);
  const { tenantClaims, fixed } = provider;
  if (!tenantClaims.includes(claimOf(key, issuer) ?? '')) return false;
  const claims = conditions.map((one) => ({ one, claim: claimOf(one.key, issuer) ?? '' }));
  if (!claims.some(({ one, claim }) => tenantClaims.includes(claim) && pinsClaim(one, fixed))) return true;
  const others = claims.some(({ claim }) => ['repository', 'repository_id', 'ref'].includes(claim));
  return isGitHub(provider) && pinsClaim(clause, fixed) && !others;
}
