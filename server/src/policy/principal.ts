import { hasWildcard } from '../base/wildcard.ts';
import { isAccountId, parseArn } from './arn.ts';
import { hasHole } from './hole.ts';

/** The keys of a Principal map. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;
export type PrincipalType = (typeof PRINCIPAL_TYPES)[number];

/** Who a principal value names. */
export type PrincipalIdentity =
  | { readonly who: 'anyone' }
  | { readonly who: 'account'; readonly account: string; readonly partition: string; readonly asRoot: boolean }
  | {
      readonly who: 'user' | 'role';
      readonly account: string;
      readonly partition: string;
      readonly path: string;
      readonly name: string;
    }
  | { readonly who: 'session'; readonly account: string; readonly role: string; readonly session: string }
  | { readonly who: 'federated-user'; readonly account: string; readonly name: string }
  | { readonly who: 'origin-access-identity'; readonly id: string }
  | { readonly who: 'deleted'; readonly kind: 'user' | 'role'; readonly id: string }
  | { readonly who: 'service'; readonly name: string }
  | { readonly who: 'oidc-provider'; readonly account: string; readonly issuer: string }
  | { readonly who: 'saml-provider'; readonly account: string; readonly name: string }
  | { readonly who: 'web-identity'; readonly issuer: string }
  | { readonly who: 'canonical-user'; readonly id: string }
  | { readonly who: 'unknown' }
  | { readonly who: 'invalid'; readonly why: InvalidPrincipal };

export type InvalidPrincipal =
  | 'empty'
  | 'partial-wildcard'
  | 'group'
  | 'instance-profile'
  | 'not-principal-arn'
  | 'not-arn'
  | 'account-length'
  | 'url'
  | 'not-provider'
  | 'service-wildcard'
  | 'not-service'
  | 'not-canonical';

/** OIDC providers built into IAM, written by domain. */
export const BUILT_IN_PROVIDERS = [
  'cognito-identity.amazonaws.com',
  'www.amazon.com',
  'graph.facebook.com',
  'accounts.google.com',
] as const;

/** Reads one value under a key of the Principal map. Values with a template's stand-in are `unknown`. */
export function identifyPrincipal(type: PrincipalType, value: string): PrincipalIdentity {
  if (value === '') return { who: 'invalid', why: 'empty' };
  if (hasHole(value) || value.includes('${')) return { who: 'unknown' };
  switch (type) {
    case 'AWS':
      return identifyAws(value);
    case 'Service':
      return identifyService(value);
    case 'Federated':
      return identifyFederated(value);
    case 'CanonicalUser':
      if (hasWildcard(value)) return { who: 'invalid', why: 'partial-wildcard' };
      return /^[0-9a-f]{64}$/i.test(value)
        ? { who: 'canonical-user', id: value }
        : { who: 'invalid', why: 'not-canonical' };
  }
}

function identifyAws(value: string): PrincipalIdentity {
  if (value === '*') return { who: 'anyone' };
  if (isAccountId(value)) return { who: 'account', account: value, partition: 'aws', asRoot: false };
  if (/^\d+$/.test(value)) return { who: 'invalid', why: 'account-length' };
  if (/^AROA[A-Z0-9]{12,}$/.test(value)) return { who: 'deleted', kind: 'role', id: value };
  if (/^AIDA[A-Z0-9]{12,}$/.test(value)) return { who: 'deleted', kind: 'user', id: value };
  const arn = parseArn(value);
  if (!arn) return { who: 'invalid', why: hasWildcard(value) ? 'partial-wildcard' : 'not-arn' };
  const account = arn.account.text;
  const partition = arn.partition.text;
  const resource = arn.resource.text;
  if (arn.service.text === 'iam' && account === 'cloudfront') {
    return { who: 'origin-access-identity', id: resource.replace(/^user\/(CloudFront Origin Access Identity )?/, '') };
  }
  if (hasWildcard(value)) return { who: 'invalid', why: 'partial-wildcard' };
  if (arn.service.text === 'iam') {
    if (resource === 'root') return { who: 'account', account, partition, asRoot: true };
    const named = /^(user|role)(\/(?:.*\/)?)([^/]+)$/.exec(resource);
    if (named) {
      const who = named[1] === 'user' ? 'user' : 'role';
      return { who, account, partition, path: named[2] ?? '/', name: named[3] ?? '' };
    }
    if (resource.startsWith('group/')) return { who: 'invalid', why: 'group' };
    if (resource.startsWith('instance-profile/')) return { who: 'invalid', why: 'instance-profile' };
    return { who: 'invalid', why: 'not-principal-arn' };
  }
  if (arn.service.text === 'sts') {
    const session = /^assumed-role\/([^/]+)\/(.+)$/.exec(resource);
    if (session) return { who: 'session', account, role: session[1] ?? '', session: session[2] ?? '' };
    const federated = /^federated-user\/(.+)$/.exec(resource);
    if (federated) return { who: 'federated-user', account, name: federated[1] ?? '' };
    // Anything else under sts is rare and may be new: say nothing.
    return { who: 'unknown' };
  }
  return { who: 'invalid', why: 'not-principal-arn' };
}

/**
 * A service principal is a host name. AWS publishes no complete list, so only the shape is judged.
 */
function identifyService(value: string): PrincipalIdentity {
  if (hasWildcard(value)) return { who: 'invalid', why: 'service-wildcard' };
  if (
    /^[a-z0-9][a-z0-9.-]{0,200}\.(amazonaws\.com(\.cn)?|amazon\.com|amazonaws\.eu|aws|aws\.internal|[a-z.-]{0,50}(?:c2s|sc2s|adc-e|hci)[a-z.]{0,50})$/i.test(
      value,
    )
  ) {
    return { who: 'service', name: value };
  }
  return { who: 'invalid', why: 'not-service' };
}

function identifyFederated(value: string): PrincipalIdentity {
  if (value === '*') return { who: 'invalid', why: 'partial-wildcard' };
  const arn = parseArn(value);
  if (arn) {
    if (hasWildcard(value)) return { who: 'invalid', why: 'partial-wildcard' };
    const provider = /^(oidc-provider|saml-provider)\/(.+)$/.exec(arn.resource.text);
    if (!provider || arn.service.text !== 'iam') return { who: 'invalid', why: 'not-provider' };
    const account = arn.account.text;
    const name = provider[2] ?? '';
    if (provider[1] === 'saml-provider') return { who: 'saml-provider', account, name };
    if (/^https?:/.test(name)) return { who: 'invalid', why: 'url' };
    return { who: 'oidc-provider', account, issuer: name };
  }
  if (hasWildcard(value)) return { who: 'invalid', why: 'partial-wildcard' };
  if (/^https?:/.test(value)) return { who: 'invalid', why: 'url' };
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[\w./-]*)?$/i.test(value)) return { who: 'web-identity', issuer: value };
  return { who: 'invalid', why: 'not-provider' };
}

/** The key of the Principal map under which a value belongs, as far as its shape tells. */
export function typeOfPrincipal(value: string): PrincipalType | undefined {
  if (BUILT_IN_PROVIDERS.some((domain) => domain === value)) return 'Federated';
  for (const type of ['AWS', 'Federated', 'Service', 'CanonicalUser'] as const) {
    const { who } = identifyPrincipal(type, value);
    // Any host name could be an identity provider: only the built-in ones above are sure.
    if (who !== 'invalid' && who !== 'unknown' && who !== 'web-identity') return type;
  }
  return undefined;
}
