import type { Span } from './span.ts';

/** A zero-based line and UTF-16 character, as the Language Server Protocol counts them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The offsets at which the lines of a text start (`\n`, `\r\n` and a lone `\r` end a line). */
export interface LineMap {
  readonly starts: readonly number[];
  /** Where the text of each line ends, before its line end. */
  readonly ends: readonly number[];
  readonly length: number;
}

export function mapLines(text: string): LineMap {
  const starts = [0];
  const ends: number[] = [];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const end = carriage >= 0 && (feed < 0 || carriage < feed) ? carriage : feed;
    ends.push(end);
    const next = end === carriage && feed === end + 1 ? end + 2 : end + 1;
    starts.push(next);
    if (feed >= 0 && feed < next) feed = text.indexOf('\n', next);
    if (carriage >= 0 && carriage < next) carriage = text.indexOf('\r', next);
  }
  ends.push(text.length);
  return { starts, ends, length: text.length };
}

/** The position of an offset; offsets outside the text are clamped to it. */
export function positionAt(lines: LineMap, offset: number): Position {
  const target = Math.max(0, Math.min(offset, lines.length));
  let low = 0;
  let high = lines.starts.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((lines.starts[middle] ?? 0) <= target) low = middle;
    else high = middle;
  }
  return { line: low, character: target - (lines.starts[low] ?? 0) };
}

/** The offset of a position; a character past the end of its line counts as the end of that line's text. */
export function offsetAt(lines: LineMap, position: Position): number {
  if (position.line < 0) return 0;
  const start = lines.starts[position.line];
  if (start === undefined) return lines.length;
  return Math.max(start, Math.min(start + position.character, lines.ends[position.line] ?? lines.length));
}

export function rangeOf(lines: LineMap, span: Span): Range {
  return { start: positionAt(lines, span.start), end: positionAt(lines, span.end) };
}
