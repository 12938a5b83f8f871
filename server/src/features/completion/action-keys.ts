import type { Action, Catalogue, ResourceType } from '../../catalogue/types.ts';
import type { Statement } from '../../policy/model.ts';
import { matchesResourceType, readResource } from '../../policy/resource-type.ts';
import { actionsOf } from '../../policy/scope.ts';
import { keysOfAction } from '../../policy/supported-keys.ts';

/** How many actions a statement names, and how many of them take each condition key. */
export interface KeyCounts {
  /** 0 where the statement does not say which actions: `*`, or NotAction. */
  readonly total: number;
  /** By the key's template in lower case. */
  readonly counts: ReadonlyMap<string, number>;
}

const MOST_RESOURCES = 20;

/** Counts the actions that take each key, on the resources that the statement names. */
export function countKeys(statement: Statement | undefined, catalogue: Catalogue): KeyCounts {
  const counts = new Map<string, number>();
  const actions = new Set<Action>();
  for (const { negated, entries } of statement?.actions ?? []) {
    if (negated || entries.some(({ pattern }) => pattern.everything || pattern.wildcardInPrefix))
      return { total: 0, counts };
    for (const entry of entries) for (const action of actionsOf(entry, catalogue)) actions.add(action);
  }
  const reaches = reachOf(statement, catalogue);
  for (const action of actions) {
    for (const key of reaches ? keysOn(action, reaches) : keysOfAction(action))
      counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { total: actions.size, counts };
}

/** The keys of an action itself, and of the resource types that are reached. */
function keysOn(action: Action, reaches: (type: ResourceType) => boolean): ReadonlySet<string> {
  const keys = new Set(action.conditionKeys.map((key) => key.toLowerCase()));
  for (const { type, conditionKeys } of action.resourceTypes) {
    if (!reaches(type)) continue;
    for (const key of conditionKeys) keys.add(key.toLowerCase());
    for (const key of type.conditionKeys) keys.add(key.toLowerCase());
  }
  return keys;
}

/** Which resource types the statement's resources can stand for; undefined where that is all of them, or not sure. */
function reachOf(
  statement: Statement | undefined,
  catalogue: Catalogue,
): ((type: ResourceType) => boolean) | undefined {
  const blocks = statement?.resources ?? [];
  const texts = blocks.flatMap(({ entries }) => entries.map(({ text }) => text));
  const shapes = texts.slice(0, MOST_RESOURCES).flatMap((text) => readResource(text, catalogue) ?? []);
  if (texts.length === 0 || shapes.length < texts.length || blocks.some(({ negated }) => negated)) return undefined;
  if (shapes.some(({ reach }) => reach === 'all')) return undefined;
  const known = new Map<ResourceType, boolean>();
  return (type) => {
    const reached = known.get(type) ?? shapes.some((shape) => matchesResourceType(shape, type, catalogue) !== 'no');
    known.set(type, reached);
    return reached;
  };
}
