import { createScanner } from 'jsonc-parser';
import type { Span } from '../base/span.ts';

/** `SyntaxKind` of the scanner, which is a const enum and gone when it runs. */
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const END = 17;

/** The comments of a JSON text, in order. Never throws, whatever the text. */
export function findComments(text: string): readonly Span[] {
  if (!text.includes('//') && !text.includes('/*')) return [];
  const comments: Span[] = [];
  const scanner = createScanner(text, false);
  for (let token: number = scanner.scan(); token !== END; token = scanner.scan()) {
    if (token !== LINE_COMMENT && token !== BLOCK_COMMENT) continue;
    const start = scanner.getTokenOffset();
    comments.push({ start, end: Math.min(start + scanner.getTokenLength(), text.length) });
  }
  return comments;
}
