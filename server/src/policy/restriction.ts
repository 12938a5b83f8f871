import type { Span } from '../base/span.ts';
import { hasWildcard, wildcardCovers } from '../base/wildcard.ts';
import { splitArn } from './arn.ts';
import { findHoles } from './hole.ts';
import { type ConditionClause, isDeny, type PolicyView, type PrincipalEntry, type Statement } from './model.ts';
import { findVariables } from './variable.ts';

/**
 * How far conditions narrow a statement that names everyone. `identity`: to known accounts, organizations or principals;
 * `network`: to known networks only; `none`: whoever calls chooses the values, or nearly everybody meets them.
 * A value that a template fills in counts as narrow: it is not known to be wide.
 */
export type Restriction = 'identity' | 'network' | 'none';

/** The strongest restriction among the conditions of a statement; all of them must be met at once. */
export function restrictionOf(conditions: readonly ConditionClause[]): Restriction {
  const found = new Set(conditions.map(restrictionOfClause));
  if (found.has('identity')) return 'identity';
  return found.has('network') ? 'network' : 'none';
}

/** Where a statement names everyone in Principal: the bare `"*"`, or `*` under AWS. */
export function findEveryone(
  statement: Statement,
): readonly { readonly span: Span; readonly entry: PrincipalEntry | undefined }[] {
  return statement.principals
    .filter(({ negated }) => !negated)
    .flatMap(({ everyone, entries, member }) => [
      ...(everyone && member.value ? [{ span: member.value.span, entry: undefined }] : []),
      ...entries.filter(({ identity }) => identity.who === 'anyone').map((entry) => ({ span: entry.node.span, entry })),
    ]);
}

/** True when another statement denies all that this one allows to anybody from outside ("deny unless in my organization"). */
export function isGuarded(policy: PolicyView, statement: Statement): boolean {
  return policy.statements.some(
    (other) => isDeny(other) && findEveryone(other).length > 0 && deniesOutsiders(other) && covers(other, statement),
  );
}

type Part = 'whole' | 'organization' | 'arn-account' | 'user-id' | 'address' | 'true' | 'aws-iam';

interface NarrowKey {
  /** The part of the value that must be fixed for the condition to narrow anything. */
  readonly part: Part;
  readonly by: 'identity' | 'network';
}

const identity = (part: Part): NarrowKey => ({ part, by: 'identity' });
const network = (part: Part): NarrowKey => ({ part, by: 'network' });

