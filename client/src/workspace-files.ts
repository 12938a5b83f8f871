import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type FolderEntry,
  READ_FILE,
  READ_FOLDER,
  type ReadFileParams,
  type UriParams,
} from '../../server/src/protocol.ts';

/** Reads folders and files for a server that cannot: in a browser, or in folders that lie on no disk. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(READ_FOLDER, async ({ uri }: UriParams): Promise<readonly FolderEntry[]> => {
    const entries = await workspace.fs.readDirectory(Uri.parse(uri));
    return entries
      .filter(([, type]) => type === FileType.File || type === FileType.Directory)
      .map(([name, type]) => ({ name, folder: type === FileType.Directory }));
  });
  client.onRequest(READ_FILE, async ({ uri, mostBytes }: ReadFileParams): Promise<string | null> => {
    try {
      const file = Uri.parse(uri);
      const { size } = await workspace.fs.stat(file);
      return size > mostBytes ? null : new TextDecoder().decode(await workspace.fs.readFile(file));
    } catch {
      return null;
    }
  });
}
