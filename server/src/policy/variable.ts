/**
 * A policy variable in a text: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, or an escape such as `${*}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface PolicyVariable {
  /** Of the dollar sign, in the text. */
  readonly start: number;
  readonly end: number;
  /** The condition key, or `*`, `?`, `$` for an escape. */
  readonly key: string;
  readonly escape: boolean;
  /** The default value without its quotation marks. */
  readonly fallback: string | undefined;
}

// No key is as long as the bounds, which keep a text of beginnings from being searched for an end each time.
const VARIABLE =
  /\$\{\s{0,20}([*?$]|[A-Za-z][\w.\-/]{0,200}:(?!:)[^}',]{0,300}?)\s{0,20}(?:,\s{0,20}'([^'}]{0,500})'\s{0,20})?\}/g;

export function findVariables(text: string): readonly PolicyVariable[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(VARIABLE), (match) => {
    const key = match[1] ?? '';
    return {
      start: match.index,
      end: match.index + match[0].length,
      key,
      escape: key.length === 1,
      fallback: match[2],
    };
  });
}

/** The text with every variable replaced by `*`, to compare it as a pattern; escapes become the character they stand for. */
export function variablesAsWildcards(text: string): string {
  if (!text.includes('${')) return text;
  let result = '';
  let at = 0;
  for (const variable of findVariables(text)) {
    result += `${text.slice(at, variable.start)}${variable.escape ? variable.key : '*'}`;
    at = variable.end;
  }
  return result + text.slice(at);
}

/** What keeps a policy variable from being one: no closing brace, a default out of quotation marks, a space, nothing. */
export type VariableFlaw = 'brace' | 'quote' | 'space' | 'empty';

export interface BrokenVariable {
  readonly start: number;
  readonly end: number;
  readonly flaw: VariableFlaw;
  /** The key as written, with its spaces; empty where there is none. */
  readonly key: string;
  /** What follows the first comma; undefined where none stands. */
  readonly fallback: string | undefined;
}

/** So many that nothing closes are told of one text: each is searched to its end. */
const MOST_OPEN = 20;

/**
 * The `${…}` in a text that are no policy variables because of a slip. Those that another language fills in (without
 * the colon of a condition key, or one inside the other) are left out, unless nothing closes them.
 */
export function findBrokenVariables(text: string): readonly BrokenVariable[] {
  const broken: BrokenVariable[] = [];
  let open = 0;
  let at = text.indexOf('${');
  while (at >= 0 && open < MOST_OPEN) {
    const close = closingBrace(text, at);
    if (close < 0) open += 1;
    const end = close < 0 ? text.length : close + 1;
    const inside = text.slice(at + 2, close < 0 ? end : close);
    const comma = inside.indexOf(',');
    const key = comma < 0 ? inside : inside.slice(0, comma);
    const fallback = comma < 0 ? undefined : inside.slice(comma + 1);
    const flaw = close < 0 ? 'brace' : flawOf(inside, key, fallback);
    if (flaw) broken.push({ start: at, end, flaw, key, fallback });
    at = text.indexOf('${', close < 0 ? at + 2 : end);
  }
  return broken;
}

function flawOf(inside: string, key: string, fallback: string | undefined): VariableFlaw | undefined {
  if (inside.trim() === '') return 'empty';
  if (!/^\s*[A-Za-z][\w.-]*\s*:(?!:)[^${]*$/.test(key)) return undefined;
  if (/\s/.test(key)) return 'space';
  return fallback === undefined || /^'.*'$/s.test(fallback.trim()) ? undefined : 'quote';
}

/** Index of the brace that closes the `${` at an index, or -1. */
function closingBrace(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text.startsWith('${', at)) depth++;
    else if (text.charAt(at) === '}' && --depth === 0) return at;
  }
  return -1;
}
