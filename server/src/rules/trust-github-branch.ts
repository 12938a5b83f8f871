import { hasWildcard, wildcardCovers } from '../base/wildcard.ts';
import { findBreadth } from '../policy/breadth.ts';
import { claimOf, findProvider, isGitHub, issuerOf, pinsClaim } from '../policy/federation.ts';
import { findHoles } from '../policy/hole.ts';
import { type ConditionClause, isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

const REPOSITORY = '<repository>';

const BRANCH = 'SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED';
const WILDCARD = 'WILDCARD_USAGE_TOO_PERMISSIVE';

export default defineRule({
  id: 'trust-github-branch',
  title: 'GitHub subject names no single branch',
  accessAnalyzer: [BRANCH, WILDCARD],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A trust policy lets in tokens of GitHub Actions whose subject (`sub`) is not one repository and one branch: a wildcard leaves the repository or the branch open, or the subject names an environment or pull requests.',
    why: 'Whoever may push any branch, or open a pull request from one, can then run a workflow that takes the role, before anybody reviewed it.',
    how: 'Write the whole subject, `repo:ORG/REPO:ref:refs/heads/BRANCH`, under `StringEquals`. Where the subject is not about the branch, such as `repo:ORG/REPO:environment:prod`, also require `token.actions.githubusercontent.com:ref`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html#idp_oidc_Create_GitHub',
      'https://docs.github.com/en/actions/reference/security/oidc',
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
              Condition: {
                StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
                StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:*' },
              },
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
    repository:
      "'{value}' lets in every repository that its wildcard covers, on any branch. Name the repository and the branch.",
    branch:
      "'{value}' lets in every branch or tag that its wildcard covers, also one that nobody reviewed. Name the branch.",
    short:
      "'{value}' is no whole subject: GitHub adds the branch, the environment or the event after another colon, so it matches nothing. Write '{value}:ref:refs/heads/main' or what you mean.",
    event:
      "'{value}' does not say from which branch. Also require the branch by a condition on the claim 'ref', or name it here.",
  },
  check(clause, { catalogue, statement, report, write }) {
    if (!isAllow(statement) || !/:sub$/i.test(clause.key)) return;
    const issuer = statement.principals
      .flatMap(({ negated, entries }) => (negated ? [] : entries))
      .map(issuerOf)
      .find((one) => one !== undefined && claimOf(clause.key, one) === 'sub' && isGitHub(findProvider(one)));
    // What does not hold back strangers is another rule's.
    if (issuer === undefined || !pinsClaim(clause, findProvider(issuer).fixed)) return;
    const pins = (claim: string): boolean =>
      statement.conditions.some((other) => claimOf(other.key, issuer) === claim && isExact(other));

    for (const { node, text } of clause.values) {
      if (node.type !== 'string') continue;
      // Under an operator without wildcards a `*` is another flaw.
      if (hasWildcard(text) && clause.operator.name !== 'StringLike') continue;
      const [, organization = '', repository = '', context = ''] =
        /^repo:([^/]*)\/([^:]*):?(.*)$/.exec(fillHoles(text)) ?? [];
      if (repository === '') continue;
      const openRepository = hasWildcard(organization + repository) && !pins('repository') && !pins('repository_id');
      const openBranch = !/^ref:refs\/(heads|tags)\/[^*?]+$/.test(context) && !pins('ref');
      if (!openRepository && !openBranch) continue;
      const flaw = openRepository ? 'repository' : flawOf(text, context);
      report({
        at: node.span,
        message: flaw,
        data: { value: text },
        accessAnalyzer: [BRANCH, ...(findBreadth(clause.key, text, catalogue) ? [WILDCARD] : [])],
        // One environment or pull requests may be what is meant.
        severity: flaw === 'event' ? 'hint' : 'warning',
        fixes: () => {
          const open = hasWildcard(repository);
          const fixed = `repo:${organization}/${open ? REPOSITORY : repository}:ref:refs/heads/main`;
          if ((flaw !== 'short' && !wildcardCovers(text, fixed)) || findHoles(text).length > 0) return [];
          return [
            {
              title: `Change to '${fixed}'`,
              effect: flaw === 'short' ? 'widens' : 'narrows',
              edits: write.replace(node, fixed),
              placeholders: open ? [REPOSITORY] : [],
            },
          ];
        },
      });
    }
  },
});

/** What is wrong with a subject after the repository. */
function flawOf(text: string, context: string): 'branch' | 'short' | 'event' {
  if (hasWildcard(text)) return 'branch';
  return context === '' ? 'short' : 'event';
}

/** True when a condition allows only whole values, without wildcards. */
function isExact(clause: ConditionClause): boolean {
  return (
    pinsClaim(clause) && clause.values.every(({ text }) => clause.operator.name !== 'StringLike' || !hasWildcard(text))
  );
}

/** What a template fills in has no wildcard as far as anybody knows. */
function fillHoles(text: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of findHoles(text)) {
    result += `${text.slice(at, start)}x`;
    at = end;
  }
  return result + text.slice(at);
}
