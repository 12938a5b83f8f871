/**
 * Finds the condition key a user means: names compare without case, and a placeholder of the reference stands for any
 * text that is not empty (`aws:RequestTag/${TagKey}` for `aws:requesttag/team`).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
import { compileWildcard } from '../base/wildcard.ts';
import type { ConditionKey } from './types.ts';

const PLACEHOLDER = /\$\{\w+\}/g;

/** One table of keys: exact names first, then templates in order, the longest literal text first. */
export type KeyLookup = (key: string) => ConditionKey | undefined;

export function createKeyLookup(keys: readonly ConditionKey[]): KeyLookup {
  const exact = new Map<string, ConditionKey>();
  const templates: {
    readonly key: ConditionKey;
    readonly literal: number;
    readonly test: (text: string) => boolean;
  }[] = [];
  for (const key of keys) {
    const name = key.name.toLowerCase();
    exact.set(name, key);
    const test = compileTemplate(name);
    if (test) templates.push({ key, test, literal: name.replace(PLACEHOLDER, '').length });
  }
  templates.sort((a, b) => b.literal - a.literal);
  return (text) => {
    const name = text.toLowerCase();
    return exact.get(name) ?? templates.find(({ test }) => test(name))?.key;
  };
}

/** A test for a template with placeholders, `undefined` for a text without. */
export function compileTemplate(template: string): ((text: string) => boolean) | undefined {
  return template.includes('${') ? compileWildcard(template.replace(PLACEHOLDER, '?*')) : undefined;
}

/**
 * The claims IAM reads from the token of any OIDC provider; the reference lists them for few of them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
const OIDC_CLAIMS: readonly (readonly [claim: string, description: string])[] = [
  ['aud', 'Filters access by the audience the token was issued for: the azp claim when the token has one, else aud'],
  ['sub', 'Filters access by the subject of the token: who or what signed in'],
  ['oaud', 'Filters access by the original aud claim, when the token also has an azp claim'],
  ['email', 'Filters access by the e-mail address in the token'],
  ['amr', 'Filters access by how the user signed in, for a Cognito identity pool authenticated or unauthenticated'],
];

const OIDC_KEYS: ReadonlyMap<string, ConditionKey> = new Map(
  OIDC_CLAIMS.map(([claim, description]) => [
    claim,
    { name: `\${Issuer}:${claim}`, description, type: 'String', multivalued: claim === 'amr', scope: 'federation' },
  ]),
);

/** A host name with a dot and maybe a path, as in the ARN of an OIDC provider. */
const ISSUER = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[^\s:*?]*)?$/;

/** The keys that every OIDC provider brings: `ISSUER:aud`, `sub`, `amr`, `email`, `oaud`. */
export function oidcConditionKey(key: string): ConditionKey | undefined {
  const colon = key.lastIndexOf(':');
  const issuer = key.slice(0, Math.max(colon, 0)).toLowerCase();
  return ISSUER.test(issuer) ? OIDC_KEYS.get(key.slice(colon + 1).toLowerCase()) : undefined;
}
