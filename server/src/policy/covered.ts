import { hasWildcard, shorten, wildcardCovers } from '../base/wildcard.ts';
import { hasHole } from './hole.ts';

/** How many patterns that begin alike, and how many ways to begin, are looked at: a limit for huge lists only. */
const MOST_ALIKE = 32;
const MOST_LENGTHS = 64;

/**
 * For each pattern that another one covers wholly, the index of that other one, which is itself covered by none. Of equals
 * the first stays. What a template fills in is unknown, so a text with a stand-in neither covers nor is covered. The work
 * grows with the number of patterns, not with its square.
 */
export function findCovered(
  texts: readonly string[],
  options: { readonly ignoreCase: boolean },
): ReadonlyMap<number, number> {
  if (texts.length < 2) return NONE;
  const folded = texts.map((text) => shorten(options.ignoreCase ? text.toLowerCase() : text));
  const first = new Map<string, number>();
  const wide = new Map<string, number[]>();
  const covered = new Map<number, number>();
  for (const [index, text] of folded.entries()) {
    if (hasHole(text)) continue;
    const twin = first.get(text);
    if (twin !== undefined) {
      covered.set(index, twin);
      continue;
    }
    first.set(text, index);
    // In `${*}` the star is a plain character.
    if (!hasWildcard(text) || text.includes('${*}') || text.includes('${?}')) continue;
    const head = text.slice(0, text.search(/[*?]/));
    const alike = wide.get(head) ?? [];
    if (alike.length < MOST_ALIKE) wide.set(head, [...alike, index]);
  }
  if (wide.size === 0) return covered;
  const lengths = [...new Set([...wide.keys()].map((head) => head.length))].sort((a, b) => a - b);
  for (const [index, text] of folded.entries()) {
    if (covered.has(index) || hasHole(text)) continue;
    const wider = findWider(index, text, folded, wide, lengths.slice(0, MOST_LENGTHS));
    if (wider !== undefined) covered.set(index, wider);
  }
  // What covers may be covered as well: name the widest.
  for (const [index, by] of covered) covered.set(index, widest(by, covered));
  return covered;
}

const NONE: ReadonlyMap<number, number> = new Map();

/** A pattern covers only what begins as it does before its first wildcard. */
function findWider(
  index: number,
  text: string,
  texts: readonly string[],
  wide: ReadonlyMap<string, readonly number[]>,
  lengths: readonly number[],
): number | undefined {
  for (const length of lengths) {
    if (length > text.length) return undefined;
    for (const other of wide.get(text.slice(0, length)) ?? []) {
      const pattern = texts[other] ?? '';
      if (other === index || !wildcardCovers(pattern, text)) continue;
      if (other < index || !wildcardCovers(text, pattern)) return other;
    }
  }
  return undefined;
}

function widest(index: number, covered: ReadonlyMap<number, number>): number {
  let at = index;
  for (let next = covered.get(at); next !== undefined && next !== at; next = covered.get(at)) at = next;
  return at;
}
