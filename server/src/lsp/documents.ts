import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Connection } from './connection.ts';

/** The texts of the open files, as the client tells them. */
export interface Documents {
  get(uri: string): TextDocument | undefined;
  uris(): readonly string[];
}

interface Listeners {
  /** A file was opened, or its text has changed. */
  readonly onText: (uri: string) => void;
  readonly onClose: (uri: string) => void;
}

export function createDocuments(connection: Connection, { onText, onClose }: Listeners): Documents {
  const documents = new Map<string, TextDocument>();
  connection.onNotification('textDocument/didOpen', ({ textDocument: { uri, languageId, version, text } }) => {
    if (typeof uri !== 'string' || typeof text !== 'string') throw new TypeError('the document has no URI or no text');
    documents.set(uri, TextDocument.create(uri, languageId, version, text));
    onText(uri);
  });
  connection.onNotification('textDocument/didChange', ({ textDocument: { uri, version }, contentChanges }) => {
    const document = documents.get(uri);
    if (!document || contentChanges.length === 0) return;
    if (typeof version !== 'number') throw new TypeError(`the change of ${uri} has no version`);
    documents.set(uri, TextDocument.update(document, contentChanges, version));
    onText(uri);
  });
  connection.onNotification('textDocument/didClose', ({ textDocument: { uri } }) => {
    if (documents.delete(uri)) onClose(uri);
  });
  return {
    get: (uri) => documents.get(uri),
    uris: () => [...documents.keys()],
  };
}
