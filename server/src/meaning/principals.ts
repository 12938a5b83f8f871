import { joinWords } from '../base/words.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { PrincipalBlock, PrincipalEntry } from '../policy/model.ts';
import { shortenName } from './services.ts';

/** Who signs in through an OIDC provider that many people use. */
interface Issuer {
  readonly pattern: RegExp;
  /** Those who sign in, as a noun in the plural. */
  readonly who: string;
}

const ISSUERS: readonly Issuer[] = [
  { pattern: /^token\.actions\.(?:githubusercontent\.com|.+\.ghe\.com)/, who: 'GitHub Actions workflows' },
  { pattern: /^oidc\.eks\.[\w-]+\.amazonaws\.com/, who: 'Kubernetes service accounts of an EKS cluster' },
  { pattern: /^cognito-identity[\w.-]*\.amazonaws\.com/, who: 'users of a Cognito identity pool' },
  { pattern: /^cognito-idp[\w.-]*\.amazonaws\.com/, who: 'users of a Cognito user pool' },
  { pattern: /^accounts\.google\.com/, who: 'Google accounts' },
  { pattern: /^www\.amazon\.com/, who: 'users of Login with Amazon' },
  { pattern: /^graph\.facebook\.com/, who: 'Facebook users' },
  { pattern: /^gitlab\.com/, who: 'GitLab CI/CD jobs' },
  { pattern: /^app\.terraform\.io/, who: 'HCP Terraform runs' },
  { pattern: /^agent\.buildkite\.com/, who: 'Buildkite agents' },
  { pattern: /^oidc\.circleci\.com/, who: 'CircleCI jobs' },
  { pattern: /^api\.bitbucket\.org/, who: 'Bitbucket pipelines' },
  { pattern: /^oidc\.vercel\.com/, who: 'Vercel deployments' },
  { pattern: /^(?:sts\.windows\.net|login\.microsoftonline\.com)/, who: 'Microsoft Entra ID identities' },
];

/** Those who sign in through an OIDC issuer (host and path, without scheme), as a noun in the plural. */
export function nameIssuer(issuer: string): string {
  const known = ISSUERS.find(({ pattern }) => pattern.test(issuer.toLowerCase()));
  return known ? known.who : `identities of the provider ${issuer}`;
}

/** Who a principal value names, as a noun phrase: "the EC2 service", "the user DevUser of account 123456789012". */
export function explainPrincipal(entry: PrincipalEntry, catalogue: Pick<Catalogue, 'servicePrincipal'>): string {
  const { identity } = entry;
  const value = entry.node.value;
  switch (identity.who) {
    case 'anyone':
      return 'anyone';
    case 'account':
      return `any principal of account ${identity.account} that its own account allows`;
    case 'user':
    case 'role':
      return `the ${identity.who} ${identity.name} of account ${identity.account}`;
    case 'session':
      return `the session ${identity.session} of the role ${identity.role} of account ${identity.account}`;
    case 'federated-user':
      return `the federated user ${identity.name} of account ${identity.account}`;
    case 'origin-access-identity':
      return `the CloudFront origin access identity ${identity.id}`;
    case 'deleted':
      return `a ${identity.kind} that was most likely deleted (${identity.id})`;
    case 'service':
      return nameServicePrincipal(identity.name, catalogue);
    case 'oidc-provider':
    case 'web-identity':
      return nameIssuer(identity.issuer);
    case 'saml-provider':
      return `users who sign in through the SAML provider ${identity.name} of account ${identity.account}`;
    case 'canonical-user':
      return `the account with the canonical ID ${identity.id.slice(0, 8)}…`;
    case 'unknown':
      return value;
    case 'invalid':
      return value === '' ? '…' : `'${value}'`;
  }
}

/** "the EC2 service"; one that is not listed by its name: "the service x.amazonaws.com". */
export function nameServicePrincipal(name: string, catalogue: Pick<Catalogue, 'servicePrincipal'>): string {
  const known = catalogue.servicePrincipal(name);
  if (!known?.label) return `the service ${name}`;
  // What the name itself tells, such as tasks for ecs-tasks, tells services of one family apart.
  const detail = /^[^.]*-|^[^.]+\.[^.]+\.amazon/.test(known.name)
    ? (/ \([a-z][^)]*\)$/.exec(known.label)?.[0] ?? '')
    : '';
  const label = shortenName(known.label) + detail;
  return `the ${label}${/service$/i.test(label) ? '' : ' service'}${known.region ? ` in ${known.region}` : ''}`;
}

/** All of a Principal element as one noun phrase; of a NotPrincipal those it leaves out. */
export function explainPrincipals(block: PrincipalBlock, catalogue: Pick<Catalogue, 'servicePrincipal'>): string {
  if (block.everyone) return 'anyone';
  const names = [...new Set(block.entries.map((entry) => explainPrincipal(entry, catalogue)))];
  if (names.includes('anyone')) return 'anyone';
  return joinAccounts(names);
}

/** Several accounts as one phrase: "any principal of accounts A and B that its own account allows". */
function joinAccounts(names: readonly string[]): string {
  const account = /^any principal of account (\S+) that its own account allows$/;
  const accounts = names.flatMap((name) => account.exec(name)?.[1] ?? []);
  const others = names.filter((name) => !account.test(name));
  if (accounts.length < 2) return joinWords(names, 'and', 4);
  return joinWords(
    [...others, `any principal of accounts ${joinWords(accounts, 'and', 4)} that its own account allows`],
    'and',
    4,
  );
}
