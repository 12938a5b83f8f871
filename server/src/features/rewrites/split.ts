import { joinWords } from '../../base/words.ts';
import type { ResourceType } from '../../catalogue/types.ts';
import { nameService } from '../../meaning/services.ts';
import type { ActionEntry, ResourceEntry } from '../../policy/model.ts';
import { matchesResourceType, nameType, readResource, typesOfResource } from '../../policy/resource-type.ts';
import { actionsOf } from '../../policy/scope.ts';
import { type SplitPart, splitStatement } from '../../policy/split.ts';
import { isWhole, type Rewrite, readPlain, rewrite, type StatementPlace, staysInQuota } from './define.ts';

const MOST_PARTS = 8;
const MOST_ENTRIES = 200;
const MOST_RESOURCES = 40;

/** Some of a statement's actions, and which of its resources they can work on (by index). */
interface Group {
  readonly entries: readonly ActionEntry[];
  readonly resources: ReadonlySet<number>;
  /** For the Sid. */
  readonly label: string;
}

/**
 * Splits a statement in two ways that keep access: by service, or by which of its resources the actions work on. Each
 * part keeps the conditions and principals. A resource is only left out of a part when no action of the part can work on
 * it.
 * @param only one of the ways; both when left out
 */
export function offerSplit(place: StatementPlace, only?: 'service' | 'resource'): readonly Rewrite[] {
  const { view, statement, catalogue, write, tree } = place;
  const plain = readPlain(statement);
  if (!plain || plain.action.negated || !isWhole(tree, statement.node.span)) return [];
  const { entries } = plain.action;
  const resources = plain.resource && !plain.resource.negated ? plain.resource.entries : [];
  if (entries.length < 2 || entries.length > MOST_ENTRIES || resources.length > MOST_RESOURCES) return [];
  if (entries.some(({ pattern }) => pattern.prefix === '' || pattern.wildcardInPrefix)) return [];

  const offer = (title: string, groups: readonly Group[]): readonly Rewrite[] => {
    if (groups.length < 2 || groups.length > MOST_PARTS) return [];
    const parts = groups.map((group, index): SplitPart => {
      return {
        actions: group.entries.map(({ node }) => node.value),
        resources: resources.filter((_, at) => group.resources.has(at)).map(({ text }) => text),
        label: index === 0 ? '' : group.label,
      };
    });
    const edits = splitStatement(view, statement, parts, write);
    if (!edits || edits.length === 0 || !staysInQuota(place, edits)) return [];
    return [rewrite(title, 'equivalent', () => edits)];
  };
  const uses = findUses(place, entries, resources);
  const offers: Rewrite[] = [];
  if (only !== 'service') {
    const groups = groupByResources(place, entries, resources, uses);
    offers.push(...offer(`Split into ${groups.length} statements by the resources that actions work on`, groups));
  }
  if (only !== 'resource') {
    const groups = groupByService(place, entries, resources, uses);
    const names = groups.map(({ entries: [first] }) => nameService(first?.pattern.prefix ?? '', catalogue));
    offers.push(...offer(`Split into ${groups.length} statements by service: ${joinWords(names, 'and', 4)}`, groups));
  }
  return offers;
}

/** For each entry the indexes of the resources that its actions can work on; all where that is not known. */
function findUses(
  { catalogue }: StatementPlace,
  entries: readonly ActionEntry[],
  resources: readonly ResourceEntry[],
): ReadonlyMap<ActionEntry, ReadonlySet<number>> {
  const all = new Set(resources.keys());
  const shapes = resources.map(({ text }) => readResource(text, catalogue));
  // Of a resource that is of no kind the reference lists, nobody can say which actions work on it.
  const open = new Set<number>();
  for (const [index, shape] of shapes.entries()) {
    const unlisted = shape?.reach === 'part' && typesOfResource(shape, catalogue).length === 0;
    if (!shape || shape.hole || shape.reach === 'all' || unlisted) open.add(index);
  }
  const matches = new Map<ResourceType, readonly number[]>();
  const matchesOf = (type: ResourceType): readonly number[] => {
    const known = matches.get(type);
    if (known) return known;
    const found = shapes.flatMap((shape, index) =>
      shape && !open.has(index) && matchesResourceType(shape, type, catalogue) !== 'no' ? [index] : [],
    );
    matches.set(type, found);
    return found;
  };
  const findOne = (entry: ActionEntry): ReadonlySet<number> => {
    const actions = actionsOf(entry, catalogue);
    if (actions.length === 0 || open.size === all.size) return all;
    const used = new Set(open);
    for (const { resourceTypes, scenarioDependent } of actions) {
      if (scenarioDependent || resourceTypes.length === 0) return all;
      for (const { type } of resourceTypes) for (const index of matchesOf(type)) used.add(index);
      if (used.size === all.size) break;
    }
    return used.size === 0 ? all : used;
  };
  return new Map(entries.map((entry) => [entry, findOne(entry)]));
}

function groupByResources(
  { catalogue }: StatementPlace,
  entries: readonly ActionEntry[],
  resources: readonly ResourceEntry[],
  uses: ReadonlyMap<ActionEntry, ReadonlySet<number>>,
): readonly Group[] {
  const groups = groupBy(entries, (entry) => [...(uses.get(entry) ?? [])].sort((a, b) => a - b).join());
  const nameOf = (index: number | undefined): string => {
    const shape = index === undefined ? undefined : readResource(resources[index]?.text ?? '', catalogue);
    const [type] = shape ? typesOfResource(shape, catalogue) : [];
    return type ? nameType(type) : 'Other';
  };
  const parts = groups.map((own): Group => {
    const [first] = own;
    const used = (first && uses.get(first)) ?? new Set<number>();
    const name = used.size === resources.length ? 'Other' : nameOf([...used][0]);
    return { entries: own, resources: used, label: toLabel(name) };
  });
  return keepIdle(parts, resources);
}

function groupByService(
  { catalogue }: StatementPlace,
  entries: readonly ActionEntry[],
  resources: readonly ResourceEntry[],
  uses: ReadonlyMap<ActionEntry, ReadonlySet<number>>,
): readonly Group[] {
  const groups = groupBy(entries, ({ pattern }) => pattern.prefix.toLowerCase()).map((own): Group => {
    const prefix = own[0]?.pattern.prefix.toLowerCase() ?? '';
    const used = new Set(own.flatMap((entry) => [...(uses.get(entry) ?? [])]));
    for (const [index, { arn }] of resources.entries()) if (arn?.service.text === prefix) used.add(index);
    return { entries: own, resources: used, label: toLabel(nameService(prefix, catalogue)) };
  });
  return keepIdle(groups, resources);
}

/** What no part works on is no business of ours: it stays in all of them. */
function keepIdle(groups: readonly Group[], resources: readonly ResourceEntry[]): readonly Group[] {
  const used = new Set(groups.flatMap((group) => [...group.resources]));
  const idle = [...resources.keys()].filter((index) => !used.has(index));
  return groups.map((group) => ({ ...group, resources: new Set([...group.resources, ...idle]) }));
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    groups.set(keyOf(item), group);
    group.push(item);
  }
  return [...groups.values()];
}

/** `Security Token Service` as `SecurityTokenService`. */
function toLabel(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(Boolean);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
