import { compileWildcard, wildcardCovers } from '../base/wildcard.ts';
import { findBreadth } from '../policy/breadth.ts';
import { addConditions } from '../policy/edit-condition.ts';
import { claimOf, findProvider, isGitHub, issuerOf, pinsClaim } from '../policy/federation.ts';
import { findHoles } from '../policy/hole.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

const ANY = 'MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL';
const WILDCARD = 'WILDCARD_USAGE_TOO_PERMISSIVE';
const GITHUB = 'MISSING_GITHUB_REPO_CONDITION_KEY';
const BRANCH = 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED';

export default defineRule({
  id: 'trust-oidc-open',
  title: 'Role trusts more OIDC tokens than meant',
  accessAnalyzer: [ANY, GITHUB, BRANCH, WILDCARD],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'principal',
  fix: 'narrows',
  docs: {
    what: 'A trust policy lets in an OIDC provider, but no condition says whose tokens: none is on the claim that tells one customer, repository or workload from another, or its value is a wildcard.',
    why: 'A provider such as GitHub gives tokens to everybody. Without a condition on its `sub` claim, a workflow in a stranger’s repository can take the role.',
    how: 'Add `StringEquals` conditions on the provider’s keys: the audience (`:aud`) and above all the subject (`:sub`), as exact as you can.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: {
                Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
              },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
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
              Principal: {
                Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
              },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringEquals: {
                  'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                  'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
                },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    open: 'No condition says which tokens of {name} may assume this role, so {strangers} can. Require {keys}.',
    tenant:
      'The conditions do not say whose tokens of {name} may assume this role, so {strangers} can. Require {keys}.',
    wide: "'{value}' leaves open whose tokens are meant: its wildcard lets in what others get from {name}. Write out your own part.",
  },
  check(entry, { catalogue, statement, report, write }) {
    if (entry.block.negated || !isAllow(statement)) return;
    const issuer = issuerOf(entry);
    if (issuer === undefined || !statement.actions.some(assumesWithWebIdentity)) return;
    const provider = findProvider(issuer);
    const own = statement.conditions.filter(({ key }) => claimOf(key, issuer) !== undefined);
    const telling = own.filter(({ key }) => provider.tenantClaims.includes(claimOf(key, issuer) ?? ''));
    if (own.length > 0 && provider.tenantClaims.length === 0) return;
    if (telling.some((clause) => pinsClaim(clause, provider.fixed))) return;

    const wide = telling.find(({ operator }) => operator.name === 'StringLike' && !operator.ifExists && !operator.set);
    const value = wide?.values.find(({ node, text }) => node.type === 'string' && /[*?]/.test(text));
    const fixes = () => {
      const claims = provider.template.filter(
        ({ claim }) => !own.some((clause) => claimOf(clause.key, issuer) === claim && pinsClaim(clause)),
      );
      const missing = claims.length > 0 ? claims : provider.template;
      return [
        {
          title: `Require ${missing.map(({ claim }) => `${issuer}:${claim}`).join(' and ')}`,
          effect: 'narrows' as const,
          edits: addConditions(
            write,
            statement,
            missing.map(({ claim, value }) => ({
              operator: value.includes('*') ? 'StringLike' : 'StringEquals',
              key: `${issuer}:${claim}`,
              value,
            })),
          ),
          placeholders: missing.flatMap(({ value }) =>
            findHoles(value).map(({ start, end }) => value.slice(start, end)),
          ),
        },
      ];
    };
    const { name, strangers } = provider;
    if (value) {
      report({
        at: value.node.span,
        message: 'wide',
        accessAnalyzer: [
          ...(isGitHub(provider) ? [BRANCH] : []),
          ...(findBreadth(wide?.key ?? '', value.text, catalogue) ? [WILDCARD] : []),
        ],
        data: { value: value.text, name },
        fixes: () => {
          const template = provider.template.find(({ claim }) => claim === claimOf(wide?.key ?? '', issuer));
          if (!template) return [];
          return [
            {
              title: `Change to '${template.value}'`,
              // Whose part the pattern names is not known.
              effect: wildcardCovers(value.text, template.value) ? 'narrows' : 'unknown',
              edits: write.replace(value.node, template.value),
              placeholders: findHoles(template.value).map(({ start, end }) => template.value.slice(start, end)),
            },
          ];
        },
      });
      return;
    }
    const keys = provider.template.map(({ claim }) => `${issuer}:${claim}`).join(' and ');
    if (own.length === 0) {
      const accessAnalyzer = isGitHub(provider) ? [ANY, GITHUB] : [ANY];
      report({ at: entry.node.span, message: 'open', accessAnalyzer, data: { name, strangers, keys }, fixes });
    } else {
      const accessAnalyzer = isGitHub(provider) ? [GITHUB] : [];
      const claim = provider.template.at(-1)?.claim ?? 'sub';
      const data = { name, strangers, keys: `${issuer}:${claim}` };
      report({ at: entry.node.span, message: 'tenant', accessAnalyzer, data, fixes });
    }
  },
});

function assumesWithWebIdentity({
  negated,
  entries,
}: {
  readonly negated: boolean;
  readonly entries: readonly { readonly pattern: { readonly text: string } }[];
}): boolean {
  const allowed = entries.some(({ pattern }) =>
    compileWildcard(pattern.text.toLowerCase())('sts:assumerolewithwebidentity'),
  );
  return negated ? !allowed : allowed;
}
