import { overlaps } from '../../base/span.ts';
import { compileWildcard } from '../../base/wildcard.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { ActionEntry } from '../../policy/model.ts';
import type { Placed } from '../../syntax/json-arrange.ts';
import type { WritableValue } from '../../syntax/json-writer.ts';
import { count, isWhole, type Rewrite, rewrite, type StatementPlace, staysInQuota } from './define.ts';

/** Longer lists than this are nothing to read, nor quick to make. */
const MOST_ACTIONS = 150;
const MOST_ENTRIES = 2_000;
const MOST_WILDCARDS = 40;

/** Spells the wildcard at the span out, and all wildcards of the element. */
export function offerExpand(place: StatementPlace): readonly Rewrite[] {
  const { policy, statement, span, catalogue, write, tree } = place;
  // AWS refuses most of what a pattern matches in a trust policy.
  if (policy.classification.kind === 'trust') return [];
  const offers: Rewrite[] = [];
  for (const { member, entries } of statement.actions) {
    const { value } = member;
    if (!value || !overlaps(member.span, span) || entries.length > MOST_ENTRIES) continue;
    const wild = entries.filter(isExpandable);
    for (const entry of wild) {
      if (!overlaps(entry.node.span, span)) continue;
      const others = entries.filter((one) => one !== entry);
      const actions = expand([entry], others, catalogue).get(entry) ?? [];
      if (actions.length === 0) continue;
      const title = `Replace '${entry.node.value}' by ${actions.length === 1 ? 'the one action it matches' : `the ${actions.length} actions it matches`} today`;
      const edits = write.replaceInOneOrMany(value, entry.node, actions);
      if (staysInQuota(place, edits)) offers.push(rewrite(title, 'equivalent', () => edits, { kind: 'inline' }));
    }
    if (value.type !== 'array' || value.items.length !== entries.length || !isWhole(tree, value.span)) continue;
    if (wild.length < 2 || wild.length > MOST_WILDCARDS) continue;
    const rest = entries.filter((entry) => !wild.includes(entry));
    const all = expand(wild, rest, catalogue);
    // A pattern that matches nothing, or too much, stays.
    const spelled = wild.filter((entry) => all.has(entry));
    const total = [...all.values()].reduce((sum, actions) => sum + actions.length, 0);
    if (spelled.length < 2 || total === 0 || total > MOST_ACTIONS) continue;
    const which = spelled.length === wild.length ? `all ${wild.length}` : spelled.length;
    const title = `Replace ${which} wildcards by the ${count(total, 'action')} they match today`;
    const plan = entries.map((entry, child): Placed<WritableValue> => {
      const actions = all.get(entry);
      return actions ? { child, ...(actions.length > 0 ? { values: actions } : { gone: true }) } : { child };
    });
    const edits = write.arrange(value, plan);
    if (staysInQuota(place, edits)) offers.push(rewrite(title, 'equivalent', () => edits, { kind: 'inline' }));
  }
  return offers;
}

function isExpandable({ pattern }: ActionEntry): boolean {
  return pattern.wildcard && !pattern.wildcardInPrefix && !pattern.hole && !pattern.everything;
}

/** The actions that each of some patterns matches, those left out that another entry names, or one before it matches. */
function expand(
  wild: readonly ActionEntry[],
  rest: readonly ActionEntry[],
  catalogue: Catalogue,
): ReadonlyMap<ActionEntry, readonly string[]> {
  const named = rest.map(({ pattern }) =>
    compileWildcard(pattern.everything ? '*' : pattern.text, { ignoreCase: true }),
  );
  const matched = wild.map((entry) => ({ entry, actions: catalogue.expandAction(entry.pattern.text) }));
  const left = matched.filter(({ actions }) => actions.length === 0 || actions.length > MOST_ACTIONS);
  for (const { entry } of left) named.push(compileWildcard(entry.pattern.text, { ignoreCase: true }));
  const seen = new Set<string>();
  const all = new Map<ActionEntry, readonly string[]>();
  for (const { entry, actions } of matched) {
    if (actions.length === 0 || actions.length > MOST_ACTIONS) continue;
    const fresh = actions.filter((action) => !seen.has(action) && !named.some((names) => names(action)));
    for (const action of fresh) seen.add(action);
    all.set(entry, fresh);
  }
  return all;
}
