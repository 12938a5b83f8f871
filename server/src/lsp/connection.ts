/**
 * As much of the Language Server Protocol as this server speaks, over a connection of JSON-RPC. The packages that know
 * all of the protocol take longer to load than everything else together; their types cost nothing.
 */
import {
  type Logger,
  type MessageConnection,
  ParameterStructures,
  type RequestHandler,
  RequestType,
  RequestType0,
} from 'vscode-jsonrpc';
import type * as lsp from 'vscode-languageserver';

export { type CancellationToken, type Logger, type MessageConnection, ResponseError } from 'vscode-jsonrpc';

/** A request that this server can answer. */
type Request =
  | typeof lsp.CodeActionRequest
  | typeof lsp.CodeActionResolveRequest
  | typeof lsp.CodeLensRequest
  | typeof lsp.CodeLensResolveRequest
  | typeof lsp.CompletionRequest
  | typeof lsp.CompletionResolveRequest
  | typeof lsp.DefinitionRequest
  | typeof lsp.DocumentDiagnosticRequest
  | typeof lsp.DocumentFormattingRequest
  | typeof lsp.DocumentHighlightRequest
  | typeof lsp.DocumentLinkRequest
  | typeof lsp.DocumentRangeFormattingRequest
  | typeof lsp.DocumentSymbolRequest
  | typeof lsp.FoldingRangeRequest
  | typeof lsp.HoverRequest
  | typeof lsp.InlayHintRequest
  | typeof lsp.InlayHintResolveRequest
  | typeof lsp.PrepareRenameRequest
  | typeof lsp.ReferencesRequest
  | typeof lsp.RenameRequest
  | typeof lsp.SelectionRangeRequest
  | typeof lsp.SemanticTokensRangeRequest
  | typeof lsp.SemanticTokensRequest
  | typeof lsp.WorkspaceSymbolRequest;

/** What the client tells. */
type Notification =
  | typeof lsp.DidChangeConfigurationNotification
  | typeof lsp.DidChangeTextDocumentNotification
  | typeof lsp.DidChangeWatchedFilesNotification
  | typeof lsp.DidChangeWorkspaceFoldersNotification
  | typeof lsp.DidCloseTextDocumentNotification
  | typeof lsp.DidOpenTextDocumentNotification
  | typeof lsp.InitializedNotification;

type ParamsOf<Type> =
  Type extends lsp.RequestType<infer Params, infer _Result, infer _Error>
    ? Params
    : Type extends lsp.NotificationType<infer Params>
      ? Params
      : never;
type ResultOf<Type> = Type extends lsp.RequestType<infer _Params, infer Result, infer _Error> ? Result : never;

type Handler<Params, Result> = RequestHandler<Params, Result, unknown>;

type Typed<Known extends { readonly method: string }, Method extends Known['method']> =
  Extract<Known, { readonly method: Method }> extends { readonly type: infer Type } ? Type : never;

/** A message of our own; see protocol.ts. */
type OwnMethod = `iamPolicy/${string}`;

/** The requests by which a client is told to ask again. */
export type RefreshMethod = `workspace/${'codeLens' | 'diagnostic' | 'inlayHint' | 'semanticTokens'}/refresh`;

export interface Connection {
  onInitialize(handler: (params: lsp.InitializeParams) => lsp.InitializeResult): void;
  onShutdown(handler: () => void): void;
  onRequest<Method extends Request['method']>(
    method: Method,
    handler: Handler<ParamsOf<Typed<Request, Method>>, ResultOf<Typed<Request, Method>>>,
  ): void;
  onRequest<Params, Result>(method: OwnMethod, handler: Handler<Params, Result>): void;
  onNotification<Method extends Notification['method']>(
    method: Method,
    handler: (params: ParamsOf<Typed<Notification, Method>>) => void,
  ): void;
  onNotification<Params>(method: OwnMethod, handler: (params: Params) => void): void;
  /** Asks the client something of our own. */
  ask<Result>(method: OwnMethod, params: object): Promise<Result>;
  /** The settings of a section, as they hold for a file. */
  askSettings(section: string, uri: string): Promise<unknown>;
  /** Asks the client to send a method's messages too. */
  register(method: Request['method'] | Notification['method'], options: object): Promise<void>;
  /** Asks the client to ask again for what it shows; a client that does not want to is left alone. */
  refresh(method: RefreshMethod): void;
  tell(method: OwnMethod, params: object): Promise<void>;
  sendDiagnostics(params: lsp.PublishDiagnosticsParams): Promise<void>;
  /** Shows the user a warning. */
  showWarning(message: string): void;
  /** Writes into the client's log. */
  log(message: string, level: 'error' | 'warn'): void;
  listen(): void;
}

