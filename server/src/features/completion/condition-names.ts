import type { ConditionKey } from '../../catalogue/types.ts';
import { type ConditionOperator, OPERATORS, type OperatorFamily } from '../../policy/condition.ts';
import { actionsOf } from '../../policy/scope.ts';
import type { Completion, CompletionContext } from './offer.ts';

const OPERATOR_DETAILS: Readonly<Record<OperatorFamily, string>> = {
  String: 'compares text',
  Numeric: 'compares numbers',
  Date: 'compares dates',
  Bool: 'true or false',
  Binary: 'compares binary values',
  IpAddress: 'compares IP addresses with ranges',
  Arn: 'compares ARNs, field by field',
  Null: 'whether the key is there at all',
};

/** The operators that are not there yet. */
export function offerOperators(free: (name: string) => boolean): readonly Completion[] {
  const all = Object.entries(OPERATORS);
  const plain = all.map(([label, { family }], index) => ({ label, family, rank: index }));
  const optional = all
    .filter(([name]) => name !== 'Null')
    .map(([name, { family }], index) => ({ label: `${name}IfExists`, family, rank: 100 + index }));
  const sets = (['ForAnyValue', 'ForAllValues'] as const).flatMap((set, index) =>
    all
      .filter(([, { family }]) => family === 'String' || family === 'Arn')
      .map(([name, { family }], place) => ({ label: `${set}:${name}`, family, rank: 200 + 50 * index + place })),
  );
  return [...plain, ...optional, ...sets]
    .filter(({ label }) => free(label))
    .map(({ label, family, rank }) => ({
      label,
      kind: 'operator',
      rank,
      detail: OPERATOR_DETAILS[family],
      body: '{ "$1" }',
    }));
}

/** The keys that the statement's actions know, then the global ones; those whose type fits the operator. */
export function offerKeys(
  context: CompletionContext,
  operator: ConditionOperator,
  free: (name: string) => boolean,
): readonly Completion[] {
  const { catalogue } = context;
  const offered = new Map<string, Completion>();
  const offer = (key: ConditionKey, rank: number): void => {
    if (offered.has(key.name) || !fits(operator, key)) return;
    const label = key.name.replace(/\$\{([^}]*)\}/g, '$1');
    if (!free(label)) return;
    const placeholder = /\$\{([^}]*)\}/.exec(key.name)?.[1];
    offered.set(key.name, {
      label,
      kind: 'key',
      rank,
      detail: `${key.multivalued ? 'several ' : ''}${key.type}`,
      documentation: key.description,
      body: '"$1"',
      ...(placeholder && { placeholders: [placeholder] }),
    });
  };
  for (const name of keysOfActions(context)) {
    const key = catalogue.conditionKey(name);
    if (key && key.scope !== 'global') offer(key, 0);
  }
  for (const key of catalogue.globalConditionKeys()) offer(key, 1);
  if (context.policy.classification.kind === 'trust') {
    for (const key of catalogue.federationConditionKeys()) offer(key, 2);
  }
  return [...offered.values()];
}

function keysOfActions({ statement, policy, catalogue }: CompletionContext): ReadonlySet<string> {
  const names = new Set<string>();
  const view = policy.view.statements.find(({ node }) => node === statement);
  for (const block of view?.actions ?? []) {
    if (block.negated) continue;
    for (const entry of block.entries) {
      if (entry.pattern.everything) continue;
      for (const action of actionsOf(entry, catalogue)) {
        for (const key of action.conditionKeys) names.add(key);
        for (const { conditionKeys, type } of action.resourceTypes) {
          for (const key of conditionKeys) names.add(key);
          for (const key of type.conditionKeys) names.add(key);
        }
      }
    }
  }
  return names;
}

function fits({ family, set }: ConditionOperator, key: ConditionKey): boolean {
  if (family === undefined || family === 'Null') return true;
  if (set !== undefined && !key.multivalued) return false;
  const wanted = {
    String: 'String',
    Numeric: 'Numeric',
    Date: 'Date',
    Bool: 'Bool',
    Binary: 'Binary',
    IpAddress: 'IPAddress',
    Arn: 'ARN',
  }[family];
  return key.type === wanted || key.alsoType === wanted || (family === 'String' && key.type === 'ARN');
}
