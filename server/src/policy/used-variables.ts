import type { StringNode } from '../syntax/tree.ts';
import type { PolicyView, Statement } from './model.ts';
import { findVariables, type PolicyVariable } from './variable.ts';

export interface UsedVariable {
  readonly node: StringNode;
  readonly variable: PolicyVariable;
}

/** The policy variables where the language has them: in Resource, NotResource and condition values; in source order. */
export function usedVariables(statements: readonly Statement[]): readonly UsedVariable[] {
  return textsWithVariables(statements).flatMap((node) =>
    findVariables(node.value).map((variable) => ({ node, variable })),
  );
}

/** The texts in which a policy may have variables and that have a `${` at all; in source order. */
export function textsWithVariables(statements: readonly Statement[]): readonly StringNode[] {
  const texts: StringNode[] = [];
  for (const { resources, conditions } of statements) {
    for (const { entries } of resources) texts.push(...entries.map(({ node }) => node));
    for (const { values } of conditions) {
      for (const { node } of values) if (node.type === 'string') texts.push(node);
    }
  }
  return texts.filter(({ value }) => value.includes('${')).sort((a, b) => a.span.start - b.span.start);
}

/** Whether `${` stands anywhere in a policy, so that a change of Version could change what a text means. */
export function mentionsVariables(policy: PolicyView): boolean {
  const { start, end } = policy.node.span;
  const at = policy.tree.text.indexOf('${', start);
  return at >= 0 && at < end;
}
