/**
 * The one wildcard matcher: `*` stands for any number of characters, `?` for exactly one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */

const STAR = 42;
const QUESTION = 63;

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/** Compiles a pattern once for many texts. Runs in time proportional to text times pattern at worst; never a RegExp. */
export function compileWildcard(
  pattern: string,
  options: { readonly ignoreCase?: boolean } = {},
): (text: string) => boolean {
  const glob = shorten(options.ignoreCase ? pattern.toLowerCase() : pattern);
  const fold = options.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  if (/^\*+$/.test(glob)) return () => true;
  if (!hasWildcard(glob)) return (text) => fold(text) === glob;
  const star = glob.indexOf('*');
  if (star === glob.length - 1 && !glob.includes('?')) {
    const head = glob.slice(0, star);
    return (text) => fold(text).startsWith(head);
  }
  return (text) => matchGlob(glob, fold(text), matchesOne);
}

/** The pattern with one star for a row of them, which says the same: a million stars would be walked through for each text. */
export function shorten(pattern: string): string {
  return pattern.includes('**') ? pattern.replace(/\*{2,}/g, '*') : pattern;
}

/** One-off form of {@link compileWildcard}. */
export function matchesWildcard(
  pattern: string,
  text: string,
  options: { readonly ignoreCase?: boolean } = {},
): boolean {
  if (!hasWildcard(pattern) && pattern.length !== text.length) return false;
  return compileWildcard(pattern, options)(text);
}

/**
 * True when every text that `specific` matches is matched by `general` too. Both may hold wildcards. Sound: a true is
 * certain; a false may be a true one for odd spellings such as `*?` against `?*`.
 */
export function wildcardCovers(general: string, specific: string): boolean {
  return matchGlob(general, specific, (pattern, text) => {
    if (text === STAR) return false;
    return pattern === QUESTION || pattern === text;
  });
}

/** True when some text is matched by both patterns. */
export function wildcardsOverlap(a: string, b: string): boolean {
  if (!hasWildcard(a)) return matchesWildcard(b, a);
  if (!hasWildcard(b)) return matchesWildcard(a, b);
  if (!beginAlike(a, b)) return false;
  // A star at the very end takes whatever the other pattern has there.
  if (a.indexOf('*') === a.length - 1 || b.indexOf('*') === b.length - 1) return true;
  if (!endAlike(a, b)) return false;
  // The rows are as long as b, and there is one for each character of a: short rows are quick to make.
  if (b.length > a.length) return overlapSlowly(b, a);
  return overlapSlowly(a, b);
}

function overlapSlowly(a: string, b: string): boolean {
  // reachable[j]: a[0..i] and b[0..j] can have matched the same text.
  let reachable = new Uint8Array(b.length + 1);
  let next = new Uint8Array(b.length + 1);
  reachable[0] = 1;
  for (let j = 0; j < b.length && b.charCodeAt(j) === STAR; j++) reachable[j + 1] = 1;
  for (let i = 0; i < a.length; i++) {
    const left = a.charCodeAt(i);
    next[0] = left === STAR ? (reachable[0] ?? 0) : 0;
    for (let j = 0; j < b.length; j++) {
      const right = b.charCodeAt(j);
      if (left === STAR || right === STAR) next[j + 1] = reachable[j + 1] || next[j] || reachable[j] ? 1 : 0;
      else next[j + 1] = left === QUESTION || right === QUESTION || left === right ? (reachable[j] ?? 0) : 0;
    }
    [reachable, next] = [next, reachable];
  }
  return reachable[b.length] === 1;
}

/** Whether what stands before the first star of either pattern can be the same text. */
function beginAlike(a: string, b: string): boolean {
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === STAR || right === STAR) return true;
    if (left !== right && left !== QUESTION && right !== QUESTION) return false;
  }
  // One of them has ended: of the other only stars can be left.
  const rest = a.length < b.length ? b.slice(a.length) : a.slice(b.length);
  return /^\**$/.test(rest);
}

/** The same for what stands behind the last star of either. */
function endAlike(a: string, b: string): boolean {
  for (let at = 1; at <= a.length && at <= b.length; at++) {
    const [left, right] = [a.charCodeAt(a.length - at), b.charCodeAt(b.length - at)];
    if (left === STAR || right === STAR) return true;
    if (left !== right && left !== QUESTION && right !== QUESTION) return false;
  }
  return true;
}

function matchesOne(pattern: number, text: number): boolean {
  return pattern === QUESTION || pattern === text;
}

/** Greedy matching with one point to come back to: the last star seen. */
function matchGlob(glob: string, text: string, same: (pattern: number, text: number) => boolean): boolean {
  let g = 0;
  let t = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (t < text.length) {
    const pattern = g < glob.length ? glob.charCodeAt(g) : -1;
    if (pattern === STAR) {
      starAt = g++;
      resumeAt = t;
    } else if (pattern !== -1 && same(pattern, text.charCodeAt(t))) {
      g++;
      t++;
    } else if (starAt >= 0) {
      g = starAt + 1;
      t = ++resumeAt;
    } else return false;
  }
  while (g < glob.length && glob.charCodeAt(g) === STAR) g++;
  return g === glob.length;
}
