/**
 * Conditions as IAM judges them, for a request whose keys are known: a small reading of
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
import { type Json, list, matchesPattern, plain } from './text.ts';

/** The values a request carries for a key, by the key in lower case; a key that it does not carry is not there. */
export type Context = ReadonlyMap<string, readonly string[]>;

export interface Clause {
  readonly qualifier: string;
  /** Without qualifier and IfExists, in lower case. */
  readonly operator: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

export function clausesOf(condition: Json | undefined): readonly Clause[] {
  return members(condition).flatMap(([name, keys]) => {
    const [, qualifier = '', operator = '', ifExists] =
      /^(?:(forallvalues|foranyvalue):)?(.*?)(ifexists)?$/.exec(name.toLowerCase()) ?? [];
    return members(keys).map(([key, values]) => ({
      qualifier,
      operator,
      ifExists: ifExists !== undefined,
      key: key.toLowerCase(),
      values: list(values),
    }));
  });
}

function members(value: Json | undefined): readonly (readonly [string, Json])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

export function holds(clause: Clause, context: Context): boolean {
  const { qualifier, operator, ifExists, key, values } = clause;
  const found = context.get(key);
  if (operator === 'null') {
    // A set without a value is as good as none.
    const isMissing = found === undefined || found.length === 0;
    return values.some((value) => (value.toLowerCase() === 'true') === isMissing);
  }
  const negated = /not/.test(operator);
  const positive = operator.replace('not', '');
  const hit = (one: string): boolean => values.some((value) => compares(positive, value, one));
  if (qualifier === 'forallvalues') return (found ?? []).every((one) => hit(one) !== negated);
  if (found === undefined) return ifExists || (negated && qualifier === '');
  if (qualifier === 'foranyvalue') return found.some((one) => hit(one) !== negated);
  return negated ? !found.some(hit) : found.some(hit);
}

function compares(operator: string, value: string, found: string): boolean {
  switch (operator) {
    case 'stringequals':
    case 'binaryequals':
      return plain(value) === found;
    case 'stringequalsignorecase':
      return plain(value).toLowerCase() === found.toLowerCase();
    case 'stringlike':
      return matchesPattern(value, found);
    case 'arnequals':
    case 'arnlike':
      return matchesArn(value, found);
    case 'bool':
      return value.toLowerCase() === found.toLowerCase();
    case 'ipaddress':
      return inRange(value, found);
    default:
      return comparesOrder(operator, value, found);
  }
}

/** Each of the six fields is compared for itself. */
function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [patterns, fields] = [pattern, arn].map((text) => {
    const parts = text.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  });
  if (arn.split(':').length < 6 || pattern.split(':').length < 6) return false;
  return (patterns ?? []).every((one, index) => matchesPattern(one, fields?.[index] ?? ''));
}

function comparesOrder(operator: string, value: string, found: string): boolean {
  const [, type, relation] = /^(numeric|date)(equals|lessthan|lessthanequals|greaterthan|greaterthanequals)$/.exec(
    operator,
  ) ?? [undefined, '', ''];
  // An operator that AWS does not have: the same text is as true as it was.
  if (!type) return found.length % 2 === value.length % 2;
  const [limit, one] = [value, found].map((text) =>
    type === 'date' && !/^\d+$/.test(text) ? Date.parse(text) / 1000 : Number(text),
  ) as [number, number];
  if (relation === 'equals') return one === limit;
  const less = relation?.startsWith('less') ? one < limit : one > limit;
  return less || (one === limit && relation?.endsWith('equals') === true);
}

function inRange(range: string, address: string): boolean {
  const [base = '', bits] = range.split('/');
  const [from, one] = [parseAddress(base), parseAddress(address)];
  if (!from || !one || from.length !== one.length) return range === address;
  const width = bits === undefined ? from.length * 8 : Number(bits);
  return from.every((byte, index) => {
    const kept = Math.min(8, Math.max(0, width - index * 8));
    return byte >> (8 - kept) === (one[index] ?? 0) >> (8 - kept);
  });
}

/** The bytes of an address, 4 or 16. */
function parseAddress(text: string): readonly number[] | undefined {
  if (/^\d+(?:\.\d+){3}$/.test(text)) return text.split('.').map(Number);
  if (!text.includes(':')) return undefined;
  const [head = '', tail] = text.split('::');
  const words = (part: string): number[] =>
    part
      .split(':')
      .filter(Boolean)
      .map((word) => Number.parseInt(word, 16));
  const [front, back] = [words(head), words(tail ?? '')];
  const all = tail === undefined ? front : [...front, ...Array(8 - front.length - back.length).fill(0), ...back];
  return all.flatMap((word: number) => [word >> 8, word & 255]);
}
