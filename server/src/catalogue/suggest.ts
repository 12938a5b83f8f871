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
  for (const candidate of candidates) {
    // Too different in length to be within the limit.
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const other = candidate.toLowerCase();
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
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let twoBack: number[] = [];
  let oneBack = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let slips = Math.min(cell(oneBack, j) + 1, cell(row, j - 1) + 1, cell(oneBack, j - 1) + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        slips = Math.min(slips, cell(twoBack, j - 2) + 1);
      }
      row.push(slips);
      if (slips < least) least = slips;
    }
    if (least > limit) return limit + 1;
    twoBack = oneBack;
    oneBack = row;
  }
  return Math.min(cell(oneBack, b.length), limit + 1);
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}
