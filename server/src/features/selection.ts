import type { Span } from '../base/span.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { splitArn } from '../policy/arn.ts';
import { findHoles } from '../policy/hole.ts';
import { findVariables } from '../policy/variable.ts';
import { decodedIndex, innerSpan, pathAt, type StringNode, spanInString } from '../syntax/tree.ts';

/**
 * The ever larger parts of a text around an offset, the smallest first: word, ARN segment, ARN field, string, item,
 * list, member, statement, policy. Each lies in the next and is smaller.
 */
export function selectionsAt(file: AnalyzedFile, offset: number): readonly Span[] {
  const spans: Span[] = [{ start: 0, end: file.input.text.length }];
  for (const step of pathAt(file.tree.roots, offset)) {
    const node = step.kind === 'value' ? step.node : step.kind === 'key' ? step.member.key : undefined;
    spans.push(node ? node.span : step.kind === 'member' ? step.member.span : { start: offset, end: offset });
    if (node?.type === 'object' || node?.type === 'array') {
      const children = node.type === 'object' ? node.members : node.items;
      const first = children[0];
      const last = children.at(-1);
      // All that stands between the brackets.
      if (first && last) spans.push({ start: first.span.start, end: last.span.end });
    }
    if (node?.type === 'string') {
      const inner = innerSpan(node);
      if (inner.start <= offset && offset <= inner.end) spans.push(inner, ...partsOf(node, offset));
    }
  }
  const holding = spans.filter(({ start, end }) => start < end && start <= offset && offset <= end);
  holding.sort((a, b) => b.end - b.start - (a.end - a.start));
  const nested: Span[] = [];
  for (const span of holding) {
    const outer = nested.at(-1);
    const inside = !outer || (outer.start <= span.start && span.end <= outer.end);
    const smaller = !outer || outer.start < span.start || span.end < outer.end;
    if (inside && smaller) nested.push(span);
  }
  return nested.reverse();
}

/** Longer strings are no ARNs and no names. */
const LONGEST = 4000;

/** The parts of a string that hold an offset; those that do not lie in one another are sorted out by the caller. */
function partsOf(node: StringNode, offset: number): readonly Span[] {
  const text = node.value;
  if (text.length > LONGEST) return [];
  const at = decodedIndex(node, offset);
  const parts: Span[] = [];
  const add = (start: number, end: number): void => {
    if (start <= at && at <= end) parts.push({ start, end });
  };
  const variables = [...findVariables(text), ...findHoles(text)];
  for (const { start, end } of variables) {
    add(start, end);
    add(start + 2, end - 1);
  }
  const fields = splitArn(text);
  const resource = fields[0]?.text === 'arn' ? fields[5] : undefined;
  if (resource) {
    for (const { start, end } of fields) add(start, end);
    for (const { start, end } of piecesBetween(text, resource.start, /[/:]/, variables)) add(start, end);
    // What a type is called by and its name: `table/orders` of `table/orders/index/by-date`.
    const upTo = piecesBetween(text, resource.start, /[/:]/, variables).find((one) => at <= one.end);
    if (upTo) add(resource.start, upTo.end);
  } else {
    for (const { start, end } of piecesBetween(text, 0, /[/:]/, variables)) add(start, end);
  }
  for (const { 0: word, index } of text.matchAll(WORD)) add(index, index + word.length);
  return parts.map(({ start, end }) => spanInString(node, start, end));
}

/** `PutBucketACL` is three words; so are `by-date-2`. */
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g;

/** The pieces of a text from an index on, between separators that do not stand in one of some spans. */
function piecesBetween(text: string, from: number, separator: RegExp, closed: readonly Span[]): readonly Span[] {
  const pieces: Span[] = [];
  let start = from;
  for (let at = from; at <= text.length; at++) {
    const ends =
      at === text.length || (separator.test(text.charAt(at)) && !closed.some((one) => one.start <= at && at < one.end));
    if (!ends) continue;
    pieces.push({ start, end: at });
    start = at + 1;
  }
  return pieces;
}
