import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { arrange, commentsOf, type Placed } from './json-arrange.ts';
import type { ArrayNode, Member, ObjectNode, SyntaxTree, ValueNode } from './tree.ts';

/** What a fix may write. `undefined` members of objects are left out. */
export type WritableValue =
  | string
  | number
  | boolean
  | null
  | readonly WritableValue[]
  | { readonly [name: string]: WritableValue | undefined };

/**
 * Edits to a JSON text, each as the smallest change that keeps indentation, commas and comments. The methods only
 * describe edits; they may be combined as long as they do not touch the same place.
 */
export interface Writer {
  /** Replaces a value. */
  replace(node: ValueNode, value: WritableValue): TextEdit[];
  /** Replaces a part of the source, for instance a part of a string; `newText` is written as it is. */
  replaceSpan(span: Span, newText: string): TextEdit[];
  /** Renames a member. */
  rename(member: Member, name: string): TextEdit[];
  /** Inserts a member before the one at `index` (at the end when it is past the last). */
  insertMember(object: ObjectNode, name: string, value: WritableValue, index?: number): TextEdit[];
  removeMember(object: ObjectNode, member: Member): TextEdit[];
  insertItem(array: ArrayNode, value: WritableValue, index?: number): TextEdit[];
  removeItem(array: ArrayNode, item: ValueNode): TextEdit[];
  /** Adds to a value that holds one or many: a single value becomes a list of two. */
  addToOneOrMany(container: ValueNode, value: WritableValue): TextEdit[];
  /** Replaces one entry of a one-or-many value by any number of others (none removes it where it is one of many). */
  replaceInOneOrMany(container: ValueNode, entry: ValueNode, values: readonly WritableValue[]): TextEdit[];
  /** Puts a value inside a new one: `wrap` gets a stand-in that it must place exactly once. */
  wrap(node: ValueNode, wrap: (inner: WritableValue) => WritableValue): TextEdit[];
  /** Puts the one item of a list in the place of the list. */
  unwrap(array: ArrayNode, item: ValueNode): TextEdit[];
  /**
   * Puts the members or items of a container in another order, replaces items and leaves out what is said to go; comments
   * stay with what they belong to. Each child must be named once.
   */
  arrange(container: ObjectNode | ArrayNode, plan: readonly Placed<WritableValue>[]): TextEdit[];
  /** True when a comment stands in a part of the source. */
  hasComments(span: Span): boolean;
  /** True when each comment that some edits replace stands in what they write, or in a text written elsewhere. */
  keepsComments(edits: readonly TextEdit[], elsewhere?: string): boolean;
  /** A whole text of its own, with values of this one in it as they are written: `build` gets a stand-in for each. */
  printText(nodes: readonly ValueNode[], build: (inner: readonly WritableValue[]) => WritableValue): string;
  /** Puts a whole text after the last of the top-level values. */
  append(last: ValueNode, whole: string): TextEdit[];
  /** The text of a value as it would be written at the place of `node`. */
  print(value: WritableValue, at: ValueNode): string;
}

