/**
 * Globs of file paths, as editors write them: `*` and `?` within a name, `**` over folders, `[a-z]`, `[!a]`, `{a,b}`; a
 * backslash makes the next character plain. They come with a workspace, so nothing in them may make matching slow: the
 * time is at most that of the glob's length times the path's, whereas a RegExp of the same glob can take minutes.
 */

/** More alternatives than this are nobody's intent; such a glob matches nothing. */
const MOST_ALTERNATIVES = 64;
const LONGEST = 1000;

/** One character of a name, or any number of them. */
type Token = '*' | ((char: string) => boolean);
/** A name of a path, or `**`. */
type Segment = '**' | readonly Token[];

/** Whether a glob matches a whole path, both with forward slashes. A glob that nobody could mean matches nothing. */
export function matchesGlob(glob: string, path: string): boolean {
  if (glob.length > LONGEST) return false;
  const names = path.split('/');
  return expandBraces(glob).some((one) => {
    const segments = one.split('/').map((text): Segment => (text === '**' ? '**' : readTokens(text)));
    return matches(segments, names, '**', (segment, name) =>
      matches(segment as readonly Token[], [...name], '*', (token, char) => token !== '*' && token(char)),
    );
  });
}

/** `a{b,c}` as `ab` and `ac`; empty when they are too many. */
function expandBraces(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const braces = findBraces(next);
    if (!braces) done.push(next);
    else {
      const { start, end, commas } = braces;
      const cuts = [start, ...commas, end];
      for (let at = cuts.length - 2; at >= 0; at--) {
        const choice = next.slice((cuts[at] ?? 0) + 1, cuts[at + 1]);
        open.push(next.slice(0, start) + choice + next.slice(end + 1));
      }
    }
    if (done.length + open.length > MOST_ALTERNATIVES) return [];
  }
  return done;
}

/** The first innermost braces that hold a comma. */
function findBraces(glob: string) {
  let start = -1;
  let commas: number[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    if (char === '\\') at++;
    else if (char === '{') {
      start = at;
      commas = [];
    } else if (start >= 0 && char === ',') commas.push(at);
    else if (start >= 0 && char === '}') {
      if (commas.length > 0) return { start, end: at, commas };
      start = -1;
    }
  }
  return undefined;
}

function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const chars = [...text];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? '';
    const close = char === '[' ? chars.indexOf(']', at + 2) : -1;
    if (char === '*') {
      if (tokens.at(-1) !== '*') tokens.push('*');
    } else if (char === '?') tokens.push(() => true);
    else if (close > 0) {
      tokens.push(readClass(chars.slice(at + 1, close)));
      at = close;
    } else {
      if (char === '\\') at++;
      const plain = chars[at] ?? char;
      tokens.push((other) => other === plain);
    }
  }
  return tokens;
}

/** `a-z`, `!0-9`. */
function readClass(chars: readonly string[]): (char: string) => boolean {
  const negated = chars[0] === '!' || chars[0] === '^';
  const ranges: (readonly [from: string, to: string])[] = [];
  for (let at = negated ? 1 : 0; at < chars.length; at++) {
    const from = chars[at] ?? '';
    const to = chars[at + 1] === '-' ? chars[at + 2] : undefined;
    ranges.push([from, to ?? from]);
    if (to !== undefined) at += 2;
  }
  return (char) => ranges.some(([from, to]) => from <= char && char <= to) !== negated;
}

/** Matches item by item, where `many` stands for any number; on a miss only the last of those is widened. */
function matches<Item, One>(
  pattern: readonly Item[],
  items: readonly One[],
  many: Item,
  isOne: (item: Item, one: One) => boolean,
): boolean {
  let at = 0;
  let next = 0;
  let wide = -1;
  let from = 0;
  while (next < items.length) {
    const item = pattern[at];
    const one = items[next];
    if (item === many && at < pattern.length) {
      wide = at++;
      from = next;
    } else if (item !== undefined && one !== undefined && isOne(item, one)) {
      at++;
      next++;
    } else if (wide >= 0) {
      at = wide + 1;
      next = ++from;
    } else return false;
  }
  while (at < pattern.length && pattern[at] === many) at++;
  return at === pattern.length;
}