/** The errors that a client takes for no failure. */
export const ERRORS = {
  RequestCancelled: -32800,
  ContentModified: -32801,
  RequestFailed: -32803,
} as const satisfies Partial<typeof lsp.LSPErrorCodes>;

/** What a connection asks of the process or the worker that it runs in. */
export interface Life {
  /** Ends the process when another one is gone. */
  watch(processId: number): void;
  exit(code: 0 | 1): void;
}

/** The levels of `window/logMessage` and `window/showMessage`. */
const LEVELS = { error: 1, warn: 2, info: 3, log: 4 } as const satisfies Record<string, lsp.MessageType>;

/** @param connect makes the connection; what goes wrong with its messages is written into the client's log */
export function createConnection(connect: (logger: Logger) => MessageConnection, life: Life): Connection {
  const log = (level: keyof typeof LEVELS, message: string): void =>
    notify('window/logMessage', { type: LEVELS[level], message });
  const rpc = connect({
    error: (message) => log('error', message),
    warn: (message) => log('warn', message),
    info: (message) => log('info', message),
    log: (message) => log('log', message),
  });
  /** Whoever cannot be told any more is gone. */
  const notify = (method: string, params: object): void => {
    rpc.sendNotification(method, params).catch(() => undefined);
  };

  let ready = false;
  let onShutdown = (): void => undefined;
  const take = <Params, Result>(method: string, handler: Handler<Params, Result>): void => {
    rpc.onRequest(new RequestType<Params, Result, unknown>(method, ParameterStructures.byName), handler);
  };
  const hear = <Params>(method: string, handler: (params: Params) => void): void => {
    rpc.onNotification(method, handler);
  };
  rpc.onRequest(new RequestType0<null, unknown>('shutdown'), () => {
    ready = true;
    onShutdown();
    return null;
  });
  const end = (): void => {
    try {
      rpc.end();
    } catch {
      // There may be nobody left to write to.
    }
    life.exit(ready ? 0 : 1);
  };
  rpc.onNotification('exit', end);
  rpc.onClose(end);

  return {
    onInitialize(handler) {
      take<lsp.InitializeParams, lsp.InitializeResult>('initialize', (params) => {
        if (typeof params.processId === 'number') life.watch(params.processId);
        return handler(params);
      });
    },
    onShutdown(handler) {
      onShutdown = handler;
    },
    onRequest: take,
    onNotification: hear,
    ask: (method, params) => rpc.sendRequest(method, params),
    async askSettings(section, scopeUri) {
      const answers = await rpc.sendRequest('workspace/configuration', { items: [{ scopeUri, section }] });
      return Array.isArray(answers) ? answers[0] : null;
    },
    // One registration of a method is all there is, so its name names it.
    register: (method, registerOptions) =>
      rpc.sendRequest('client/registerCapability', { registrations: [{ id: method, method, registerOptions }] }),
    refresh(method) {
      rpc.sendRequest(method).catch(() => undefined);
    },
    tell: (method, params) => rpc.sendNotification(method, params),
    sendDiagnostics: (params) => rpc.sendNotification('textDocument/publishDiagnostics', params),
    showWarning: (message) => notify('window/showMessage', { type: LEVELS.warn, message }),
    log: (message, level) => log(level, message),
    listen: () => rpc.listen(),
  };
}
