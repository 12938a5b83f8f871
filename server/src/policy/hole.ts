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
const HOLE =
  /\$\{(?:AWS::[^}]*|[A-Za-z_][\w.\-[\]"()/ ]*)\}|\$\{\{[^}]*\}\}|\{\{[^}]*\}\}|<%[^%]*%>|<[A-Za-z][\w .:/+-]*>|\[\[[^\]]*\]\]|%[A-Z][A-Z0-9_]+%|%\{[^}]*\}|%[sdv](?![A-Za-z0-9])|@@[\w.-]+@@|__[A-Z][A-Z0-9_]*__|\$\([A-Za-z_][\w.]*\)|\$[A-Z_][A-Z0-9_]*\b/g;

/** The stand-ins of a text, in order. */
export function findHoles(text: string): readonly Hole[] {
  if (!/[$<{[%@_]/.test(text)) return NONE;
  const holes: Hole[] = [];
  for (const match of text.matchAll(HOLE)) holes.push({ start: match.index, end: match.index + match[0].length });
  return holes;
}

export function hasHole(text: string): boolean {
  return findHoles(text).length > 0;
}

const NONE: readonly Hole[] = [];
