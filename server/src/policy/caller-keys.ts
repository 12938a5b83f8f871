import { holdsWithoutKey } from './condition.ts';
import type { ConditionClause } from './model.ts';

/**
 * Condition keys by who brings them. A person or role that calls has the `aws:Principal…` keys; an AWS service that calls
 * in its own name (as a service principal) has none of them, but says for which resource it works by the `aws:Source…`
 * keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

const SERVICE_NAME_KEYS: ReadonlySet<string> = new Set(['aws:principalservicename', 'aws:principalservicenameslist']);

const IDENTITY_KEYS: ReadonlySet<string> = new Set([
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principaltype',
  'aws:userid',
  'aws:username',
]);

/** Does the key say for which resource, account or organization a service calls? */
export function isSourceKey(key: string): boolean {
  return SOURCE_KEYS.has(key.toLowerCase());
}

/** Does the key name the service that calls in its own name? */
export function isServiceNameKey(key: string): boolean {
  return SERVICE_NAME_KEYS.has(key.toLowerCase());
}

/** Does the key describe a person or role, so that a service that calls in its own name lacks it? */
export function isIdentityKey(key: string): boolean {
  const lower = key.toLowerCase();
  return IDENTITY_KEYS.has(lower) || lower.startsWith('aws:principaltag/');
}

/** True when a request must have the key for the condition to be met. */
export function needsKey({ operator, values }: ConditionClause): boolean {
  if (operator.family === 'Null') return values.length > 0 && values.every(({ text }) => /^false$/i.test(text));
  return !holdsWithoutKey(operator);
}
