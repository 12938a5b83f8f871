import type { StringNode } from '../syntax/tree.ts';
import type { PolicyView } from './model.ts';
import { findVariables, type PolicyVariable } from './variable.ts';

export interface UsedVariable {
  readonly node: StringNode;
  readonly variable: PolicyVariable;
}

/** The policy variables where the language has them: in Resource, NotResource and condition values; in source order. */
export function usedVariables(policy: PolicyView): readonly UsedVariable[] {
  const used: UsedVariable[] = [];
  const look = (node: StringNode): void => {
    for (const variable of findVariables(node.value)) used.push({ node, variable });
  };
  for (const { resources, conditions } of policy.statements) {
    for (const { entries } of resources) for (const { node } of entries) look(node);
    for (const { values } of conditions) for (const { node } of values) if (node.type === 'string') look(node);
  }
  return used.sort((a, b) => a.node.span.start - b.node.span.start);
}

/** Whether `${` stands anywhere in a policy, so that a change of Version could change what a text means. */
export function mentionsVariables(policy: PolicyView): boolean {
  const { start, end } = policy.node.span;
  const at = policy.tree.text.indexOf('${', start);
  return at >= 0 && at < end;
}
