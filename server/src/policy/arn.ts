import type { Span } from '../base/span.ts';

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
