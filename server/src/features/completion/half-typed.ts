import type { Span } from '../../base/span.ts';
import { decodedIndex, innerSpan, type StringNode, type SyntaxTree } from '../../syntax/tree.ts';
import { closedString, type Place } from './place.ts';

/** What the person is typing: a string, a word without quotation marks, or nothing yet. */
export interface Token {
  /** With the quotation marks that are there. */
  readonly span: Span;
  /** It has an opening quotation mark, and a closing one. */
  readonly open: boolean;
  readonly closed: boolean;
  /** The decoded text up to the cursor. */
  readonly typed: string;
  /** The string, where it is one. */
  readonly string: StringNode | undefined;
}

/** A text that reads well around the cursor. */
export interface Repair {
  /** As long as the text it replaces, so that all offsets stay. */
  readonly text: string;
  /** Where to look for the place in it. */
  readonly offset: number;
}

/** What is being typed at the cursor. */
export function tokenAt({ text }: SyntaxTree, place: Place | undefined, offset: number): Token {
  const string = place?.string;
  if (!string) {
    const start = place?.bare?.start ?? offset;
    const end = place?.bare ? Math.max(place.bare.end, endOfWord(text, offset)) : offset;
    return { span: { start, end }, open: false, closed: false, typed: text.slice(start, offset), string };
  }
  const typed = string.value.slice(0, decodedIndex(string, offset));
  // No name holds a bracket or a comma: there the quotation mark is missing, and the string ran on to the next one.
  const ranOn = place.expects === 'name' && /^[^"]*[,{}[\]]/.test(text.slice(offset, innerSpan(string).end));
  if (closedString(string) && !ranOn) return { span: string.span, open: true, closed: true, typed, string };
  const end = endOfWord(text, offset);
  return { span: { start: string.span.start, end }, open: true, closed: false, typed, string };
}

function endOfWord(text: string, offset: number): number {
  let end = offset;
  while (/[\w*-]/.test(text.charAt(end))) end++;
  return end;
}

/**
 * The text with a stand-in for what is half typed, where that keeps the parser from reading what follows: a name without
 * its colon, a word without quotation marks, a value that is not there yet. Undefined where nothing is in the way.
 */
export function repair(tree: SyntaxTree, place: Place | undefined, token: Token, offset: number): Repair | undefined {
  const { text } = tree;
  const { start, end } = token.span;
  if (!place) return undefined;
  if (start === end) {
    const missing = place.expects === 'value' && /:\s*$/.test(text.slice(Math.max(0, offset - 200), offset));
    if (!missing || !/^\s*\n\s*"/.test(text.slice(offset, offset + 400))) return undefined;
    return { text: `${text.slice(0, offset)}1${text.slice(offset + 1)}`, offset: offset + 1 };
  }
  const blank = (by: string): string => text.slice(0, start) + by.repeat(end - start) + text.slice(end);
  if (place.expects === 'name') {
    const hasColon = token.closed && /^\s*:/.test(text.slice(end, end + 400));
    return hasColon ? undefined : { text: blank(' '), offset: start };
  }
  if (token.open) return undefined;
  return { text: blank('1'), offset };
}
