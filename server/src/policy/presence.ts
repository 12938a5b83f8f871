import type { Catalogue } from '../catalogue/types.ts';
import { holdsWithoutKey } from './condition.ts';
import type { ConditionClause } from './model.ts';

/**
 * What a condition with a `*` for a value really asks: that the request carries the key, that it does not, or nothing
 * (always met) or too much (never met).
 */
export type Presence = 'present' | 'absent' | 'always' | 'never';

/**
 * Undefined for a condition that asks about the value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function readPresence(
  { operator, key, values }: ConditionClause,
  catalogue: Pick<Catalogue, 'conditionKey'>,
): Presence | undefined {
  const { name, family, negated } = operator;
  if (!(family === 'Arn' || name === 'StringLike' || name === 'StringNotLike')) return undefined;
  const wide = family === 'Arn' ? /^(?:\*+|arn:\*:\*:\*:\*:\*)$/ : /^\*+$/;
  if (!values.some(({ node, text }) => node.type === 'string' && wide.test(text))) return undefined;
  const known = catalogue.conditionKey(key);
  const everywhere = known?.present === IN_EVERY_REQUEST;
  // Every value of the request matches `*`; the question is what is said of none.
  const ifMissing = holdsWithoutKey(operator);
  if (negated) return ifMissing && !everywhere ? 'absent' : 'never';
  return ifMissing || everywhere ? 'always' : 'present';
}

/** As the catalogue words it. */
const IN_EVERY_REQUEST = 'In every request.';
