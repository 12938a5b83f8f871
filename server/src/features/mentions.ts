import { type Span, touches } from '../base/span.ts';
import { hasWildcard } from '../base/wildcard.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile, AnalyzedPolicy } from '../lint/analyze.ts';
import { type Arn, isAccountId, parseArn } from '../policy/arn.ts';
import { findHoles, hasHole } from '../policy/hole.ts';
import { type LocatedName, locateNames } from '../policy/resource-type.ts';
import { findVariables } from '../policy/variable.ts';
import { innerSpan, type StringNode, spanInString, type ValueNode } from '../syntax/tree.ts';

/** All that is asked of the catalogue: which resource types a service has. Without it names in ARNs are not found. */
export type ServiceLookup = Pick<Catalogue, 'service'>;

/** What can be named in a policy. `name`: the name of a resource inside an ARN, such as a bucket or a role. */
export type MentionKind = 'sid' | 'action' | 'key' | 'principal' | 'arn' | 'account' | 'name';

/** A place where a policy names something. Mentions lie inside one another: an account id inside an ARN. */
export interface Mention {
  readonly kind: MentionKind;
  /** The same for all mentions of the same thing, whatever its letter case where IAM takes any. */
  readonly key: string;
  /** As written, decoded. */
  readonly text: string;
  readonly span: Span;
  /** For a name: the account of its ARN, twelve digits, or empty where the ARN leaves it open. */
  readonly account: string;
  /** The policy of the file, zero-based. */
  readonly policy: number;
  /** A number, without quotation marks around it. */
  readonly bare: boolean;
}

/** Everything that a file names, in the order of the text. Hangs off the reading of the file. */
export function mentionsIn(file: AnalyzedFile, catalogue: ServiceLookup): readonly Mention[] {
  let mentions = READ.get(file);
  if (!mentions) {
    mentions = file.policies.flatMap((policy, index) => readPolicy(policy, index, catalogue));
    READ.set(file, mentions);
  }
  return mentions;
}

const READ = new WeakMap<AnalyzedFile, readonly Mention[]>();

/** The innermost mention at an offset, or right before it: a cursor stands behind a word as often as on it. */
export function mentionAt(file: AnalyzedFile, offset: number, catalogue: ServiceLookup): Mention | undefined {
  let best: Mention | undefined;
  for (const mention of mentionsIn(file, catalogue)) {
    if (mention.span.start > offset) break;
    if (touches(mention.span, offset) && (!best || lengthOf(mention) <= lengthOf(best))) best = mention;
  }
  return best;
}

const lengthOf = ({ span }: Mention): number => span.end - span.start;

/** Two mentions of the same thing: names in the ARNs of two accounts are two things. */
export function isSameThing(a: Pick<Mention, 'key' | 'account'>, b: Pick<Mention, 'key' | 'account'>): boolean {
  return a.key === b.key && (a.account === '' || b.account === '' || a.account === b.account);
}

function readPolicy({ view }: AnalyzedPolicy, policy: number, catalogue: ServiceLookup): readonly Mention[] {
  const mentions: Mention[] = [];
  const add = (kind: MentionKind, id: string, text: string, span: Span, account = ''): void => {
    mentions.push({ kind, key: `${kind}:${id}`, text, span, account, policy, bare: false });
  };
  const addPart = (kind: MentionKind, id: string, node: StringNode, start: number, end: number, account = '') =>
    add(kind, id, node.value.slice(start, end), spanInString(node, start, end), account);

  const readVariables = (node: StringNode): void => {
    for (const variable of findVariables(node.value)) {
      const { start, end, key } = variable;
      const at = node.value.indexOf(key, start);
      if (!variable.escape && at + key.length <= end) addPart('key', key.toLowerCase(), node, at, at + key.length);
    }
  };
  const readArn = (node: StringNode, arn: Arn): void => {
    add('arn', node.value, node.value, innerSpan(node));
    if (isAccountId(arn.account.text)) addPart('account', arn.account.text, node, arn.account.start, arn.account.end);
    const account = isAccountId(arn.account.text) ? arn.account.text : '';
    for (const { id, start, end } of namesOf(arn, catalogue)) {
      addPart('name', id, node, arn.resource.start + start, arn.resource.start + end, account);
    }
    // Logs that several accounts write to one bucket lie in a folder for each.
    for (const { 0: text, index } of arn.resource.text.matchAll(/(?<![^/:])\d{12}(?![^/:])/g)) {
      addPart('account', text, node, arn.resource.start + index, arn.resource.start + index + text.length);
    }
  };
  /** An ARN, an account id or a service principal, wherever it stands. */
  const readValue = (node: ValueNode): void => {
    if (node.type === 'number' && isAccountId(String(node.value))) {
      const text = String(node.value);
      mentions.push({
        kind: 'account',
        key: `account:${text}`,
        text,
        span: node.span,
        account: '',
        policy,
        bare: true,
      });
    }
    if (node.type !== 'string') return;
    const arn = parseArn(node.value);
    if (arn) readArn(node, arn);
    else if (isAccountId(node.value)) add('account', node.value, node.value, innerSpan(node));
    else if (SERVICE_PRINCIPAL.test(node.value))
      add('principal', node.value.toLowerCase(), node.value, innerSpan(node));
    readVariables(node);
  };

  for (const statement of view.statements) {
    const sid = statement.sid?.value;
    if (sid?.type === 'string' && sid.value !== '') add('sid', sid.value, sid.value, innerSpan(sid));
    for (const { entries } of statement.principals) {
      for (const { node, type } of entries) {
        if (type !== 'AWS' && !parseArn(node.value) && node.value !== '') {
          add('principal', node.value.toLowerCase(), node.value, innerSpan(node));
        } else readValue(node);
      }
    }
    for (const { entries } of statement.actions) {
      for (const { node } of entries) {
        if (node.value !== '') add('action', node.value.toLowerCase(), node.value, innerSpan(node));
      }
    }
    for (const { entries } of statement.resources) for (const { node } of entries) readValue(node);
    for (const { key, member, values } of statement.conditions) {
      if (key !== '') add('key', key.toLowerCase(), key, innerSpan(member.key));
      for (const { node } of values) readValue(node);
    }
  }
  return mentions.sort((a, b) => a.span.start - b.span.start);
}

