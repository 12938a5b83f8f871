import { overlaps } from '../../base/span.ts';
import { wildcardCovers } from '../../base/wildcard.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { ActionEntry } from '../../policy/model.ts';
import type { Placed } from '../../syntax/json-arrange.ts';
import type { WritableValue } from '../../syntax/json-writer.ts';
import { isWhole, type Rewrite, rewrite, type StatementPlace } from './define.ts';

const MOST_ENTRIES = 2_000;

/** Draws the actions of a list together into wildcards that match nothing else today. */
export function offerCollapse({ policy, statement, span, catalogue, write, tree }: StatementPlace): readonly Rewrite[] {
  // Each action of a trust policy is a door of its own, with its own kind of principal.
  if (policy.classification.kind === 'trust') return [];
  const offers: Rewrite[] = [];
  for (const { member, entries } of statement.actions) {
    const { value } = member;
    if (value?.type !== 'array' || !overlaps(member.span, span)) continue;
    if (entries.length > MOST_ENTRIES || value.items.length !== entries.length || !isWhole(tree, value.span)) continue;
    // What a template fills in is not known.
    const known = entries.filter(({ pattern }) => !pattern.hole);
    const wider = collapse(
      known.map(({ pattern }) => pattern.text),
      catalogue,
    );
    if (wider.size === 0) continue;
    const plan = planCollapse(entries, wider);
    const left = plan.filter(({ gone }) => !gone).length;
    const title = `Draw ${entries.length} actions together into ${left} with wildcards`;
    offers.push(rewrite(title, 'equivalent', () => write.arrange(value, plan)));
  }
  return offers;
}

/** The first of those that a wildcard takes in becomes the wildcard, the others go. */
function planCollapse(entries: readonly ActionEntry[], wider: ReadonlyMap<string, string>): Placed<WritableValue>[] {
  const written = new Set<string>();
  return entries.map(({ pattern }, child) => {
    const wide = wider.get(pattern.text);
    if (wide === undefined) return { child };
    if (written.has(wide)) return { child, gone: true };
    written.add(wide);
    return { child, values: [wide] };
  });
}

/**
 * The wildcards that some action patterns can be drawn together into, by pattern: `s3:GetObject*` for all actions of that
 * beginning, if all of them are there. Empty when nothing becomes shorter. Patterns of unknown services stay as they are.
 */
export function collapse(patterns: readonly string[], catalogue: Catalogue): ReadonlyMap<string, string> {
  const wider = new Map<string, string>();
  for (const [prefix, own] of groupByService(patterns)) {
    if (own.length < 2) continue;
    const all = [...(catalogue.service(prefix)?.actions.values() ?? [])].map(({ name }) => name);
    const named = new Set(own.flatMap((pattern) => catalogue.expandAction(pattern)).map(nameOf));
    for (const head of findHeads(all, named)) {
      const wide = `${prefix}:${head}*`;
      const inside = own.filter((pattern) => wildcardCovers(wide.toLowerCase(), pattern.toLowerCase()));
      // The same in other letters is a duplicate, which needs no wildcard.
      if (new Set(inside.map((pattern) => pattern.toLowerCase())).size < 2) continue;
      for (const pattern of inside) wider.set(pattern, wide);
    }
  }
  return wider;
}

function groupByService(patterns: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const pattern of new Set(patterns)) {
    const colon = pattern.indexOf(':');
    if (colon < 1 || /[*?$<{[%@]/.test(pattern.slice(0, colon))) continue;
    const prefix = pattern.slice(0, colon).toLowerCase();
    const group = groups.get(prefix) ?? [];
    groups.set(prefix, group);
    group.push(pattern);
  }
  return groups;
}

/** The shortest beginnings, ending with a word, of which all actions are named; none is the beginning of another. */
function findHeads(all: readonly string[], named: ReadonlySet<string>): readonly string[] {
  const unnamed = all.filter((name) => !named.has(name)).map((name) => name.toLowerCase());
  unnamed.sort();
  const judged = new Map<string, boolean>();
  const isWhole = (head: string): boolean => {
    const known = judged.get(head);
    if (known !== undefined) return known;
    const whole = !firstFrom(unnamed, head.toLowerCase()).startsWith(head.toLowerCase());
    judged.set(head, whole);
    return whole;
  };
  const heads = [...new Set([...named].flatMap((name) => headsOf(name).find(isWhole) ?? []))].sort();
  // In the order of letters what begins with a head follows it.
  const shortest: string[] = [];
  for (const head of heads) {
    const before = shortest.at(-1);
    if (before === undefined || !head.startsWith(before)) shortest.push(head);
  }
  return shortest;
}

/** The first of a sorted list that is not before a text; `*`, with which no name begins, when all are. */
function firstFrom(sorted: readonly string[], text: string): string {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return sorted[low] ?? '*';
}

/** `Get`, `GetObject`, `GetObjectTagging` for the last of them. All of a service is more than anyone would mean. */
function headsOf(name: string): readonly string[] {
  const ends = [...name.matchAll(/[a-z0-9](?=[A-Z])/g)].map(({ index }) => name.slice(0, index + 1));
  return [...ends, name];
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
