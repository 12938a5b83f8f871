import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { openingOf, type PrincipalBlock, statementSpan } from '../policy/model.ts';
import type { Member } from '../syntax/tree.ts';
import { hoverAction } from './hover/action.ts';
import { hoverCondition } from './hover/condition.ts';
import { type Hover, type HoverContext, type HoverOptions, isOn, type StatementContext } from './hover/context.ts';
import { hoverElement } from './hover/element.ts';
import { hoverPrincipal, hoverPrincipalType } from './hover/principal.ts';
import { hoverResource } from './hover/resource.ts';
import { hoverPolicy, hoverStatement } from './hover/statement.ts';
import { hoverInsideText } from './hover/text.ts';

export type { Hover, HoverOptions } from './hover/context.ts';

/** What is to be said about the character at an offset; undefined where there is nothing. */
export function hover(
  analysis: AnalyzedFile,
  offset: number,
  catalogue: Catalogue,
  { accounts = {} }: HoverOptions = {},
): Hover | undefined {
  const policy = analysis.policies.find(({ view }) => isOn(view.node.span, offset));
  if (!policy) return undefined;
  const context: HoverContext = { ...policy, catalogue, accounts };
  const { view } = policy;
  const statement = view.statements.find(({ node }) => isOn(node.span, offset));
  if (statement) return hoverInStatement({ ...context, statement }, offset);
  const opening = openingOf(view.node);
  if (isOn(opening, offset)) return hoverPolicy(context, opening);
  const member = view.elements.find(({ span }) => isOn(span, offset));
  return member && hoverElement(member, context, offset);
}

function hoverInStatement(context: StatementContext, offset: number): Hover | undefined {
  const { statement } = context;
  if (isOn(statementSpan(statement), offset)) {
    // A bare statement is its own document: its kind is worth knowing there too.
    return context.view.form === 'statement'
      ? hoverPolicy(context, statementSpan(statement))
      : hoverStatement(context, statementSpan(statement));
  }
  const member = statement.node.members.find(({ span }) => isOn(span, offset));
  if (!member) return undefined;
  if (isOn(member.key.span, offset)) return hoverElement(member, context, offset);
  for (const { entries } of statement.actions) {
    const entry = entries.find(({ node }) => isOn(node.span, offset));
    if (entry) return hoverInsideText(entry.node, offset, context) ?? hoverAction(entry, context);
  }
  for (const { entries } of statement.resources) {
    const entry = entries.find(({ node }) => isOn(node.span, offset));
    if (entry) return hoverInsideText(entry.node, offset, context) ?? hoverResource(entry, context, offset);
  }
  const block = statement.principals.find((one) => one.member === member);
  if (block) return hoverPrincipalBlock(block, member, context, offset);
  return member === statement.condition && member.value?.type === 'object'
    ? hoverCondition(context, offset)
    : hoverElement(member, context, offset);
}

function hoverPrincipalBlock(
  block: PrincipalBlock,
  { value }: Member,
  context: StatementContext,
  offset: number,
): Hover | undefined {
  const entry = block.entries.find(({ node }) => isOn(node.span, offset));
  if (entry) return hoverInsideText(entry.node, offset, context) ?? hoverPrincipal(entry, context);
  if (!value) return undefined;
  const inside = value.type === 'string' && isOn(value.span, offset) && hoverInsideText(value, offset, context);
  return inside || hoverPrincipalType(block, value, context, offset);
}
