import type { ConditionKey, ConditionKeyType } from '../catalogue/types.ts';

/** A condition operator taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface ConditionOperator {
  readonly text: string;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** The canonical name, such as `StringLike`; undefined when there is no such operator. */
  readonly name: OperatorName | undefined;
  /** The operator as written, without qualifier and suffix. */
  readonly written: string;
  readonly ifExists: boolean;
  readonly family: OperatorFamily | undefined;
  readonly negated: boolean;
  /** True when the spelling differs from AWS's in letter case only. */
  readonly miscased: boolean;
}

export type OperatorFamily = 'String' | 'Numeric' | 'Date' | 'Bool' | 'Binary' | 'IpAddress' | 'Arn' | 'Null';

/** The operators of the IAM language. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const OPERATORS = {
  StringEquals: { family: 'String', negated: false },
  StringNotEquals: { family: 'String', negated: true },
  StringEqualsIgnoreCase: { family: 'String', negated: false },
  StringNotEqualsIgnoreCase: { family: 'String', negated: true },
  StringLike: { family: 'String', negated: false },
  StringNotLike: { family: 'String', negated: true },
  NumericEquals: { family: 'Numeric', negated: false },
  NumericNotEquals: { family: 'Numeric', negated: true },
  NumericLessThan: { family: 'Numeric', negated: false },
  NumericLessThanEquals: { family: 'Numeric', negated: false },
  NumericGreaterThan: { family: 'Numeric', negated: false },
  NumericGreaterThanEquals: { family: 'Numeric', negated: false },
  DateEquals: { family: 'Date', negated: false },
  DateNotEquals: { family: 'Date', negated: true },
  DateLessThan: { family: 'Date', negated: false },
  DateLessThanEquals: { family: 'Date', negated: false },
  DateGreaterThan: { family: 'Date', negated: false },
  DateGreaterThanEquals: { family: 'Date', negated: false },
  Bool: { family: 'Bool', negated: false },
  BinaryEquals: { family: 'Binary', negated: false },
  IpAddress: { family: 'IpAddress', negated: false },
  NotIpAddress: { family: 'IpAddress', negated: true },
  ArnEquals: { family: 'Arn', negated: false },
  ArnLike: { family: 'Arn', negated: false },
  ArnNotEquals: { family: 'Arn', negated: true },
  ArnNotLike: { family: 'Arn', negated: true },
  Null: { family: 'Null', negated: false },
} as const satisfies Record<string, { readonly family: OperatorFamily; readonly negated: boolean }>;

export type OperatorName = keyof typeof OPERATORS;

const BY_LOWER = new Map(Object.keys(OPERATORS).map((name) => [name.toLowerCase(), name as OperatorName]));

export function parseOperator(text: string): ConditionOperator {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/i.exec(text);
  const written = parts?.[2] ?? text;
  const name = BY_LOWER.get(written.toLowerCase());
  const qualifier = parts?.[1];
  const set = qualifier && (qualifier.toLowerCase() === 'forallvalues' ? 'ForAllValues' : 'ForAnyValue');
  const suffix = parts?.[3];
  const canonical = name && `${set ? `${set}:` : ''}${name}${suffix ? 'IfExists' : ''}`;
  return {
    text,
    set: set || undefined,
    name,
    written,
    ifExists: suffix !== undefined,
    family: name && OPERATORS[name].family,
    negated: name ? OPERATORS[name].negated : false,
    miscased: canonical !== undefined && canonical !== text,
  };
}

/**
 * Whether a request that lacks the key meets the condition; Null apart, which asks for just that.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function holdsWithoutKey({ set, ifExists, negated }: ConditionOperator): boolean {
  return ifExists || set === 'ForAllValues' || (negated && set !== 'ForAnyValue');
}

/** The families of operators that suit a type of condition key; the first is the natural one. `Null` suits every type.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const FAMILIES = {
  String: ['String'],
  ARN: ['Arn', 'String'],
  Bool: ['Bool'],
  Numeric: ['Numeric'],
  Date: ['Date'],
  IPAddress: ['IpAddress'],
  Binary: ['Binary'],
} as const satisfies Record<ConditionKeyType, readonly OperatorFamily[]>;

type TypedKey = Pick<ConditionKey, 'type' | 'alsoType' | 'multivalued'>;

/** The families of operators that suit a key. */
export function familiesFor({ type, alsoType }: TypedKey): readonly OperatorFamily[] {
  return alsoType ? [...FAMILIES[type], ...FAMILIES[alsoType]] : FAMILIES[type];
}

/** The operator to start with for a key: `StringEquals`, or `ForAnyValue:StringEquals` where it holds many values. */
export function operatorFor(key: TypedKey): string {
  const family = familiesFor(key)[0] ?? 'String';
  return `${key.multivalued ? 'ForAnyValue:' : ''}${POSITIVE[family].equal}`;
}

const POSITIVE = {
  String: { equal: 'StringEquals', not: 'StringNotEquals' },
  Numeric: { equal: 'NumericEquals', not: 'NumericNotEquals' },
  Date: { equal: 'DateEquals', not: 'DateNotEquals' },
  Bool: { equal: 'Bool', not: undefined },
  Binary: { equal: 'BinaryEquals', not: undefined },
  IpAddress: { equal: 'IpAddress', not: 'NotIpAddress' },
  Arn: { equal: 'ArnLike', not: 'ArnNotLike' },
  Null: { equal: 'Null', not: undefined },
} as const satisfies Record<OperatorFamily, { readonly equal: OperatorName; readonly not: OperatorName | undefined }>;

/** The operator of another family that asks the same question, if there is one: `StringNotEquals` as IP `NotIpAddress`. */
export function translateOperator(operator: ConditionOperator, family: OperatorFamily): OperatorName | undefined {
  if (!operator.name) return undefined;
  const comparison = /(LessThan|GreaterThan)(Equals)?$/.exec(operator.name)?.[0];
  if (comparison) {
    return family === 'Numeric' || family === 'Date' ? (`${family}${comparison}` as OperatorName) : undefined;
  }
  if (family === 'String' && operator.family === 'Arn') return operator.negated ? 'StringNotLike' : 'StringLike';
  return operator.negated ? POSITIVE[family].not : POSITIVE[family].equal;
}

/** The text of an operator with its qualifier and suffix. */
export function spellOperator({
  set,
  name,
  ifExists,
}: {
  readonly set?: ConditionOperator['set'];
  readonly name: OperatorName;
  readonly ifExists: boolean;
}): string {
  return `${set ? `${set}:` : ''}${name}${ifExists ? 'IfExists' : ''}`;
}
