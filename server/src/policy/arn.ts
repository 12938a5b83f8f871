import type { Span } from '../base/span.ts';
import { compileWildcard, hasWildcard, wildcardsOverlap } from '../base/wildcard.ts';
import { hasHole } from './hole.ts';
import { variablesAsWildcards } from './variable.ts';

/** `arn:partition:service:region:account:resource`, with where each field stands in the text. */
export interface Arn {
  readonly text: string;
  readonly prefix: ArnField;
  readonly partition: ArnField;
  readonly service: ArnField;
  readonly region: ArnField;
  readonly account: ArnField;
  /** All that follows the fifth colon. */
  readonly resource: ArnField;
}

export interface ArnField extends Span {
  readonly text: string;
}

export const ARN_FIELDS = ['prefix', 'partition', 'service', 'region', 'account', 'resource'] as const;
export type ArnFieldName = (typeof ARN_FIELDS)[number];

/** The fields of a text split at its first five colons; colons inside `${…}` and other stand-ins do not count. */
export function splitArn(text: string): readonly ArnField[] {
  const fields: ArnField[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length && fields.length < 5; at++) {
    const char = text.charAt(at);
    if (char === '{' || char === '<') depth++;
    else if ((char === '}' || char === '>') && depth > 0) depth--;
    else if (char === ':' && depth === 0) {
      fields.push({ text: text.slice(start, at), start, end: at });
      start = at + 1;
    }
  }
  fields.push({ text: text.slice(start), start, end: text.length });
  return fields;
}

/**
 * Takes an ARN apart.
 * @returns undefined when the text is not six fields that begin with `arn`
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, account, resource] = splitArn(text);
  if (prefix?.text !== 'arn' || !partition || !service || !region || !account || !resource) return undefined;
  return { text, prefix, partition, service, region, account, resource };
}

/** A twelve-digit account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

export type Answer = 'yes' | 'no' | 'unknown';

/**
 * Can a resource written in a policy stand for a resource of an ARN template of the reference, such as
 * `arn:${Partition}:s3:::${BucketName}/${ObjectName}`? Both sides may hold wildcards; policy variables match anything.
 */
export function matchesArnTemplate(resource: string, template: string): Answer {
  if (resource === '*') return 'yes';
  if (hasHole(resource)) return 'unknown';
  return wildcardsOverlap(variablesAsWildcards(resource), templatePattern(template)) ? 'yes' : 'no';
}

const PATTERNS = new Map<string, string>();

/** A template as a pattern: each stand-in is one character or more. */
function templatePattern(template: string): string {
  const known = PATTERNS.get(template);
  if (known !== undefined) return known;
  const pattern = template
    .replace(/\$\{(?:Partition|Region|Account|Vendor)[^}]*\}/g, '*')
    .replace(/\$\{[^}]*\}/g, '?*')
    .replace(/<[^>]*>/g, '?*');
  PATTERNS.set(template, pattern);
  return pattern;
}

/** True when the resource pattern covers everything that the template can name, such as `arn:aws:s3:::*` for objects. */
export function coversArnTemplate(resource: string, template: string): boolean {
  if (resource === '*') return true;
  const sample = template.replace(/\$\{[^}]*\}/g, '\u0001').replace(/<[^>]*>/g, '\u0001');
  return hasWildcard(resource) && compileWildcard(resource.replace(/^arn:[^:]*:/, 'arn:\u0001:'))(sample);
}