/**
 * Condition keys whose value the caller cannot choose, in lower case. The first ten are those by which S3 decides that a
 * policy is not public: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 * The others name accounts, organizations or networks in the same way:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const NARROW_KEYS: ReadonlyMap<string, NarrowKey> = new Map([
  ['aws:principalorgid', identity('whole')],
  ['aws:sourcearn', identity('arn-account')],
  ['aws:sourceaccount', identity('whole')],
  ['aws:sourceowner', identity('whole')],
  ['aws:userid', identity('user-id')],
  ['aws:sourceip', network('address')],
  ['aws:sourcevpc', network('whole')],
  ['aws:sourcevpce', network('whole')],
  ['s3:dataaccesspointarn', identity('arn-account')],
  ['s3:dataaccesspointaccount', identity('whole')],
  ['aws:principalaccount', identity('whole')],
  ['aws:principalarn', identity('arn-account')],
  ['aws:principalorgpaths', identity('organization')],
  ['aws:principalservicename', identity('whole')],
  ['aws:principalservicenameslist', identity('whole')],
  ['aws:principalisawsservice', identity('true')],
  ['aws:federatedprovider', identity('whole')],
  ['aws:sourceorgid', identity('whole')],
  ['aws:sourceorgpaths', identity('organization')],
  ['aws:sourcevpcarn', network('arn-account')],
  ['aws:vpceaccount', network('whole')],
  ['aws:vpceorgid', network('whole')],
  ['aws:vpceorgpaths', network('organization')],
  ['kms:calleraccount', identity('whole')],
  ['lambda:functionurlauthtype', identity('aws-iam')],
  ['lambda:eventsourcetoken', identity('whole')],
  ['lambda:sourcefunctionarn', identity('arn-account')],
  ['ec2:sourceinstancearn', identity('arn-account')],
  ['elasticfilesystem:accesspointarn', network('arn-account')],
  ['elasticfilesystem:accessedviamounttarget', network('true')],
]);

function restrictionOfClause({ operator, key, values }: ConditionClause): Restriction {
  const narrow = NARROW_KEYS.get(key.toLowerCase());
  if (!narrow) return 'none';
  if (operator.negated || operator.ifExists || operator.set === 'ForAllValues' || operator.family === 'Null') {
    return 'none';
  }
  // Without a wildcard operator a `*` is a plain character, which no real value holds.
  const literal = operator.family === 'String' && operator.name !== 'StringLike';
  return values.every(({ text }) => isFixed(literal ? text.replace(/[*?]/g, 'x') : text, narrow.part))
    ? narrow.by
    : 'none';
}

function isFixed(text: string, part: Part): boolean {
  const plain = replaceUnknown(text);
  switch (part) {
    case 'whole':
      return plain !== '' && !hasWildcard(plain);
    case 'organization':
      return !hasWildcard(plain.split('/')[0] ?? '');
    case 'user-id':
      return !hasWildcard(plain.split(':')[0] ?? '');
    case 'true':
      return plain.toLowerCase() === 'true';
    case 'aws-iam':
      return plain === 'AWS_IAM';
    case 'address':
      return isNarrowRange(plain);
    case 'arn-account': {
      const [, , , , account, resource] = splitArn(plain);
      // The ARN of a bucket holds no account: its name is what tells it from others.
      const telling = account?.text || resource?.text.split(/[/:]/)[0];
      return telling !== undefined && telling !== '' && !hasWildcard(telling);
    }
  }
}

/** S3 calls a range public that is wider than /8, or /32 for IPv6. */
function isNarrowRange(range: string): boolean {
  if (hasWildcard(range)) return false;
  const bits = /\/(\d+)$/.exec(range)?.[1];
  return bits === undefined || Number(bits) >= (range.includes(':') ? 32 : 8);
}

/** Stand-ins and the variables of the resource's own account become a fixed letter; what the caller brings, a wildcard. */
function replaceUnknown(text: string): string {
  if (!/[$<{[%@_]/.test(text)) return text;
  const parts = [
    ...findHoles(text).map(({ start, end }) => ({ start, end, as: 'x' })),
    ...findVariables(text).map(({ start, end, key, escape: literal }) => ({
      start,
      end,
      as: literal || /^aws:resource(account|orgid|orgpaths)$/i.test(key) ? 'x' : '*',
    })),
  ].sort((a, b) => a.start - b.start);
  let result = '';
  let at = 0;
  for (const { start, end, as } of parts) {
    if (start < at) continue;
    result += text.slice(at, start) + as;
    at = end;
  }
  return result + text.slice(at);
}

/** Keys that keep AWS services out of a Deny, which is no way in for strangers. */
const SERVICE_EXEMPTIONS: ReadonlySet<string> = new Set(['aws:principalisawsservice', 'aws:viaawsservice']);

function deniesOutsiders({ conditions }: Statement): boolean {
  let outsiders = false;
  for (const { operator, key, values } of conditions) {
    const narrow = NARROW_KEYS.get(key.toLowerCase());
    if (operator.negated && narrow) {
      outsiders ||= values.length > 0 && values.every(({ text }) => isFixed(text, narrow.part));
    } else if (!operator.negated && !SERVICE_EXEMPTIONS.has(key.toLowerCase())) return false;
  }
  return outsiders;
}

/** True when every action and resource of the inner statement is one of the outer one. */
function covers(outer: Statement, inner: Statement): boolean {
  const actions = (statement: Statement) =>
    statement.actions.flatMap(({ negated, entries }) =>
      negated ? [] : entries.map(({ pattern }) => pattern.text.toLowerCase()),
    );
  const resources = (statement: Statement) =>
    statement.resources.flatMap(({ negated, entries }) => (negated ? [] : entries.map(({ text }) => text)));
  const all = (wide: readonly string[], narrow: readonly string[]) =>
    narrow.every((one) => wide.some((other) => wildcardCovers(other, one)));
  return all(actions(outer), actions(inner)) && all(resources(outer), resources(inner));
}
