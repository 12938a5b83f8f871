import { overlaps, type Span } from '../../base/span.ts';
import { wildcardCovers } from '../../base/wildcard.ts';
import { stripWhitespace } from '../../catalogue/quotas.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedFile } from '../../lint/analyze.ts';
import type { ActionBlock, ActionEntry, PolicyView } from '../../policy/model.ts';
import { scopeProposals } from '../../policy/scope.ts';
import type { Fix } from '../../rules/define.ts';
import { createJsonWriter, type Writer } from '../../syntax/json-writer.ts';

/** Longer lists than this are nothing to read, nor quick to make. */
const MOST_ACTIONS = 150;
const MOST_ENTRIES = 2_000;

/**
 * Ways to rewrite what stands at a span where nothing is wrong. On a Resource: name less than everything. On an Action:
 * spell a wildcard out, or draw actions together. On the opening brace: take out white space.
 */
export function offerRewrites(file: AnalyzedFile, span: Span, catalogue: Catalogue): readonly Fix[] {
  const fixes: Fix[] = [];
  const write = createJsonWriter(file.tree);
  for (const { view } of file.policies) {
    if (!overlaps(view.node.span, span)) continue;
    fixes.push(...offerMinify(view, span, write));
    for (const statement of view.statements) {
      if (!overlaps(statement.node.span, span)) continue;
      for (const block of statement.actions) {
        if (overlaps(block.member.span, span)) fixes.push(...offerActions(block, span, catalogue, write));
      }
      if (!statement.resources.some(({ member }) => overlaps(member.span, span))) continue;
      fixes.push(...scopeProposals(view, statement, catalogue, write));
    }
  }
  return fixes;
}

function offerMinify({ tree, node }: PolicyView, span: Span, write: Writer): readonly Fix[] {
  const { start } = node.span;
  // What stands in comments would be lost, and a text that does not parse has no one reading.
  if (!overlaps({ start, end: start + 1 }, span) || tree.problems.length > 0 || tree.dialect !== 'json') return [];
  const text = tree.text.slice(start, node.span.end);
  const short = stripWhitespace(text);
  if (short.length === text.length) return [];
  const title = `Minify the policy: ${format(short.length)} instead of ${format(text.length)} characters`;
  return [{ title, effect: 'equivalent', edits: write.replaceSpan(node.span, short) }];
}

function offerActions(block: ActionBlock, span: Span, catalogue: Catalogue, write: Writer): readonly Fix[] {
  const { value } = block.member;
  if (!value || block.entries.length > MOST_ENTRIES) return [];
  const fixes: Fix[] = [];
  for (const entry of block.entries) {
    if (!overlaps(entry.node.span, span)) continue;
    const actions = expandEntry(entry, block.entries, catalogue);
    if (actions.length === 0) continue;
    const many = actions.length === 1 ? 'the one action it matches' : `the ${actions.length} actions it matches`;
    fixes.push({
      title: `Replace '${entry.node.value}' by ${many} today`,
      effect: 'equivalent',
      edits: write.replaceInOneOrMany(value, entry.node, actions),
    });
  }
  const collapsed = collapseEntries(block.entries, catalogue);
  if (collapsed && value.type === 'array' && value.items.length === block.entries.length) {
    const [only] = collapsed;
    const list = collapsed.length === 1 && only !== undefined ? only : collapsed;
    fixes.push({
      title: `Draw ${block.entries.length} actions together into ${collapsed.length} with wildcards`,
      effect: 'equivalent',
      edits: write.replace(value, list),
    });
  }
  return fixes;
}

/** The actions that a pattern matches and no other entry does; empty where it is no pattern, or matches too many. */
function expandEntry(entry: ActionEntry, entries: readonly ActionEntry[], catalogue: Catalogue): readonly string[] {
  const { pattern } = entry;
  if (!pattern.wildcard || pattern.wildcardInPrefix || pattern.hole || pattern.everything) return [];
  const actions = catalogue.expandAction(pattern.text);
  if (actions.length > MOST_ACTIONS) return [];
  const others = entries.filter((one) => one !== entry).map((one) => one.pattern.text.toLowerCase());
  return actions.filter((action) => !others.some((other) => wildcardCovers(other, action.toLowerCase())));
}

/**
 * Fewer entries that match the same actions as of today: `s3:GetObject*` for all actions of that beginning, if all of them
 * are there. Undefined when nothing becomes shorter. Entries of unknown services and stand-ins stay as they are.
 */
export function collapseEntries(entries: readonly ActionEntry[], catalogue: Catalogue): readonly string[] | undefined {
  if (entries.some(({ pattern }) => pattern.everything || pattern.wildcardInPrefix)) return undefined;
  const wider = new Map<ActionEntry, string>();
  for (const [prefix, own] of groupByService(entries)) {
    const all = [...(catalogue.service(prefix)?.actions.values() ?? [])].map(({ name }) => name);
    const named = new Set(own.flatMap(({ pattern }) => catalogue.expandAction(pattern.text)).map(nameOf));
    for (const head of findHeads(all, named)) {
      const pattern = `${prefix}:${head}*`;
      const inside = own.filter((entry) => wildcardCovers(pattern.toLowerCase(), entry.pattern.text.toLowerCase()));
      if (inside.length < 2) continue;
      for (const entry of inside) wider.set(entry, pattern);
    }
  }
  const collapsed = [...new Set(entries.map((entry) => wider.get(entry) ?? entry.node.value))];
  return wider.size > 0 && collapsed.length < entries.length ? collapsed : undefined;
}

function groupByService(entries: readonly ActionEntry[]): ReadonlyMap<string, readonly ActionEntry[]> {
  const groups = new Map<string, ActionEntry[]>();
  for (const entry of entries) {
    if (entry.pattern.hole || entry.pattern.prefix === '') continue;
    const prefix = entry.pattern.prefix.toLowerCase();
    groups.set(prefix, [...(groups.get(prefix) ?? []), entry]);
  }
  return groups;
}

/** The shortest beginnings, ending with a word, of which all actions are named; none is the beginning of another. */
function findHeads(all: readonly string[], named: ReadonlySet<string>): readonly string[] {
  const unnamed = all.filter((name) => !named.has(name)).map((name) => name.toLowerCase());
  const judged = new Map<string, boolean>();
  const isWhole = (head: string): boolean => {
    const known = judged.get(head);
    if (known !== undefined) return known;
    const whole = !unnamed.some((name) => name.startsWith(head.toLowerCase()));
    judged.set(head, whole);
    return whole;
  };
  return [...new Set([...named].flatMap((name) => headsOf(name).find(isWhole) ?? []))];
}

/** `Get`, `GetObject`, `GetObjectTagging` for the last of them. All of a service is more than anyone would mean. */
function headsOf(name: string): readonly string[] {
  const ends = [...name.matchAll(/[a-z0-9](?=[A-Z])/g)].map(({ index }) => name.slice(0, index + 1));
  return [...ends, name];
}

function nameOf(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
