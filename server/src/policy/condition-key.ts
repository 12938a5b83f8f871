import type { Catalogue } from '../catalogue/types.ts';

/** What a fix writes for the name that a key lacks. */
export const MISSING_TAG = '<name>';

/**
 * For a key that stops where a name should follow, such as `aws:ResourceTag` or `aws:ResourceTag/`: the part before the
 * slash as AWS spells it. Undefined for every other key.
 */
export function tagFamilyOf(key: string, catalogue: Pick<Catalogue, 'conditionKey'>): string | undefined {
  const family = key.replace(/\/$/, '');
  if (catalogue.conditionKey(family)) return undefined;
  const known = catalogue.conditionKey(`${family}/x`)?.name ?? '';
  const template = /^(.*)\/\$\{[^}]*\}$/.exec(known)?.[1];
  return template?.toLowerCase() === family.toLowerCase() ? template : undefined;
}
