import type { Analysis, FileInput } from '../../server/src/service.ts';
import { service } from './data.ts';

/** A text read, and where the `|` stood that has been taken out of it. */
export function readAt(
  textWithCursor: string,
  input: Omit<FileInput, 'text'> = { path: 'policy.json' },
): { readonly analysis: Analysis; readonly offset: number; readonly text: string } {
  const offset = textWithCursor.indexOf('|');
  if (offset < 0) throw new Error('no cursor in the text');
  const text = textWithCursor.slice(0, offset) + textWithCursor.slice(offset + 1);
  return { analysis: service.analyze({ ...input, text }), offset, text };
}
