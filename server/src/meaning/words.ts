import { sayNumber } from '../base/words.ts';

/** Small tools for English sentences. */

const UNCOUNTED = /(?:data|information|access|configuration|status|encryption|content|capacity|usage|ing)$/i;

/** The plural of an English noun; what is one already, or has none, stays. */
export function plural(noun: string): string {
  if (UNCOUNTED.test(noun)) return noun;
  // "domain to another account" is about domains.
  const part = /^(.+?)( (?:to|from|for|of|with|by) .+)$/.exec(noun);
  if (part) return `${plural(part[1] ?? '')}${part[2]}`;
  if (/(?:ss|us|is|x|z|ch|sh)$/i.test(noun)) return `${noun}es`;
  if (/s$/i.test(noun)) return noun;
  if (/[^aeiou]y$/i.test(noun)) return `${noun.slice(0, -1)}ies`;
  return `${noun}s`;
}

export function countOf(count: number, noun: string): string {
  return `${sayNumber(count)} ${count === 1 ? noun : plural(noun)}`;
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `GetBucketACLStatus` as `get`, `bucket`, `ACL`, `status`. */
export function splitName(name: string): readonly string[] {
  const words = name.match(
    /^oauth\d|OAuth\d?|I[Pp]v\d|(?:EC|S|MQ)\d|[A-Z]{2,}s?(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+(?:[A-Z]\b)?/g,
  ) ?? [name];
  return words.map((word) => {
    const whole = word.toUpperCase();
    const upper = ACRONYMS.has(whole) ? whole : whole.replace(/S$/, '');
    if (ACRONYMS.has(upper)) return word.length > upper.length ? `${upper}s` : upper;
    if (/^ipv\d$/i.test(word)) return `IPv${word.slice(3)}`;
    if (/^oauth\d?$/i.test(word)) return `OAuth${word.slice(5)}`;
    return /^[A-Z]{2,}|^[A-Z]+\d/.test(word) ? word : word.toLowerCase();
  });
}

const ACRONYMS: ReadonlySet<string> = new Set(
  'ACL AMI API ARN AWS CIDR DB DHCP DNS EBS ECS EIP HTTP ID IP JSON KMS MFA NAT OIDC SAML SMS SQL SSH SSL TLS URL VPC VPN WAF'.split(
    ' ',
  ),
);

/** Two nouns that are the same but for number and spacing. */
export function sameNoun(a: string, b: string): boolean {
  const bare = (noun: string): string => plural(noun.toLowerCase()).replace(/[^a-z0-9]/g, '');
  return bare(a) === bare(b);
}
