import { printParseErrorCode, visit } from 'jsonc-parser';
import type {
  ArrayNode,
  Dialect,
  Member,
  ParseProblem,
  ParseProblemCode,
  StringNode,
  SyntaxTree,
  ValueNode,
} from './tree.ts';

/** Deeper nesting than this is refused before parsing: the parser recurses, and no policy comes near it. */
export const MAX_DEPTH = 256;

/** More top-level values than this in one file are not policies. */
const MAX_ROOTS = 200;

/** Parses any string. Never throws: what cannot be read becomes problems, and the rest is kept. */
export function parseJson(text: string, dialect: Dialect): SyntaxTree {
  const problems: ParseProblem[] = [];
  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) {
    problems.push({ code: 'too-deep', span: { start: tooDeep, end: tooDeep + 1 } });
    return { text, dialect, roots: [], problems };
  }
  const roots: ValueNode[] = [];
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (roots.length < MAX_ROOTS) {
    const part = parseOne(text, at, dialect);
    if (part.root) roots.push(part.root);
    for (const problem of part.problems) problems.push(problem);
    if (part.rest === undefined) break;
    if (roots.length === 1 && dialect === 'json') {
      problems.push({ code: 'text-after-value', span: { start: part.rest, end: part.rest + 1 } });
    }
    if (!part.root) break;
    at = part.rest;
  }
  problems.sort((a, b) => a.span.start - b.span.start);
  return { text, dialect, roots, problems };
}

interface OnePart {
  readonly root: ValueNode | undefined;
  readonly problems: readonly ParseProblem[];
  /** Where the next top-level value starts, if text follows. */
  readonly rest: number | undefined;
}

interface OpenObject {
  readonly type: 'object';
  readonly start: number;
  readonly members: Member[];
  key: StringNode | undefined;
}

interface OpenArray {
  readonly type: 'array';
  readonly start: number;
  readonly items: ValueNode[];
}

/** Reads the top-level value that starts at or after `from`. */
function parseOne(text: string, from: number, dialect: Dialect): OnePart {
  const problems: ParseProblem[] = [];
  const open: (OpenObject | OpenArray)[] = [];
  let root: ValueNode | undefined;
  let rest: number | undefined;
  let lastEnd = from;
  /** The last comma of the container that is open; -1 in one that has just been opened. */
  let lastComma = -1;
  let reportedComma = -1;

  const place = (node: ValueNode): void => {
    lastEnd = Math.max(lastEnd, node.span.end);
    const parent = open.at(-1);
    if (!parent) root ??= node;
    else if (parent.type === 'array') parent.items.push(node);
    else if (parent.key) {
      parent.members.push({
        key: parent.key,
        value: node,
        span: { start: parent.key.span.start, end: node.span.end },
      });
      parent.key = undefined;
    }
  };
  const flushKey = (object: OpenObject): void => {
    if (!object.key) return;
    object.members.push({ key: object.key, value: undefined, span: object.key.span });
    object.key = undefined;
  };
  const close = (type: 'object' | 'array' | undefined, end: number): void => {
    // After an error the parser may end an outer container without having ended the inner ones.
    while (type && open.some((one) => one.type === type) && open.at(-1)?.type !== type) close(undefined, lastEnd);
    const container = open.pop();
    if (!container) return;
    if (container.type === 'object') flushKey(container);
    // An unclosed comment counts as one longer than the text.
    const span = { start: container.start, end: Math.min(end, text.length) };
    place(
      container.type === 'object'
        ? { type: 'object', span, members: container.members }
        : ({ type: 'array', span, items: container.items } satisfies ArrayNode),
    );
  };

  visit(
    text.slice(from),
    {
      onObjectBegin(offset) {
        open.push({ type: 'object', start: from + offset, members: [], key: undefined });
        lastComma = -1;
      },
      onObjectProperty(name, offset, length) {
        const parent = open.at(-1);
        if (parent?.type !== 'object') return;
        flushKey(parent);
        parent.key = stringNode(text, name, from + offset, length);
        lastEnd = parent.key.span.end;
      },
      onObjectEnd(offset, length) {
        close('object', from + offset + length);
      },
      onArrayBegin(offset) {
        open.push({ type: 'array', start: from + offset, items: [] });
        lastComma = -1;
      },
      onArrayEnd(offset, length) {
        close('array', from + offset + length);
      },
      onLiteralValue(value: unknown, offset, length) {
        const start = from + offset;
        const span = { start, end: start + length };
        if (typeof value === 'string') place(stringNode(text, value, start, length));
        else if (typeof value === 'number') place({ type: 'number', span, value });
        else if (typeof value === 'boolean') place({ type: 'boolean', span, value });
        else place({ type: 'null', span });
      },
      onSeparator(character, offset) {
        if (character === ',') lastComma = from + offset;
      },
      onComment(offset, length) {
        if (dialect === 'json') {
          const end = Math.min(from + offset + length, text.length);
          problems.push({ code: 'comment', span: { start: from + offset, end } });
        }
      },
      onError(error, offset, length) {
        const start = Math.min(from + offset, text.length);
        const span = { start, end: Math.min(start + Math.max(length, 1), text.length) };
        const name = printParseErrorCode(error);
        if (name === 'EndOfFileExpected') {
          rest = start;
          return;
        }
        // Comments may stand between the comma and the bracket.
        const code = problemCode(name, text, start, lastComma >= lastEnd && lastComma >= 0);
        if (code === 'trailing-comma') {
          if (dialect === 'json' && reportedComma !== lastComma) {
            problems.push({ code, span: { start: lastComma, end: lastComma + 1 } });
          }
          reportedComma = lastComma;
          return;
        }
        if (code === 'value-expected' && !root && open.length === 0 && text.slice(from).trim() === '') {
          if (from === 0) problems.push({ code: 'empty', span: { start: 0, end: 0 } });
          return;
        }
        problems.push({ code, span });
      },
    },
    { allowTrailingComma: false, disallowComments: false },
  );
  // The parser leaves containers open at the end of a half-typed text.
  while (open.length > 0) close(undefined, text.length);
  return { root, problems, rest };
}

