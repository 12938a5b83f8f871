import type { Span } from '../base/span.ts';
import { applyEdits, type TextEdit } from '../base/text-edit.ts';

/** One child of a list or object in a new arrangement. */
export interface Placed<Value> {
  /** Its index as the text stands. */
  readonly child: number;
  /** What stands in its place, one or more; the child as it is when left out. */
  readonly values?: readonly Value[];
  /** Edits inside the child. */
  readonly inner?: readonly TextEdit[];
  /** It goes; comments that belong to it stay, with the child that follows. */
  readonly gone?: boolean;
}

export interface Arrangement<Value> {
  readonly text: string;
  readonly container: Span;
  readonly children: readonly { readonly span: Span }[];
  readonly plan: readonly Placed<Value>[];
  readonly eol: string;
  /** The indentation of the children, and of the closing bracket. */
  readonly indent: string;
  readonly outerIndent: string;
  /** Stands between values that take the place of one child. */
  readonly separator: string;
  readonly print: (value: Value) => string;
}

/** What belongs to a child: the comments above it and those behind it on its line. */
interface Belongings {
  /** White space before all that belongs to the child; stays with the place. */
  readonly gap: string;
  /** Comments before the child with the white space up to it. */
  readonly lead: string;
  /** Comments between the child and its comma. */
  beforeComma: string;
  afterComma: string;
}

/**
 * Edits that put the children of a list or object in another order, replace some and leave some out. Comments go with the
 * child that they stand above or behind; white space between children stays where it is. No edits where something else
 * than comments and commas stands between the children.
 */
export function arrange<Value>(arrangement: Arrangement<Value>): TextEdit[] {
  const { text, container, children, plan, eol, indent, outerIndent, separator, print } = arrangement;
  const read = readBelongings(text, container, children);
  if (!read) return [];
  const { all, start, end, trailingComma } = read;
  const kept = plan.filter(({ gone }) => !gone).length;
  let out = '';
  let orphans: readonly string[] = [];
  let place = 0;
  /** The last line written ends in a comment that would take in what follows. */
  let open = false;
  for (const { child, values, inner, gone } of plan) {
    const node = children[child];
    const own = all[child];
    if (!node || !own) return [];
    if (gone) {
      orphans = [...orphans, ...commentsOf(own.lead + own.beforeComma + own.afterComma)];
      continue;
    }
    const gap = place === 0 ? '' : (all[place]?.gap ?? ' ');
    out += open && !gap.includes('\n') ? eol + indent : gap;
    for (const comment of orphans) out += comment + eol + indent;
    orphans = [];
    const written = text.slice(node.span.start, node.span.end);
    const shifted = inner?.map(({ span, newText }) => ({
      span: { start: span.start - node.span.start, end: span.end - node.span.start },
      newText,
    }));
    place++;
    const comma = place < kept || trailingComma ? ',' : '';
    out += own.lead + (values ? values.map(print).join(separator) : applyEdits(written, shifted ?? []));
    out += own.beforeComma + comma + own.afterComma;
    open = isOpen(own.afterComma);
  }
  for (const comment of orphans) {
    out += eol + indent + comment;
    open = isOpen(comment);
  }
  if (open && !/^[ \t]*\r?\n/.test(text.slice(end))) out += eol + outerIndent;
  return out === text.slice(start, end) ? [] : [{ span: { start, end }, newText: out }];
}

interface Read {
  readonly all: readonly Belongings[];
  /** What lies between is written anew. */
  readonly start: number;
  readonly end: number;
  readonly trailingComma: boolean;
}

function readBelongings(text: string, container: Span, children: readonly { readonly span: Span }[]): Read | undefined {
  const all: Belongings[] = [];
  let start = container.start + 1;
  let end = start;
  let trailingComma = false;
  for (let index = 0; index <= children.length; index++) {
    const before = children[index - 1];
    const after = children[index];
    const from = before?.span.end ?? container.start + 1;
    const tokens = tokenize(text.slice(from, after?.span.start ?? container.end - 1));
    if (!tokens) return undefined;
    const tail = before || !after ? countTail(tokens, after !== undefined) : countHeader(tokens);
    const own = all[index - 1];
    let at = from;
    let comma = false;
    for (const token of tokens.slice(0, tail)) {
      at += token.length;
      if (token === ',') comma = true;
      else if (own && !comma && !token.startsWith('//')) own.beforeComma += token;
      else if (own) own.afterComma += token;
    }
    if (own) {
      // A line comment before the comma goes behind it, with the blanks that set it apart.
      own.beforeComma = own.beforeComma.trim() === '' ? '' : own.beforeComma;
      if (/^\/\//.test(own.afterComma)) own.afterComma = ` ${own.afterComma}`;
      own.afterComma = own.afterComma.trimEnd();
      end = from + tokens.slice(0, tail).join('').trimEnd().length;
    }
    if (!after) {
      trailingComma = tokens.includes(',');
      if (trailingComma && !comma) end = container.end - 1;
      break;
    }
    const rest = tokens.slice(tail);
    const first = rest.findIndex(isComment);
    const space = first < 0 ? rest.length : first;
    all.push({ gap: join(rest.slice(0, space)), lead: join(rest.slice(space)), beforeComma: '', afterComma: '' });
    if (index === 0) start = at + rest.slice(0, space).join('').length;
  }
  return { all, start, end, trailingComma };
}

/** White space, comments and commas; undefined when anything else is among them. */
function tokenize(gap: string): readonly string[] | undefined {
  const tokens = gap.match(/\s+|,|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g) ?? [];
  // Only the last comment can lack its end.
  const last = tokens.at(-1) ?? '';
  const isClosed = !last.startsWith('/*') || /^\/\*[\s\S]*\*\/$/.test(last);
  return isClosed && tokens.join('') === gap ? tokens : undefined;
}

function isComment(token: string): boolean {
  return token.startsWith('/');
}

/** How many of the tokens after a child belong to it: those on its line, or those before the comma. */
function countTail(tokens: readonly string[], followed: boolean): number {
  const lineEnd = tokens.findIndex((token) => token.trim() === '' && token.includes('\n'));
  if (lineEnd >= 0) return lineEnd;
  return followed ? tokens.indexOf(',') + 1 : tokens.length;
}

/** What stands behind the opening bracket on its line belongs to the container. */
function countHeader(tokens: readonly string[]): number {
  return Math.max(
    0,
    tokens.findIndex((token) => token.trim() === '' && token.includes('\n')),
  );
}

function join(tokens: readonly string[]): string {
  return tokens.filter((token) => token !== ',').join('');
}

/** The comments of a text, which may be a part of a file but no part of a string. */
export function commentsOf(text: string): readonly string[] {
  const parts = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g) ?? [];
  return parts.filter(isComment);
}

function isOpen(comments: string): boolean {
  return commentsOf(comments).at(-1)?.startsWith('//') ?? false;
}