export function createJsonWriter(tree: SyntaxTree): Writer {
  const { text } = tree;
  const unit = findIndentUnit(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  /** The last question about comments and its answer: each of a thousand entries asks it of the same list. */
  let commented: (Span & { readonly answer: boolean }) | undefined;

  const indentAt = (offset: number): string => {
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    return /^[ \t]*/.exec(line)?.[0] ?? '';
  };
  /** On one line, with the bracket that it stands in before it. */
  const isInline = ({ start, end }: Span): boolean => {
    const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    return !isMultiline({ start, end }) && /[{[]/.test(before.replace(/"[^"\\]*(?:\\.[^"\\]*)*"?/g, ''));
  };
  const isMultiline = (span: Span): boolean => text.slice(span.start, span.end).includes('\n');
  const printAt = (value: WritableValue, indent: string, multiline: boolean): string =>
    multiline ? printLines(value, indent, unit, eol) : printLine(value);

  /** The source of a value for a line of another indentation. */
  const moveTo = (indent: string, { span }: ValueNode): string => {
    const own = indentAt(span.start);
    const [first = '', ...rest] = text.slice(span.start, span.end).split('\n');
    return [first, ...rest.map((line) => (line.startsWith(own) ? indent + line.slice(own.length) : line))].join('\n');
  };

  /** What stands between the brackets; a half-typed container has only the first. */
  const insideOf = ({ start, end }: Span, children: readonly { readonly span: Span }[]): Span => {
    const last = children.at(-1)?.span.end ?? start + 1;
    return { start: start + 1, end: last < end && /[\]}]/.test(text.charAt(end - 1)) ? end - 1 : end };
  };

  const insertChild = (
    container: ObjectNode | ArrayNode,
    children: readonly { readonly span: Span }[],
    index: number,
    print: (indent: string, multiline: boolean) => string,
  ): TextEdit[] => {
    const before = children[index - 1];
    const after = children[index];
    const open = container.span.start + 1;
    if (!before && !after) {
      // An empty container: keep it on one line only where its own line is the whole document's.
      const multiline = isMultiline({ start: 0, end: text.length });
      const indent = indentAt(container.span.start);
      const child = print(indent + unit, multiline);
      return [
        {
          span: insideOf(container.span, children),
          newText: multiline ? `${eol}${indent}${unit}${child}${eol}${indent}` : ` ${child} `,
        },
      ];
    }
    const first = children[0]?.span.start ?? open;
    const multiline = text.slice(open, first).includes('\n');
    const indent = multiline ? indentAt(first) : indentAt(container.span.start);
    const separator = multiline ? `,${eol}${indent}` : ', ';
    const child = print(indent, multiline);
    if (after) return [{ span: at(after.span.start), newText: child + separator }];
    return [{ span: at((before ?? { span: at(open) }).span.end), newText: separator + child }];
  };

  const removeChild = (
    container: Span,
    children: readonly { readonly span: Span }[],
    child: { readonly span: Span },
  ): TextEdit[] => {
    const index = children.indexOf(child);
    const before = children[index - 1];
    const after = children[index + 1];
    // From the end of the neighbour before, so that its comma goes too; else up to the neighbour after.
    if (before) return [{ span: { start: before.span.end, end: child.span.end }, newText: '' }];
    if (after) return [{ span: { start: child.span.start, end: after.span.start }, newText: '' }];
    return [{ span: insideOf(container, children), newText: '' }];
  };

  const writer: Writer = {
    replace(node, value) {
      const multiline =
        isMultiline(node.span) ||
        (isComposite(value) && isMultiline({ start: 0, end: text.length }) && !isInline(node.span));
      return [{ span: node.span, newText: printAt(value, indentAt(node.span.start), multiline) }];
    },
    replaceSpan(span, newText) {
      return [{ span, newText }];
    },
    rename(member, name) {
      return [{ span: member.key.span, newText: JSON.stringify(name) }];
    },
    insertMember(object, name, value, index = object.members.length) {
      return insertChild(object, object.members, Math.min(index, object.members.length), (indent, multiline) => {
        return `${JSON.stringify(name)}: ${printAt(value, indent, multiline)}`;
      });
    },
    removeMember(object, member) {
      return removeChild(object.span, object.members, member);
    },
    insertItem(array, value, index = array.items.length) {
      return insertChild(array, array.items, Math.min(index, array.items.length), (indent, multiline) =>
        printAt(value, indent, multiline),
      );
    },
    removeItem(array, item) {
      return removeChild(array.span, array.items, item);
    },
    addToOneOrMany(container, value) {
      if (container.type === 'array') return writer.insertItem(container, value);
      return writer.wrap(container, (inner) => [inner, value]);
    },
    replaceInOneOrMany(container, entry, values) {
      const [first, ...more] = values;
      if (container.type !== 'array' || container === entry) {
        return writer.replace(entry, first !== undefined && more.length === 0 ? first : values);
      }
      if (first === undefined) return writer.removeItem(container, entry);
      const start = container.items[0]?.span.start ?? container.span.start;
      const multiline = text.slice(container.span.start, start).includes('\n');
      const indent = indentAt(entry.span.start);
      const separator = multiline ? `,${eol}${indent}` : ', ';
      return [{ span: entry.span, newText: values.map((one) => printAt(one, indent, multiline)).join(separator) }];
    },
    wrap(node, wrap) {
      const indent = indentAt(node.span.start);
      const multiline = isMultiline({ start: 0, end: text.length }) && !isInline(node.span);
      const standIn = '\u0000inner\u0000';
      const marker = JSON.stringify(standIn);
      const printed = printAt(wrap(standIn), indent, multiline);
      const place = printed.indexOf(marker);
      const line = printed.slice(printed.lastIndexOf('\n', place) + 1, place);
      const deeper = /^[ \t]*/.exec(line)?.[0] ?? '';
      const grown = multiline && deeper.startsWith(indent) ? deeper.slice(indent.length) : '';
      const inner = text.slice(node.span.start, node.span.end).replace(/\n(?=[^\r\n])/g, `\n${grown}`);
      return [{ span: node.span, newText: printed.slice(0, place) + inner + printed.slice(place + marker.length) }];
    },
    unwrap(array, item) {
      return [{ span: array.span, newText: moveTo(indentAt(array.span.start), item) }];
    },
    arrange(container, plan) {
      const children = container.type === 'object' ? container.members : container.items;
      const [first] = children;
      if (!first) return [];
      const outerIndent = indentAt(container.span.start);
      const multiline = text.slice(container.span.start, first.span.start).includes('\n');
      const indent = multiline ? indentAt(first.span.start) : outerIndent;
      const print = (value: WritableValue) => printAt(value, indent, multiline);
      const separator = multiline ? `,${eol}${indent}` : ', ';
      return arrange({ text, container: container.span, children, plan, eol, indent, outerIndent, separator, print });
    },
    hasComments({ start, end }) {
      if (commented?.start !== start || commented.end !== end) {
        commented = { start, end, answer: commentsOf(text.slice(start, end)).length > 0 };
      }
      return commented.answer;
    },
    keepsComments(edits, elsewhere = '') {
      const written = edits.map(({ newText }) => newText).join('\n') + elsewhere;
      const replaced = edits.flatMap(({ span }) => commentsOf(text.slice(span.start, span.end)));
      return replaced.every((comment) => written.includes(comment));
    },
    printText(nodes, build) {
      const marker = (index: number) => `\u0000${index}\u0000`;
      const multiline = isMultiline({ start: 0, end: text.length });
      let printed = printAt(build(nodes.map((_, index) => marker(index))), '', multiline);
      for (const [index, node] of nodes.entries()) {
        const place = printed.indexOf(JSON.stringify(marker(index)));
        const indent = /^[ \t]*/.exec(printed.slice(printed.lastIndexOf('\n', place) + 1))?.[0] ?? '';
        printed =
          printed.slice(0, place) + moveTo(indent, node) + printed.slice(place + JSON.stringify(marker(index)).length);
      }
      return multiline ? printed + eol : printed;
    },
    append(last, whole) {
      return [{ span: at(last.span.end), newText: eol + eol + whole.trimEnd() }];
    },
    print(value, node) {
      return printAt(value, indentAt(node.span.start), isMultiline({ start: 0, end: text.length }));
    },
  };
  return writer;
}

function at(offset: number): Span {
  return { start: offset, end: offset };
}

function isComposite(value: WritableValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** The indentation step of a text: its first indented line's, else two spaces. */
function findIndentUnit(text: string): string {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1];
  if (indent === undefined) return '  ';
  return indent.startsWith('\t') ? '\t' : indent.slice(0, 8);
}

function printLine(value: WritableValue): string {
  if (Array.isArray(value)) return `[${value.map((item: WritableValue) => printLine(item)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter((entry) => entry[1] !== undefined);
    if (members.length === 0) return '{}';
    return `{ ${members.map(([name, one]) => `${JSON.stringify(name)}: ${printLine(one ?? null)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
}

function printLines(value: WritableValue, indent: string, unit: string, eol: string): string {
  const lines = JSON.stringify(value, null, unit).split('\n');
  return lines.join(`${eol}${indent}`);
}
