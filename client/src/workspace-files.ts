import { RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { FIND_FILES, type FindFilesParams, READ_FILE, type ReadFileParams } from '../../server/src/protocol.ts';

/** Finds and reads files for a server that cannot: in a browser, or in folders that lie on no disk. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(FIND_FILES, async ({ folder, include, exclude, most }: FindFilesParams, token) => {
    const inside = Uri.parse(folder);
    const found = await workspace.findFiles(
      new RelativePattern(inside, include),
      new RelativePattern(inside, exclude),
      most,
      token,
    );
    return found.map((uri) => uri.toString());
  });
  client.onRequest(READ_FILE, async ({ uri, mostBytes }: ReadFileParams) => {
    try {
      const file = Uri.parse(uri);
      const { size } = await workspace.fs.stat(file);
      return size > mostBytes ? null : new TextDecoder().decode(await workspace.fs.readFile(file));
    } catch {
      return null;
    }
  });
}
