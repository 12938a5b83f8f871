/** Did you mean: the one candidate a text is convincingly near to, or none. */

/**
 * The candidate nearest to `text`, compared without case; `undefined` when none is near enough to be believed. Near is
 * about one slip in four characters, three at most. Among equals, the one that starts alike and is as long wins, then
 * the earlier one. Fast enough for all 22,000 action names at once.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  const limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 4)));
  let best: string | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  const letters = lettersOf(wanted);
  for (const candidate of candidates) {
    // Too different in length to be within the limit, or in the letters that it has: each takes a slip of its own.
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const other = candidate.toLowerCase();
    const others = lettersOf(other);
    if (countBits(letters & ~others) > limit || countBits(others & ~letters) > limit) continue;
    const distance = countSlips(wanted, other, limit);
    // As many slips as characters is another word, not a slip.
    if (distance > limit || distance >= Math.min(wanted.length, other.length)) continue;
    const score = distance * 1000 - sharedStart(wanted, other) * 10 + Math.abs(other.length - wanted.length);
    if (score < bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/**
 * How many slips turn `a` into `b`: a character too many, missing, wrong, or two neighbours swapped. Gives up with
 * `limit + 1` as soon as there are more than `limit`.
 */
export function countSlips(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  const tooMany = limit + 1;
  if (Math.abs(a.length - b.length) > limit) return tooMany;
  const start = sharedStart(a, b);
  let twoBack: number[] = [];
  let oneBack = Array.from({ length: b.length - start + 1 }, (_, index) => index);
  let row: number[] = [];
  for (let i = 1; i <= a.length - start; i++) {
    const own = a.charCodeAt(start + i - 1);
    row[0] = i;
    let least = i;
    // Further from the diagonal there are more slips than the limit.
    const first = Math.max(1, i - limit);
    const last = Math.min(b.length - start, i + limit);
    if (first > 1) row[first - 1] = tooMany;
    for (let j = first; j <= last; j++) {
      const other = b.charCodeAt(start + j - 1);
      let slips = Math.min(
        j < i + limit ? cell(oneBack, j) + 1 : tooMany,
        cell(row, j - 1) + 1,
        cell(oneBack, j - 1) + (own === other ? 0 : 1),
      );
      if (i > 1 && j > 1 && own === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === other) {
        slips = Math.min(slips, cell(twoBack, j - 2) + 1);
      }
      row[j] = slips;
      if (slips < least) least = slips;
    }
    if (least > limit) return tooMany;
    [twoBack, oneBack, row] = [oneBack, row, twoBack];
  }
  return Math.min(cell(oneBack, b.length - start), tooMany);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** A bit for each letter and figure of a text in lower case; other characters share them. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) & 31);
  return letters;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
