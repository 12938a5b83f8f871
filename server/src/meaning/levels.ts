import { joinWords, sayNumber } from '../base/words.ts';
import type { AccessLevel, Catalogue } from '../catalogue/types.ts';
import type { ActionEntry, Statement } from '../policy/model.ts';

/** The access levels, those that can do most harm first. */
export const LEVELS = [
  'Permissions management',
  'Write',
  'Tagging',
  'Read',
  'List',
] as const satisfies readonly AccessLevel[];

/** Actions of one access level, as ids. */
export interface LevelGroup {
  readonly level: AccessLevel;
  readonly ids: readonly string[];
}

/** More actions than this are not looked up one by one: their services would all have to be opened. */
const MOST_ACTIONS = 3000;

/** The actions of a list by access level, the riskiest first; undefined when they are too many to look at each. */
export function groupByLevel(ids: readonly string[], catalogue: Catalogue): readonly LevelGroup[] | undefined {
  if (ids.length > MOST_ACTIONS) return undefined;
  const groups = new Map<AccessLevel, string[]>(LEVELS.map((level) => [level, []]));
  for (const id of ids) {
    const colon = id.indexOf(':');
    const action = catalogue.action(id.slice(0, colon), id.slice(colon + 1));
    if (action) groups.get(action.level)?.push(action.id);
  }
  return [...groups].flatMap(([level, list]) => (list.length > 0 ? [{ level, ids: list }] : []));
}

/** "2 Permissions management, 20 Write and 3 Read". */
export function sayLevels(groups: readonly LevelGroup[]): string {
  return joinWords(groups.map(({ level, ids }) => `${sayNumber(ids.length)} ${level}`));
}

/** Which actions a list of patterns comes to. */
export interface NamedActions {
  /** Canonical ids, each once, in the order in which they are named. */
  readonly ids: readonly string[];
  /** Some pattern is filled in later, or names nothing in the data: there may be more. */
  readonly open: boolean;
}

/** The actions that one entry stands for, as ids; none for what a template fills in, or nobody knows. */
function matchesOf({ pattern }: ActionEntry, catalogue: Catalogue): readonly string[] {
  if (pattern.hole) return [];
  if (pattern.wildcard) return catalogue.expandAction(pattern.text);
  const action = catalogue.action(pattern.prefix, pattern.name);
  return action ? [action.id] : [];
}

/** All that some entries stand for, each action once. */
export function idsOf(entries: readonly ActionEntry[], catalogue: Catalogue): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => matchesOf(entry, catalogue)));
}

/** Services in which the actions of one pattern are looked up; each has to be opened. */
const MOST_SERVICES = 30;

/** `*:Get*`: a pattern that matches actions of so many services that they are only counted. */
export function isScattered({ pattern }: ActionEntry, catalogue: Pick<Catalogue, 'expandAction'>): boolean {
  return pattern.wildcardInPrefix && countServices(catalogue.expandAction(pattern.text)) > MOST_SERVICES;
}

/** How many services the actions are of. @param ids each with its prefix */
export function countServices(ids: readonly string[]): number {
  return new Set(ids.map((id) => id.slice(0, id.indexOf(':')))).size;
}

/** Patterns that are followed; a statement of more is not counted. */
const MOST_PATTERNS = 2000;

/** The actions that entries name; undefined for `*`, which is all, and for more than can be followed. */
export function namedActions(entries: readonly ActionEntry[], catalogue: Catalogue): NamedActions | undefined {
  if (entries.length > MOST_PATTERNS) return undefined;
  const ids = new Set<string>();
  let open = false;
  for (const entry of entries) {
    if (entry.pattern.everything || isScattered(entry, catalogue)) return undefined;
    const found = matchesOf(entry, catalogue);
    if (found.length === 0) open = true;
    for (const id of found) ids.add(id);
    if (ids.size > MOST_ACTIONS) return undefined;
  }
  return { ids: [...ids], open };
}

/** The actions that a statement names, whether to allow, to deny or to spare them. */
export function actionsOf(statement: Statement, catalogue: Catalogue): NamedActions | undefined {
  return namedActions(
    statement.actions.flatMap(({ entries }) => entries),
    catalogue,
  );
}
