import type { Span } from '../../base/span.ts';
import {
  type ArrayNode,
  innerSpan,
  type Member,
  type ObjectNode,
  type StringNode,
  type SyntaxTree,
  type ValueNode,
} from '../../syntax/tree.ts';

/** Where in a JSON text the cursor stands, on valid and on half-typed text. */
export interface Place {
  /** The names that lead here from the top-level value, lists left out: `['Statement', 'Condition', 'Bool']`. */
  readonly names: readonly string[];
  /** The objects on the way, outermost first. */
  readonly objects: readonly ObjectNode[];
  /** A member's name is expected, or a value. */
  readonly expects: 'name' | 'value';
  /** The string that holds the cursor, if one does. */
  readonly string: StringNode | undefined;
  /** The number, boolean or word without quotation marks that holds the cursor, if one does. */
  readonly bare: Span | undefined;
  /** The member whose name is being typed. */
  readonly member: Member | undefined;
  /** In a list, not in the value of a member. */
  readonly inList: boolean;
  /** The other values of the list in which the cursor stands. */
  readonly siblings: readonly ValueNode[];
  /** Where the comma is missing between what stands in front and the cursor. */
  readonly commaBefore: number | undefined;
}

/** A place of which nothing is known but what it says itself. */
export const BARE_PLACE: Omit<Place, 'names' | 'objects' | 'expects'> = {
  string: undefined,
  bare: undefined,
  member: undefined,
  inList: false,
  siblings: [],
  commaBefore: undefined,
};

/** Undefined outside of values, in comments, and behind a value that is complete. */
export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  const { text } = tree;
  const root = tree.roots.findLast((one) => reaches(text, one, offset, text.length));
  if (!root || (root.type !== 'object' && root.type !== 'array')) return undefined;
  const names: string[] = [];
  const objects: ObjectNode[] = [];
  let node: ObjectNode | ArrayNode = root;
  /** How far an unclosed container may reach. */
  let limit = text.length;
  const at = (rest: Partial<Place> & Pick<Place, 'expects'>): Place => ({
    ...BARE_PLACE,
    names,
    objects,
    ...rest,
  });
  for (;;) {
    limit = Math.min(limit, isClosed(text, node) ? node.span.end - 1 : limit);
    if (node.type === 'array') {
      const items: readonly ValueNode[] = node.items;
      const index = items.findLastIndex((one) => one.span.start < offset);
      const before: ValueNode | undefined = items[index];
      const next = items[index + 1]?.span.start ?? limit;
      if (before && reaches(text, before, offset, next)) {
        if (before.type !== 'object' && before.type !== 'array') {
          const end = items[index - 1]?.span.end;
          const comma = end === undefined || readGap(text, end, before.span.start)?.solid !== '';
          const what = before.type === 'string' ? { string: before } : { bare: before.span };
          return at({ expects: 'value', inList: true, siblings: items, commaBefore: comma ? undefined : end, ...what });
        }
        node = before;
        limit = next;
        continue;
      }
      const start = before?.span.end ?? node.span.start + 1;
      const gap = readGap(text, start, offset);
      if (!gap || (before && offset === start)) return undefined;
      const commaBefore = before && !gap.solid.includes(',') ? start : undefined;
      return at({ expects: 'value', bare: gap.word, inList: true, siblings: items, commaBefore });
    }
    objects.push(node);
    const members: readonly Member[] = node.members;
    const index = members.findLastIndex((one) => one.span.start < offset);
    const member: Member | undefined = members[index];
    const next = members[index + 1]?.span.start ?? limit;
    if (!member) {
      const gap = readGap(text, node.span.start + 1, offset);
      return gap && at({ expects: 'name', bare: gap.word });
    }
    const { key, value } = member;
    if (offset < key.span.end || (offset === key.span.end && !closedString(key))) {
      return at({ expects: 'name', string: key, member });
    }
    if (value && reaches(text, value, offset, next)) {
      names.push(key.value);
      if (value.type === 'string') return at({ expects: 'value', string: value });
      if (value.type !== 'object' && value.type !== 'array') return at({ expects: 'value', bare: value.span });
      node = value;
      limit = next;
      continue;
    }
    if (value && offset <= value.span.start) {
      // In front of a value that is there; on another line, that is the next member's name, read as the missing value.
      const gap = readGap(text, key.span.end, offset);
      if (gap?.solid !== ':' || !/\n/.test(text.slice(offset, value.span.start))) return undefined;
      names.push(key.value);
      return at({ expects: 'value', bare: gap.word });
    }
    const start = (value ?? key).span.end;
    const gap = readGap(text, start, offset);
    if (!gap || offset === start) return undefined;
    if (!value) {
      // After a name comes its colon, then a value; a comma ends the member whatever it lacks.
      if (!gap.solid.includes(',')) {
        if (!gap.solid.includes(':')) return undefined;
        names.push(key.value);
        return at({ expects: 'value', bare: gap.word });
      }
      return at({ expects: 'name', bare: gap.word });
    }
    return at({ expects: 'name', bare: gap.word, commaBefore: gap.solid.includes(',') ? undefined : start });
  }
}

/** What a person types where quotation marks are missing; longer ones are something else. */
const WORD = /^[\w$*?.:/{}<>-]+$/;
const LONGEST_WORD = 500;

interface Gap {
  /** What stands between two values, without white space, comments and the word at the cursor. */
  readonly solid: string;
  readonly word: Span | undefined;
}

/** What stands between a value and the cursor; undefined when the cursor is in a comment. */
function readGap(text: string, start: number, offset: number): Gap | undefined {
  const gap = text.slice(start, offset);
  let plain = '';
  for (let at = 0; at < gap.length; ) {
    const two = gap.slice(at, at + 2);
    if (two === '//' || two === '/*') {
      const end = two === '//' ? gap.indexOf('\n', at) : gap.indexOf('*/', at + 2);
      if (end < 0) return undefined;
      at = end + (two === '//' ? 1 : 2);
      plain += ' ';
    } else plain += gap.charAt(at++);
  }
  // The colon of a member is no part of a word behind it.
  const word = /(?:^|[\s,:[{])([^\s,:[{"][^\s,"]*)$/.exec(plain.slice(-LONGEST_WORD))?.[1] ?? '';
  const length = word.length < LONGEST_WORD && WORD.test(word) ? word.length : 0;
  return {
    solid: plain.slice(0, plain.length - length).replace(/\s+/g, ''),
    word: length > 0 ? { start: offset - length, end: offset } : undefined,
  };
}

/** Strictly inside a container, as far as it reaches when its end is missing; anywhere on a scalar. */
function reaches(text: string, node: ValueNode, offset: number, next: number): boolean {
  if (offset <= node.span.start) return false;
  if (node.type === 'string') return offset < node.span.end || (offset === node.span.end && !closedString(node));
  if (node.type !== 'object' && node.type !== 'array') return offset <= node.span.end;
  return isClosed(text, node) ? offset < node.span.end : offset <= next;
}

/** The closing mark of a container stands there. */
function isClosed(text: string, { type, span }: ValueNode): boolean {
  if (type !== 'object' && type !== 'array') return true;
  return span.end - span.start > 1 && text.charAt(span.end - 1) === (type === 'object' ? '}' : ']');
}

/** The closing quotation mark of a string stands there. */
export function closedString(node: StringNode): boolean {
  return node.span.end > innerSpan(node).end;
}
