/**
 * Unknown is a value. A text written by a template (`${BucketName}`, `<account-id>`, `{{ region }}`) is not known before
 * it is rendered, so every question about it is answered with yes, no or unknown.
 */

/** Where a template's stand-in begins and ends in a text. */
export interface Hole {
  readonly start: number;
  readonly end: number;
}

/**
 * `${name}` without a colon is a template's stand-in, not a policy variable: those are `${service:key}`, or the escapes
 * `${*}`, `${?}`, `${$}`. `${AWS::Region}` (two colons) is CloudFormation's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
// Each is bounded: what only begins, over and over, must not be searched for its end each time.
const HOLE =
  /\$\{(?:AWS::[^}]{0,200}|[A-Za-z_][\w.\-[\]"()/ ]{0,200})\}|\$\{\{[^}]{0,200}\}\}|\{\{[^}]{0,200}\}\}|<%[^%]{0,200}%>|<[A-Za-z][\w .:/+-]{0,200}>|\[\[[^\]]{0,200}\]\]|%[A-Z][A-Z0-9_]{1,100}%|%\{[^}]{0,200}\}|%[sdv](?![A-Za-z0-9])|@@[\w.-]{1,100}@@|__[A-Z][A-Z0-9_]{0,100}__|\$\([A-Za-z_][\w.]{0,100}\)|\$[A-Z_][A-Z0-9_]*\b/g;

/** The stand-ins of a text, in order. */
export function findHoles(text: string): readonly Hole[] {
  if (!/[$<%]|\{\{|\[\[|@@|__/.test(text)) return NONE;
  const holes: Hole[] = [];
  for (const match of text.matchAll(HOLE)) holes.push({ start: match.index, end: match.index + match[0].length });
  return holes;
}

export function hasHole(text: string): boolean {
  return findHoles(text).length > 0;
}

const NONE: readonly Hole[] = [];
