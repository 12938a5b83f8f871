import { positionAt } from '../base/lines.ts';
import type { Span } from '../base/span.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { findComments } from '../syntax/comments.ts';
import type { ValueNode } from '../syntax/tree.ts';
import { nameOfSid, summarise } from './symbols.ts';

/** A part of a text that can be folded away. */
export interface Folding {
  readonly span: Span;
  readonly kind: 'brackets' | 'comment';
  /** What to show instead, where an editor can. */
  readonly label?: string;
}

/** The objects, lists and comments of a file with policies that go over more than one line, in the order of the text. */
export function foldingsOf(file: AnalyzedFile): readonly Folding[] {
  if (file.policies.length === 0) return [];
  const labels = new Map<ValueNode, string>();
  for (const { view } of file.policies) {
    for (const statement of view.statements) labels.set(statement.node, nameOfSid(statement) ?? summarise(statement));
  }
  const lineOf = (offset: number): number => positionAt(file.lines, offset).line;
  const foldings: Folding[] = [];
  const visit = (node: ValueNode | undefined): void => {
    if (node?.type !== 'object' && node?.type !== 'array') return;
    if (lineOf(node.span.start) === lineOf(node.span.end)) return;
    const label = labels.get(node);
    foldings.push({ span: node.span, kind: 'brackets', ...(label !== undefined && { label }) });
    if (node.type === 'array') node.items.forEach(visit);
    else for (const { value } of node.members) visit(value);
  };
  file.tree.roots.forEach(visit);
  for (const span of joinComments(file.input.text)) {
    if (lineOf(span.start) < lineOf(span.end)) foldings.push({ span, kind: 'comment' });
  }
  return foldings.sort((a, b) => a.span.start - b.span.start);
}

/** Comments with nothing but white space between them are one. */
function joinComments(text: string): readonly Span[] {
  const joined: Span[] = [];
  for (const comment of findComments(text)) {
    const last = joined.at(-1);
    if (last && text.slice(last.end, comment.start).trim() === '') {
      joined[joined.length - 1] = { start: last.start, end: comment.end };
    } else joined.push(comment);
  }
  return joined;
}
