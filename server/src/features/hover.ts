import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { hoverAction } from './hover/action.ts';
import { type Hover, type HoverContext, isOn, type StatementContext } from './hover/context.ts';
import { hoverPrincipal } from './hover/principal.ts';

export type { Hover } from './hover/context.ts';

/** What is to be said about the character at an offset; undefined where there is nothing. */
export function hover(analysis: AnalyzedFile, offset: number, catalogue: Catalogue): Hover | undefined {
  const policy = analysis.policies.find(({ view }) => isOn(view.node.span, offset));
  if (!policy) return undefined;
  const context: HoverContext = { ...policy, catalogue };
  const statement = policy.view.statements.find(({ node }) => isOn(node.span, offset));
  return statement ? hoverStatement({ ...context, statement }, offset) : undefined;
}

function hoverStatement(context: StatementContext, offset: number): Hover | undefined {
  const { statement } = context;
  for (const { entries } of statement.actions) {
    const entry = entries.find(({ node }) => isOn(node.span, offset));
    if (entry) return hoverAction(entry, context);
  }
  for (const { entries } of statement.principals) {
    const entry = entries.find(({ node }) => isOn(node.span, offset));
    if (entry) return hoverPrincipal(entry, context);
  }
  return undefined;
}
