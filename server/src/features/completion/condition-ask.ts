import type { ConditionKey } from '../../catalogue/types.ts';
import type { ConditionOperator } from '../../policy/condition.ts';
import type { CompletionContext } from './offer.ts';

/** What is asked: values for a key under an operator. */
export interface Ask {
  readonly context: CompletionContext;
  readonly operator: ConditionOperator;
  /** In lower case, and the part behind the prefix. */
  readonly key: string;
  readonly name: string;
  /** The key as written. */
  readonly written: string;
  readonly known: ConditionKey | undefined;
  /** The operator reads `*` as a wildcard. */
  readonly patterns: boolean;
}

/** A value, with a word on it. */
export interface Value {
  readonly value: string;
  readonly detail?: string;
}
