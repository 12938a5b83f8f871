import type { Catalogue } from '../catalogue/types.ts';
import { isPolicyVariable } from './condition-key.ts';
import { findHoles } from './hole.ts';
import { findVariables } from './variable.ts';

/**
 * Condition keys that name one account, organization or network. AWS takes neither wildcards nor variables in their
 * values, which could stand for everybody's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sensitive
 */
const SENSITIVE: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);

/** Keys whose values need this many plain characters before each wildcard or variable, to name anybody at all. */
const PLAIN_CHARACTERS = 6;
const GUARDED = /^(?:aws:\w+OrgPaths|sts:RoleSessionName|[^./]*[./].*:sub)$/i;

/** How a wildcard or a variable in a value lets in more than a key can afford. */
export interface Breadth {
  readonly why: 'sensitive' | 'user-id' | 'short';
  readonly by: 'wildcard' | 'variable';
  /** The wildcard or variable. */
  readonly start: number;
  readonly end: number;
}

/** True for keys whose values AWS wants whole: no wildcards, no variables that could hold one. */
export function isSensitiveKey(key: string): boolean {
  return SENSITIVE.has(key.toLowerCase());
}

/** False for keys in whose values wildcards are a flaw, everywhere or in some places. */
export function mayHaveWildcards(key: string): boolean {
  return !isSensitiveKey(key) && key.toLowerCase() !== 'aws:userid' && !GUARDED.test(key);
}

/** Judges a value under an operator that honours wildcards; undefined when the value is narrow enough. */
export function findBreadth(key: string, text: string, catalogue: Catalogue): Breadth | undefined {
  const lower = key.toLowerCase();
  const gaps = findGaps(text, catalogue);
  const [first] = gaps;
  if (!first) return undefined;
  if (SENSITIVE.has(lower)) return { why: 'sensitive', ...first };
  if (lower === 'aws:userid') return isUserIdPattern(text, gaps) ? undefined : { why: 'user-id', ...first };
  if (!GUARDED.test(key)) return undefined;
  let at = 0;
  for (const gap of gaps) {
    // Wildcards side by side are one.
    if (gap.start - at < PLAIN_CHARACTERS && !(gap.start === at && at > 0)) return { why: 'short', ...gap };
    at = gap.end;
  }
  return undefined;
}

type Gap = Pick<Breadth, 'by' | 'start' | 'end'>;

/** The wildcards and the policy variables of a text, in order; what a template fills in counts as plain characters. */
function findGaps(text: string, catalogue: Catalogue): readonly Gap[] {
  const variables = findVariables(text);
  const taken = [...variables, ...findHoles(text)];
  const gaps: Gap[] = variables
    .filter((variable) => isPolicyVariable(variable, catalogue))
    .map(({ start, end }) => ({ by: 'variable', start, end }));
  for (const { index } of text.matchAll(/[*?]/g)) {
    if (taken.some(({ start, end }) => start <= index && index < end)) continue;
    gaps.push({ by: 'wildcard', start: index, end: index + 1 });
  }
  return gaps.sort((a, b) => a.start - b.start);
}

/** `AROA…:*`, `*:name` and `*:*`: all of one side of the colon or none of it. */
function isUserIdPattern(text: string, gaps: readonly Gap[]): boolean {
  const colon = splitAt(text, gaps);
  if (colon < 0) return false;
  const left = gaps.filter(({ end }) => end <= colon);
  const [only, ...more] = left;
  return only === undefined || (more.length === 0 && only.start === 0 && only.end === colon);
}

/** The colon of `id:name`, not one inside a variable. */
function splitAt(text: string, gaps: readonly Gap[]): number {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) {
    if (!gaps.some(({ start, end }) => start <= at && at < end)) return at;
  }
  return -1;
}