function stringNode(text: string, value: string, start: number, length: number): StringNode {
  const end = start + length;
  const closed = length > 1 && text.charCodeAt(end - 1) === text.charCodeAt(start);
  const until = closed ? end - 1 : end;
  // Without escapes both are the same, and one string is enough.
  const raw = until - start - 1 === value.length ? value : text.slice(start + 1, until);
  return { type: 'string', span: { start, end }, value, raw };
}

const CODES: Readonly<Record<string, ParseProblemCode>> = {
  InvalidSymbol: 'invalid-symbol',
  InvalidNumberFormat: 'invalid-number',
  PropertyNameExpected: 'property-name-expected',
  ValueExpected: 'value-expected',
  ColonExpected: 'colon-expected',
  CommaExpected: 'comma-expected',
  CloseBraceExpected: 'close-brace-expected',
  CloseBracketExpected: 'close-bracket-expected',
  UnexpectedEndOfComment: 'unclosed-comment',
  UnexpectedEndOfString: 'unclosed-string',
  UnexpectedEndOfNumber: 'invalid-number',
  InvalidUnicode: 'invalid-escape',
  InvalidEscapeCharacter: 'invalid-escape',
  InvalidCharacter: 'invalid-character',
};

/** The parser reports a trailing comma as a missing value or name at the closing bracket. */
function problemCode(name: string, text: string, at: number, afterComma: boolean): ParseProblemCode {
  const code = CODES[name] ?? 'invalid-symbol';
  const closes = text.charAt(at) === '}' || text.charAt(at) === ']';
  const missing = code === 'value-expected' || code === 'property-name-expected';
  return closes && missing && afterComma ? 'trailing-comma' : code;
}

/** The offset of the first bracket nested deeper than the limit, or undefined. Skips strings and comments. */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 34: // "
        for (at++; at < text.length; at++) {
          const code = text.charCodeAt(at);
          if (code === 92) at++;
          else if (code === 34 || code === 10) break;
        }
        break;
      case 47: // /
        if (text.charCodeAt(at + 1) === 47) {
          const end = text.indexOf('\n', at);
          at = end < 0 ? text.length : end;
        } else if (text.charCodeAt(at + 1) === 42) {
          const end = text.indexOf('*/', at + 2);
          at = end < 0 ? text.length : end + 1;
        }
        break;
      case 91: // [
      case 123: // {
        if (++depth > MAX_DEPTH) return at;
        break;
      case 93: // ]
      case 125: // }
        if (depth > 0) depth--;
        break;
      default:
    }
  }
  return undefined;
}
