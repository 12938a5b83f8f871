/**
 * The same text on its own. A part of a text keeps the whole of it in memory: whoever remembers a name of a document
 * for longer than the document would keep one document for each name.
 */
export function detached(text: string): string {
  return ` ${text}`.slice(1);
}
