import { nearest } from '../catalogue/suggest.ts';
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

/**
 * Keys that AWS's own policies use and Access Analyzer accepts, although no reference lists them.
 * Seen in the managed policy AWSSSOServiceRolePolicy.
 */
const UNLISTED: ReadonlySet<string> = new Set(['aws:principalorgmasteraccountid']);

/** True for a key that is in no reference but known to be real. */
export function isUnlistedKey(key: string): boolean {
  return UNLISTED.has(key.toLowerCase());
}

/** The key that is nearest; behind a slash stands a name of the user's own, which is kept. */
export function nearestKey(key: string, candidates: () => readonly string[]): string | undefined {
  const slash = key.indexOf('/');
  if (slash < 0)
    return nearest(
      key,
      candidates().filter((name) => !name.includes('${')),
    );
  const families = candidates().flatMap((name) => /^(.*)\/\$\{[^}]*\}$/.exec(name)?.[1] ?? []);
  const family = nearest(key.slice(0, slash), families);
  return family && `${family}${key.slice(slash)}`;
}
