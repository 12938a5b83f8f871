import { format } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/**
 * Lays out a JSON text, comments kept, as VS Code does with its own JSON. A text that does not parse is laid out as far
 * as it can be told apart.
 * @param span the part to lay out; all of it when left out
 */
export function formatJson(text: string, options: FormatOptions, span?: Span): readonly TextEdit[] {
  const range = span && { offset: span.start, length: span.end - span.start };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const insertFinalNewline = text.endsWith('\n');
  const edits = format(text, range, { ...options, eol, insertFinalNewline });
  // Where lines are indented by 200 blanks and more, jsonc-parser 3.3.1 gives edits without a text.
  if (edits.some(({ content }) => content === undefined)) return [];
  return edits.map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    newText: content,
  }));
}
