import { nearest } from '../catalogue/suggest.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { findVariables, type PolicyVariable } from './variable.ts';

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
 * Keys that are real although no reference lists them: one that AWS's own policy AWSSSOServiceRolePolicy uses, and the
 * predecessor of aws:PrincipalArn.
 */
const UNLISTED: ReadonlySet<string> = new Set(['aws:principalorgmasteraccountid', 'aws:arn']);

/** True for a key that is in no reference but known to be real. */
export function isUnlistedKey(key: string): boolean {
  return UNLISTED.has(key.toLowerCase());
}

/**
 * True when a `${…}` can only be a policy variable: it names a known condition key. Other languages have stand-ins with
 * a colon as well, such as `${aws:accountId}`.
 */
export function isPolicyVariable({ key, escape: literal }: PolicyVariable, catalogue: Catalogue): boolean {
  return !literal && catalogue.conditionKey(key) !== undefined;
}

/** True when a text holds what can only be a policy variable. */
export function holdsPolicyVariable(text: string, catalogue: Catalogue): boolean {
  return findVariables(text).some((variable) => isPolicyVariable(variable, catalogue));
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
