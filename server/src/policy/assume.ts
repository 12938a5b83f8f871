import { matchesWildcard, wildcardsOverlap } from '../base/wildcard.ts';
import type { Statement } from './model.ts';

/** The actions of a role trust policy, in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const ASSUME_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:assumeroot',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
]);

/** Can an action, or a pattern, stand for one of a trust policy? */
export function mayAssume(action: string): boolean {
  const text = action.toLowerCase();
  return [...ASSUME_ACTIONS].some((one) => wildcardsOverlap(text, one));
}

/** Does a statement name an action, spelled out or by a wildcard? Unknown where a template fills in an action. */
export function namesAction({ actions }: Statement, action: string): 'yes' | 'no' | 'unknown' {
  const patterns = actions.flatMap(({ entries }) => entries.map(({ pattern }) => pattern));
  const negated = actions.some((block) => block.negated);
  if (patterns.some(({ text }) => matchesWildcard(text, action, { ignoreCase: true }))) return negated ? 'no' : 'yes';
  if (patterns.some(({ hole }) => hole)) return 'unknown';
  return negated ? 'yes' : 'no';
}
