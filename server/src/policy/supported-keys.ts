import { rememberEach } from '../base/remember.ts';
import type { Action } from '../catalogue/types.ts';

/** The condition keys that an action takes on any of its resources, as templates in lower case. */
export const keysOfAction = rememberEach((action: Action): ReadonlySet<string> => {
  const keys = new Set<string>();
  const add = (names: readonly string[]) => {
    for (const name of names) keys.add(name.toLowerCase());
  };
  add(action.conditionKeys);
  for (const { type, conditionKeys } of action.resourceTypes) {
    add(conditionKeys);
    add(type.conditionKeys);
  }
  return keys;
});
