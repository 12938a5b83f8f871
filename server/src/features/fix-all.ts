import { applyEdits, type TextEdit } from '../base/text-edit.ts';
import type { Finding, Fix } from '../rules/define.ts';

export interface FixAll {
  /** Edits of the text that was handed in; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** How many fixes went in. */
  readonly fixes: number;
}

/**
 * A text that still changes after so many rounds goes in circles. Fixes open the way for few others, but those of one
 * list wait for each other: AWS itself has a policy that takes nearly fifty rounds.
 */
const MAX_ROUNDS = 100;

/** Characters judged, over all rounds: an editor waits while it saves. What is left of a huge file is for the next time. */
const MOST_JUDGED = 20_000_000;

/**
 * Applies the fixes that leave access exactly as it is, again and again until there is none left.
 * @param judge the findings of a text
 */
export function fixAll(text: string, judge: (text: string) => readonly Finding[]): FixAll {
  const seen = new Set([text]);
  let current = text;
  let first: readonly TextEdit[] = [];
  let fixes = 0;
  let rounds = 0;
  let judged = 0;
  while (rounds < MAX_ROUNDS && judged < MOST_JUDGED) {
    judged += current.length;
    const chosen = chooseFixes(current, judge(current));
    if (chosen.length === 0) break;
    const edits = chosen.flatMap((fix) => fix.edits);
    const next = applyEdits(current, edits);
    if (seen.has(next)) break;
    seen.add(next);
    if (rounds === 0) first = edits;
    current = next;
    fixes += chosen.length;
    rounds++;
  }
  return { edits: rounds <= 1 ? first : [difference(text, current)], fixes };
}

/** One fix for each finding, as far as they do not get in each other's way; the rest wait for the next round. */
function chooseFixes(text: string, findings: readonly Finding[]): readonly Fix[] {
  const chosen: Fix[] = [];
  // By offset, both ends included: two insertions at one place are in doubt about their order.
  const taken = new Uint8Array(text.length + 1);
  for (const finding of findings) {
    const fix = finding.fixes().find((one) => one.effect === 'equivalent' && !one.placeholders?.length);
    if (!fix || fix.edits.length === 0) continue;
    if (fix.edits.some(({ span: { start, end } }) => taken.subarray(start, end + 1).includes(1))) continue;
    chosen.push(fix);
    for (const { span } of fix.edits) taken.fill(1, span.start, span.end + 1);
  }
  return chosen;
}

/** The smallest single edit that turns one text into another. */
function difference(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { span: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
