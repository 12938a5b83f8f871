import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCases } from '../harness/cases.ts';
import { unmark } from '../harness/markers.ts';
import { POLICIES } from './texts.ts';

const TEST = join(__dirname, '..');
const EXAMPLES = join(__dirname, '../../examples');

/** Every policy that stands in the repository as such: the examples, the cases of all rules, those of these tests. */
export function readFixtures(): readonly string[] {
  const examples = readdirSync(EXAMPLES, { recursive: true })
    .map(String)
    .filter((name) => /\.jsonc?$/.test(name))
    .sort()
    .map((name) => readFileSync(join(EXAMPLES, name), 'utf8'));
  const cases = readdirSync(join(TEST, 'rules'))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => readCases(join(TEST, 'rules', name)).map(({ marked }) => unmark(marked)));
  return [...POLICIES, ...examples, ...new Set(cases)];
}

/** All that comes of cutting a text off somewhere, then of leaving out one of its characters; in this order. */
export interface Variants {
  readonly count: number;
  at(index: number): string;
}

/** Of many texts, one after the other. */
export function variantsOf(texts: readonly string[]): Variants {
  const firsts: number[] = [];
  let count = 0;
  for (const text of texts) {
    firsts.push(count);
    count += 2 * text.length;
  }
  return {
    count,
    at(index) {
      const which = firsts.findLastIndex((first) => first <= index);
      const text = texts[which] ?? '';
      const at = index - (firsts[which] ?? 0);
      return at < text.length ? text.slice(0, at) : text.slice(0, at - text.length) + text.slice(at - text.length + 1);
    },
  };
}
