import type { Action } from '../catalogue/types.ts';

/** The condition keys that an action takes on any of its resources, as templates in lower case. */
export function keysOfAction(action: Action): ReadonlySet<string> {
  const known = KEYS.get(action);
  if (known) return known;
  const keys = new Set<string>();
  const add = (names: readonly string[]) => {
    for (const name of names) keys.add(name.toLowerCase());
  };
  add(action.conditionKeys);
  for (const { type, conditionKeys } of action.resourceTypes) {
    add(conditionKeys);
    add(type.conditionKeys);
  }
  KEYS.set(action, keys);
  return keys;
}

const KEYS = new WeakMap<Action, ReadonlySet<string>>();
