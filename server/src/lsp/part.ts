import type { CancellationToken, Connection, ServerCapabilities } from 'vscode-languageserver';
import type { PolicyService } from '../service.ts';
import type { Client } from './client.ts';
import type { Files, ReadFile } from './files.ts';
import { ErrorCodes, ResponseError } from './library.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** What a part of the server works with. */
export interface Host {
  readonly connection: Connection;
  readonly service: PolicyService;
  readonly files: Files;
  readonly workspace: WorkspaceFiles;
  readonly client: () => Client;
  /** A handler that never throws, and is silent when the request is called off; the name is for the log. */
  readonly guard: <Params, Result>(
    name: string,
    fallback: Result,
    answer: (params: Params, token: CancellationToken) => Promise<Result> | Result,
  ) => (params: Params, token: CancellationToken) => Promise<Result | ResponseError<never>>;
  /** Told after the settings have changed; a part asks the client to ask again for what it has shown. */
  readonly onSettingsChanged: (listener: () => void) => void;
}

/** One feature of the server: what it promises the client, and the handlers that keep it. */
export interface Part {
  readonly capabilities: (client: Client) => Partial<ServerCapabilities>;
  readonly serve: (host: Host) => void;
}

/** What most requests hold. */
interface OfDocument {
  readonly textDocument: { readonly uri: string };
}

/** The file that a request is about; undefined when it is not open. */
export function fileOf({ files }: Pick<Host, 'files'>, params: OfDocument): Promise<ReadFile | undefined> {
  return files.read(uriOf(params));
}

/** @throws ResponseError which tells the client that its request names no file. */
export function uriOf(params: OfDocument): string {
  const uri: unknown = params?.textDocument?.uri;
  if (typeof uri === 'string') return uri;
  throw new ResponseError(ErrorCodes.InvalidParams, 'The request names no file: textDocument.uri is not a text.');
}
