import { format } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { SyntaxTree } from './tree.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/**
 * Lays out a JSON text, comments kept, as VS Code does with its own JSON. A text that does not parse is laid out as far
 * as it can be told apart; one that is nested too deeply to be read is left alone.
 * @param span the part to lay out; all of it when left out
 */
export function formatJson({ text, problems }: SyntaxTree, options: FormatOptions, span?: Span): readonly TextEdit[] {
  // Each level indents all that is inside it: 50 KB of brackets would be gigabytes of blanks.
  if (problems.some(({ code }) => code === 'too-deep')) return [];
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
