import { compileWildcard, hasWildcard } from '../base/wildcard.ts';
import { parseArn } from './arn.ts';
import { hasHole } from './hole.ts';
import type { ConditionClause, PrincipalEntry } from './model.ts';
import { BUILT_IN_PROVIDERS } from './principal.ts';

/** A claim to pin, with a value to start from; its stand-ins are for the user to replace. */
export interface ClaimTemplate {
  readonly claim: string;
  readonly value: string;
}

/** What a trust policy must ask of the tokens of an OIDC provider. */
export interface OidcProvider {
  /** For people: "GitHub Actions". */
  readonly name: string;
  /** Claims of which one must be pinned, because the provider serves many customers; empty where any will do. */
  readonly tenantClaims: readonly string[];
  /** Who gets in without it: "any GitHub repository". */
  readonly strangers: string;
  /** The part of a tenant claim's value that must be fixed: the text up to the first wildcard must match. */
  readonly fixed?: RegExp;
  readonly template: readonly ClaimTemplate[];
}

/**
 * The issuer of a Federated principal that is an OIDC provider, as its condition keys spell it (without scheme), also
 * where only the account of its ARN is a template's stand-in. Undefined for anything else.
 */
export function issuerOf({ type, node }: Pick<PrincipalEntry, 'type' | 'node'>): string | undefined {
  if (type !== 'Federated') return undefined;
  const arn = parseArn(node.value);
  const resource = arn?.resource.text ?? '';
  const issuer = arn
    ? resource.startsWith('oidc-provider/')
      ? resource.slice('oidc-provider/'.length)
      : ''
    : node.value;
  if (issuer === '' || hasHole(issuer) || hasWildcard(issuer) || /^https?:/.test(issuer)) return undefined;
  if (!arn && !BUILT_IN_PROVIDERS.some((domain) => domain === issuer)) return undefined;
  return issuer;
}

const GITHUB: OidcProvider = {
  name: 'GitHub Actions',
  tenantClaims: ['sub', 'job_workflow_ref', 'repository', 'repository_id', 'repository_owner_id', 'enterprise_id'],
  strangers: 'any GitHub repository',
  fixed: /^(?!repo:).|^repo:[^/]+\//,
  template: [
    { claim: 'aud', value: 'sts.amazonaws.com' },
    { claim: 'sub', value: 'repo:<organization>/<repository>:ref:refs/heads/main' },
  ],
};

const shared = (name: string, claim: string, value: string, strangers: string, fixed: RegExp = /./): OidcProvider => ({
  name,
  tenantClaims: [claim],
  strangers,
  fixed,
  template: [{ claim, value }],
});

