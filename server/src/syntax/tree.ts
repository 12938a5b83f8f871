import type { Span } from '../base/span.ts';

/**
 * The value tree: what JSON (and later YAML and HCL) become. Above `syntax` nobody knows the language a value was
 * written in. Spans are UTF-16 offsets in the file's text.
 */
export type ValueNode = ObjectNode | ArrayNode | StringNode | NumberNode | BooleanNode | NullNode;

export interface ObjectNode {
  readonly type: 'object';
  readonly span: Span;
  /** In source order, duplicates kept. */
  readonly members: readonly Member[];
}

export interface Member {
  readonly key: StringNode;
  /** Absent while the value is still to be typed. */
  readonly value: ValueNode | undefined;
  /** From the key to the end of the value (or of the key). */
  readonly span: Span;
}

export interface ArrayNode {
  readonly type: 'array';
  readonly span: Span;
  readonly items: readonly ValueNode[];
}

export interface StringNode {
  readonly type: 'string';
  /** With the quotation marks. */
  readonly span: Span;
  /** The decoded text. */
  readonly value: string;
  /** The text between the quotation marks as written; differs from `value` where there are escapes. */
  readonly raw: string;
}

/** Where a string stands without its quotation marks, of which a half-typed one lacks the second. */
export function innerSpan({ span, raw }: StringNode): Span {
  return { start: span.start + 1, end: span.start + 1 + raw.length };
}

export interface NumberNode {
  readonly type: 'number';
  readonly span: Span;
  readonly value: number;
}

export interface BooleanNode {
  readonly type: 'boolean';
  readonly span: Span;
  readonly value: boolean;
}

export interface NullNode {
  readonly type: 'null';
  readonly span: Span;
}

export interface ParseProblem {
  readonly code: ParseProblemCode;
  readonly span: Span;
}

export type ParseProblemCode =
  | 'invalid-symbol'
  | 'invalid-number'
  | 'property-name-expected'
  | 'value-expected'
  | 'colon-expected'
  | 'comma-expected'
  | 'close-brace-expected'
  | 'close-bracket-expected'
  | 'unclosed-comment'
  | 'unclosed-string'
  | 'invalid-escape'
  | 'invalid-character'
  | 'trailing-comma'
  | 'comment'
  | 'text-after-value'
  | 'empty'
  | 'too-deep';

/** Which JSON a file is written in: strict JSON, or JSON with comments, trailing commas and several values. */
export type Dialect = 'json' | 'jsonc';

export interface SyntaxTree {
  readonly text: string;
  readonly dialect: Dialect;
  /** The top-level values; usually one. */
  readonly roots: readonly ValueNode[];
  /** What a strict reader of the dialect refuses, in source order. */
  readonly problems: readonly ParseProblem[];
}

/**
 * Maps a range of the decoded text of a string to the source, through escapes such as `\u0041` and `\"`.
 * @param from first index in `node.value`
 * @param to index after the last one
 */
export function spanInString(node: StringNode, from: number, to: number): Span {
  return { start: sourceOffset(node, from), end: sourceOffset(node, to) };
}

/** The source offset of an index of the decoded text. Indexes outside it are clamped to it. */
export function sourceOffset(node: StringNode, index: number): number {
  if (node.raw.length === node.value.length) {
    return node.span.start + 1 + Math.max(0, Math.min(index, node.value.length));
  }
  let at = 0;
  for (let decoded = 0; decoded < index && at < node.raw.length; ) {
    const { length, stands } = characterAt(node.raw, at);
    at += length;
    decoded += stands;
  }
  return node.span.start + 1 + at;
}

/** The index in the decoded text that stands at a source offset. */
export function decodedIndex(node: StringNode, offset: number): number {
  const target = Math.max(0, Math.min(offset - node.span.start - 1, node.raw.length));
  if (node.raw.length === node.value.length) return target;
  let decoded = 0;
  for (let at = 0; at < target; ) {
    const { length, stands } = characterAt(node.raw, at);
    at += length;
    decoded += stands;
  }
  return decoded;
}

const PLAIN = { length: 1, stands: 1 } as const;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const BROKEN_ESCAPE = /\\(?:u[\dA-Fa-f]{0,3}|[^u]?)/y;

/** How long a character is in the source, and how many of the decoded text it stands for: a broken escape for none. */
function characterAt(raw: string, at: number): { readonly length: number; readonly stands: 0 | 1 } {
  if (raw.charCodeAt(at) !== 92) return PLAIN;
  ESCAPE.lastIndex = at;
  if (ESCAPE.test(raw)) return { length: ESCAPE.lastIndex - at, stands: 1 };
  BROKEN_ESCAPE.lastIndex = at;
  BROKEN_ESCAPE.test(raw);
  return { length: BROKEN_ESCAPE.lastIndex - at, stands: 0 };
}

/** The members and items that lead from a root to the innermost node that holds an offset, outermost first. */
export type PathStep =
  | { readonly kind: 'value'; readonly node: ValueNode }
  | { readonly kind: 'key'; readonly member: Member; readonly object: ObjectNode }
  | { readonly kind: 'member'; readonly member: Member; readonly object: ObjectNode };

export function pathAt(roots: readonly ValueNode[], offset: number): readonly PathStep[] {
  const path: PathStep[] = [];
  let node = roots.find((root) => root.span.start <= offset && offset <= root.span.end);
  while (node) {
    path.push({ kind: 'value', node });
    if (node.type === 'array') {
      node = node.items.find((item) => item.span.start <= offset && offset <= item.span.end);
      continue;
    }
    if (node.type !== 'object') break;
    const object: ObjectNode = node;
    const member = object.members.find((one) => one.span.start <= offset && offset <= one.span.end);
    if (!member) break;
    path.push({ kind: 'member', member, object });
    if (offset <= member.key.span.end) {
      path.push({ kind: 'key', member, object });
      break;
    }
    const value: ValueNode | undefined = member.value;
    node = value && value.span.start <= offset && offset <= value.span.end ? value : undefined;
  }
  return path;
}

/** The value of a node as plain data. Of duplicate keys the last one wins, as in `JSON.parse`. */
export function toPlain(node: ValueNode): unknown {
  switch (node.type) {
    case 'object':
      return Object.fromEntries(
        node.members.map((member) => [member.key.value, member.value ? toPlain(member.value) : null]),
      );
    case 'array':
      return node.items.map(toPlain);
    case 'null':
      return null;
    default:
      return node.value;
  }
}