const SERVICE_PRINCIPAL = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/i;

/** No ARN is longer: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const LONGEST = 2048;

interface NameOfArn extends Span {
  readonly id: string;
}

/**
 * The names in the resource field of an ARN. What they are known by is the service and all that stands before them
 * (`dynamodb:table/orders`, `dynamodb:table/orders/index/by-date`), but for paths: IAM takes a name once, whatever its path.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
function namesOf(arn: Arn, catalogue: ServiceLookup): readonly NameOfArn[] {
  const { text } = arn.resource;
  const session = arn.service.text === 'sts' ? /^assumed-role\/([^/]+)/.exec(text)?.[1] : undefined;
  if (session !== undefined) {
    const start = 'assumed-role/'.length;
    return [{ id: `iam:role/${session}`, start, end: start + session.length }];
  }
  // What AWS owns, such as its managed policies, has names that nobody else gives.
  if (arn.account.text === 'aws' || text.length > LONGEST) return [];
  const names: NameOfArn[] = [];
  const masked = mask(text);
  const plain = { service: arn.service, resource: { ...arn.resource, text: masked } };
  for (const { name, start, end } of bestTemplate(plain, catalogue)) {
    const value = masked.slice(start, end);
    if (/^[*?]+$/.test(value)) continue;
    if (name.endsWith('NameWithPath')) {
      const own = value.lastIndexOf('/') + 1;
      const id = `${arn.service.text}:${text.slice(0, start)}${text.slice(start + own, end)}`;
      if (own < value.length) names.push({ id, start: start + own, end });
      continue;
    }
    // A name has no colon: what follows is another part, as in `log-group:name:*`.
    const colon = value.indexOf(':');
    const last = colon > 0 ? start + colon : end;
    names.push({ id: `${arn.service.text}:${text.slice(0, last)}`, start, end: last });
  }
  return names;
}

/** The text without the separators that stand inside variables and stand-ins of templates. */
function mask(text: string): string {
  let masked = text;
  for (const { start, end } of [...findVariables(text), ...findHoles(text)]) {
    masked = masked.slice(0, start) + masked.slice(start, end).replace(/[/:]/g, '_') + masked.slice(end);
  }
  return masked;
}

/** The names by the template that fits with most plain text: an object rather than a bucket with a slash. */
function bestTemplate(arn: Pick<Arn, 'service' | 'resource'>, catalogue: ServiceLookup): readonly LocatedName[] {
  let best: readonly LocatedName[] = [];
  let rest = Number.POSITIVE_INFINITY;
  for (const { arns } of catalogue.service(arn.service.text)?.resourceTypes.values() ?? []) {
    for (const template of arns) {
      const found = locateNames(arn, template);
      if (!found) continue;
      const open = found.reduce((sum, { start, end }) => sum + end - start, 0);
      if (open < rest) {
        best = found;
        rest = open;
      }
    }
  }
  return best;
}

/** Part of a text stands for something else, so that it names nothing by itself. */
export function isOpen(text: string): boolean {
  return hasWildcard(text) || hasHole(text) || text.includes('${');
}