/**
 * Providers that serve many customers under one issuer; IAM refuses new trust policies without the claim.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 * The claims of the built-in providers: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const PROVIDERS: readonly (readonly [issuer: string, provider: OidcProvider])[] = [
  ['token.actions.githubusercontent.com', GITHUB],
  ['token.actions.githubusercontent.com/*', GITHUB],
  ['token.actions.*.ghe.com', GITHUB],
  [
    'gitlab.com',
    {
      name: 'GitLab',
      tenantClaims: ['sub', 'namespace_id', 'project_id'],
      strangers: 'any project on gitlab.com',
      fixed: /^(?!project_path:).|^project_path:[^/]+\//,
      template: [{ claim: 'sub', value: 'project_path:<group>/<project>:ref_type:branch:ref:main' }],
    },
  ],
  [
    'app.terraform.io',
    shared(
      'HCP Terraform',
      'sub',
      'organization:<organization>:project:<project>:workspace:<workspace>:run_phase:*',
      'any HCP Terraform organization',
      /^(?!organization:).|^organization:[^:]+:/,
    ),
  ],
  [
    'agent.buildkite.com',
    {
      name: 'Buildkite',
      tenantClaims: ['sub', 'organization_id', 'organization_slug', 'pipeline_id'],
      strangers: 'any Buildkite organization',
      fixed: /^(?!organization:).|^organization:[^:]+:/,
      template: [{ claim: 'sub', value: 'organization:<organization>:pipeline:<pipeline>:ref:refs/heads/main:*' }],
    },
  ],
  [
    'oidc.codefresh.io',
    shared('Codefresh', 'sub', 'account:<account>:pipeline:<pipeline>:*', 'any Codefresh account', /^account:[^:]+:/),
  ],
  [
    'scalr.io',
    shared(
      'Scalr',
      'sub',
      'account:<account>:environment:<environment>:workspace:<workspace>',
      'any Scalr account',
      /^account:[^:]+:/,
    ),
  ],
  ['proidc.upbound.io', shared('Upbound', 'sub', '<subject>', 'anybody at Upbound')],
  ['tokens.cloud.shisho.dev', shared('Shisho Cloud', 'sub', '<subject>', 'anybody at Shisho Cloud')],
  ['studio.datachain.ai/api', shared('DataChain', 'sub', '<subject>', 'anybody at DataChain')],
  ['api.pulumi.com/oidc', shared('Pulumi', 'aud', '<organization>', 'any Pulumi organization')],
  ['sandboxes.cloud', shared('Sandboxes', 'aud', '<audience>', 'anybody at sandboxes.cloud')],
  [
    'oidc.vercel.com',
    shared('Vercel', 'aud', 'https://vercel.com/<team>', 'any Vercel team', /^https:\/\/vercel\.com\/[^/]/),
  ],
  [
    'cognito-identity.amazonaws.com',
    shared('Amazon Cognito', 'aud', '<identity-pool-id>', 'an identity pool in any AWS account'),
  ],
  [
    'accounts.google.com',
    {
      name: 'Google',
      tenantClaims: ['aud', 'oaud', 'sub'],
      strangers: 'any Google account or application',
      fixed: /./,
      template: [{ claim: 'aud', value: '<client-id>' }],
    },
  ],
  ['www.amazon.com', shared('Login with Amazon', 'app_id', '<application-id>', 'any Amazon application')],
  ['graph.facebook.com', shared('Facebook', 'app_id', '<application-id>', 'any Facebook application')],
  [
    'oidc.eks.*/id/*',
    {
      name: 'Amazon EKS',
      tenantClaims: ['sub'],
      strangers: 'any pod of the cluster',
      fixed: /^(?!system:serviceaccount:$)./,
      template: [
        { claim: 'aud', value: 'sts.amazonaws.com' },
        { claim: 'sub', value: 'system:serviceaccount:<namespace>:<service-account>' },
      ],
    },
  ],
];

const TABLE = PROVIDERS.map(([pattern, provider]) => ({ matches: compileWildcard(pattern), provider }));

/** What is known of an issuer; of an unknown one, that some claim should be pinned. */
export function findProvider(issuer: string): OidcProvider {
  return (
    TABLE.find(({ matches }) => matches(issuer.toLowerCase()))?.provider ?? {
      name: issuer,
      tenantClaims: [],
      strangers: 'anybody who gets a token from this provider',
      template: [
        { claim: 'aud', value: '<audience>' },
        { claim: 'sub', value: '<subject>' },
      ],
    }
  );
}

export function isGitHub(provider: OidcProvider): boolean {
  return provider === GITHUB;
}

/** The claim that a condition key names when it belongs to the issuer, in lower case. */
export function claimOf(key: string, issuer: string): string | undefined {
  const lower = key.toLowerCase();
  const prefix = `${issuer.toLowerCase()}:`;
  return lower.startsWith(prefix) ? lower.slice(prefix.length) : undefined;
}

/** True for a condition key that holds the audience of a token: whom it was made for. */
export function isAudienceKey(key: string): boolean {
  return /^(?:saml|[^./]*[./].*):(?:aud|app_id)$/i.test(key);
}

/**
 * True when a condition pins a claim: it must be met, by a value whose telling part has no wildcard. Values that a
 * template fills in count as fixed.
 */
export function pinsClaim({ operator, values }: ConditionClause, fixed: RegExp = /./): boolean {
  if (operator.negated || operator.ifExists || operator.set === 'ForAllValues' || operator.family === 'Null') {
    return false;
  }
  return values.every(({ text }) => {
    if (hasHole(text) || operator.name !== 'StringLike') return true;
    const wildcard = text.search(/[*?]/);
    return wildcard < 0 || fixed.test(text.slice(0, wildcard));
  });
}
