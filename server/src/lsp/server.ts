/** The language server: what a client asks, answered by the service. The only state is what startServer creates. */

import type {
  CancellationToken,
  CodeAction,
  Connection,
  DocumentDiagnosticParams,
  DocumentDiagnosticReport,
  DocumentFormattingParams,
  InitializeParams,
  InitializeResult,
  Range,
  TextEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../base/message-of.ts';
import type { CatalogueBytes } from '../catalogue/types.ts';
import {
  DESCRIBE,
  DESCRIBED,
  type DescribeParams,
  type Description,
  SETTINGS_SECTION,
  TREAT_AS,
  type TreatAsParams,
} from '../protocol.ts';
import { createPolicyService, isCatalogueError, openCatalogue } from '../service.ts';
import { ACTION_KINDS, type ActionData, createActions } from './actions.ts';
import { readClient } from './client.ts';
import { completion } from './completion.ts';
import { toDescription, toDiagnostic, toSpan, toTextEdit } from './convert.ts';
import { createFiles, type ReadFile } from './files.ts';
import { hints } from './hints.ts';
import { hover } from './hover.ts';
import { lenses } from './lenses.ts';
import {
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from './library.ts';
import { navigation } from './navigation.ts';
import { newPolicy } from './new-policy.ts';
import { fileOf, type Host, type Part } from './part.ts';
import { tokens } from './tokens.ts';
import { workspace } from './workspace.ts';
import { createWorkspaceFiles, type Disk } from './workspace-files.ts';

/** What differs between Node and a web worker. */
export interface ServerRuntime {
  readonly version: string;
  /** Called at the first need of the AWS reference data; may throw when it is missing. */
  readonly readCatalogue: () => CatalogueBytes;
  /** Finds and reads the files of folders with `file:` URIs; without it the client is asked. */
  readonly disk?: Disk;
  /** Runs a callback after the messages that have already arrived. */
  readonly defer: (callback: () => void) => void;
  /** How long a client may take to answer before the server goes on without. */
  readonly patienceMs?: number;
}

/** The features that have a file of their own. */
const PARTS: readonly Part[] = [completion, hover, newPolicy, lenses, hints, tokens, navigation, workspace];

/** Files whose names say that they hold a policy; in VS Code nobody else looks after them. */
const OWN_LANGUAGE = 'iam-policy';

/** Long enough to let a quick typist's next key pass first, short enough not to be felt. */
const DEBOUNCE_MS = 25;

/** An editor that is starting may be slow; one that never answers must not silence the server. */
const PATIENCE_MS = 10_000;

const EMPTY_REPORT: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

/** Serves a connection until it ends. */
export function startServer(connection: Connection, runtime: ServerRuntime): void {
  const told = new Set<string>();
  const tellOnce = (message: string, level: 'error' | 'warn' = 'error'): void => {
    if (told.has(message)) return;
    told.add(message);
    connection.console[level](message);
  };

  const catalogue = openCatalogue(runtime.readCatalogue);
  const readDate = (): string | null => {
    try {
      return catalogue.date;
    } catch {
      return null;
    }
  };
  const service = createPolicyService({
    catalogue,
    log: (message, error) => {
      tellOnce(message);
      if (isCatalogueError(error) && !told.has('catalogue')) {
        told.add('catalogue');
        const message =
          'IAM Policy cannot read its AWS reference data, so names of actions and condition keys are not checked. ' +
          'Reinstalling it should help; the rest works.';
        connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
      }
    },
  });

  let client = readClient({ capabilities: {}, processId: null, rootUri: null, workspaceFolders: null });
  const documents = new TextDocuments({ create: createDocument, update: TextDocument.update });
  const patience = runtime.patienceMs ?? PATIENCE_MS;
  const files = createFiles({ connection, service, documents, client: () => client, tell: tellOnce, patience });
  const actions = createActions({ service, client: () => client });
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const described = new Map<string, string>();

  /** Answers a request: never with a throw, never for a request that was called off before or meanwhile. */
  const guard =
    <Params, Result>(
      name: string,
      fallback: Result,
      answer: (params: Params, token: CancellationToken) => Promise<Result> | Result,
    ) =>
    async (params: Params, token: CancellationToken): Promise<Result | ResponseError<never>> => {
      await new Promise<void>((resolve) => runtime.defer(resolve));
      if (token.isCancellationRequested) return cancelled();
      try {
        const result = await answer(params, token);
        return token.isCancellationRequested ? cancelled() : result;
      } catch (error) {
        if (error instanceof ResponseError) return error as ResponseError<never>;
        tellOnce(`${name} failed: ${messageOf(error)}`);
        return fallback;
      }
    };

  /** Takes a notification: never with a throw, whatever the client sends along. */
  const heed =
    <Params>(name: string, take: (params: Params) => void) =>
    (params: Params): void => {
      try {
        take(params);
      } catch (error) {
        tellOnce(`${name} failed: ${messageOf(error)}`);
      }
    };

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    try {
      client = readClient(params);
    } catch (error) {
      tellOnce(
        `What the client says of itself makes no sense, so it gets what any client can show: ${messageOf(error)}`,
      );
    }
    return {
      serverInfo: { name: 'iam-policy-language-server', version: runtime.version },
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: {
          codeActionKinds: ACTION_KINDS,
          ...(client.resolvesEdits && { resolveProvider: true }),
        },
        ...(client.pullsDiagnostics && {
          diagnosticProvider: { identifier: 'iam-policy', interFileDependencies: false, workspaceDiagnostics: false },
        }),
        workspace: { workspaceFolders: { supported: true, changeNotifications: client.tellsFolderChanges } },
        ...Object.assign({}, ...PARTS.map((part) => part.capabilities(client))),
      },
    };
  });

  connection.onInitialized(() => {
    if (client.registersConfiguration) {
      const registered = connection.client.register(DidChangeConfigurationNotification.type, {
        section: SETTINGS_SECTION,
      });
      registered.catch((error) => tellOnce(`Settings changes will go unnoticed: ${String(error)}`, 'warn'));
    }
    // Where the editor formats JSON itself, a second formatter would only make it ask which one to take.
    if (client.registersFormatting) {
      const own = { documentSelector: [{ language: OWN_LANGUAGE }] };
      for (const type of [DocumentFormattingRequest.type, DocumentRangeFormattingRequest.type]) {
        connection.client.register(type, own).catch((error) => tellOnce(`No formatting: ${String(error)}`, 'warn'));
      }
    }
    if (client.tellsFolderChanges) {
      connection.workspace.onDidChangeWorkspaceFolders(
        heed('Taking other folders', ({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uri));
          const folders = [...client.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          client = { ...client, folders };
          settingsChanged();
        }),
      );
    }
  });

  connection.onDidChangeConfiguration(
    heed('Taking new settings', ({ settings }) => {
      files.setPushedSettings(settings);
      settingsChanged();
    }),
  );

  const listeners: (() => void)[] = [];
  const settingsChanged = (): void => {
    files.forgetSettings();
    if (client.pullsDiagnostics && client.refreshesDiagnostics) {
      connection.languages.diagnostics.refresh().catch(() => undefined);
    }
    for (const { uri } of documents.all()) schedule(uri, 0);
    for (const listener of listeners) listener();
  };

  const schedule = (uri: string, delay: number): void => {
    clearTimeout(timers.get(uri));
    const work = (): void => {
      timers.delete(uri);
      refresh(uri).catch((error) => tellOnce(`Judging a file failed: ${String(error)}`));
    };
    timers.set(uri, setTimeout(work, delay));
  };

  /** Sends what the client cannot ask for itself: diagnostics when it does not pull, and what the file is. */
  const refresh = async (uri: string): Promise<void> => {
    const file = await files.read(uri);
    // A newer version has its own turn, and a closed file has none.
    if (!file || timers.has(uri)) return;
    if (!client.pullsDiagnostics) {
      await connection.sendDiagnostics({ uri, version: file.version, diagnostics: diagnosticsOf(file) });
    }
    if (!client.wantsDescriptions) return;
    const description = describe(file);
    const key = JSON.stringify({ ...description, version: 0 });
    if (described.get(uri) === key) return;
    described.set(uri, key);
    await connection.sendNotification(DESCRIBED, description);
  };

  const diagnosticsOf = (file: ReadFile) =>
    file.analysis.findings.map((finding) => toDiagnostic(file.analysis, finding, file, client.diagnostics));

  const describe = (file: ReadFile): Description =>
    toDescription(file.analysis, file, file.analysis.policies.length > 0 ? readDate() : null);

  documents.onDidChangeContent(({ document }) => {
    schedule(document.uri, files.isKnown(document.uri) ? DEBOUNCE_MS : 0);
  });

  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    files.forget(uri);
    described.delete(uri);
    if (!client.pullsDiagnostics) connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined);
  });

  connection.languages.diagnostics.on(
    guard<DocumentDiagnosticParams, DocumentDiagnosticReport>('Diagnostics', EMPTY_REPORT, async (params) => {
      const file = await fileOf({ files }, params);
      if (!file) return EMPTY_REPORT;
      const resultId = String(file.serial);
      if (params.previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: diagnosticsOf(file) };
    }),
  );

  connection.onCodeAction(
    guard('Code actions', [], async (params) => {
      const file = await fileOf({ files }, params);
      return file ? actions.list(file, params) : [];
    }),
  );

  connection.onCodeActionResolve((action, token) =>
    guard<CodeAction, CodeAction>('Resolving a code action', action, async () => {
      const data = action.data as ActionData | undefined;
      const file = await files.read(data?.uri ?? '');
      const resolved = file && data ? actions.resolve(file, action, data) : undefined;
      if (resolved) return resolved;
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The file has changed since this action was offered.');
    })(action, token),
  );

  const format = async (params: DocumentFormattingParams & { readonly range?: Range }): Promise<TextEdit[] | null> => {
    const file = await fileOf({ files }, params);
    if (!file) return null;
    const span = params.range && toSpan(file.analysis, params.range);
    return service.format(file.analysis, params.options, span).map((edit) => toTextEdit(file.analysis, edit));
  };
  connection.onDocumentFormatting(guard('Formatting', null, format));
  connection.onDocumentRangeFormatting(guard('Formatting', null, format));

  connection.onRequest(
    DESCRIBE,
    guard<DescribeParams, Description | null>('Describing a file', null, async ({ uri }) => {
      const file = await files.read(uri);
      return file ? describe(file) : null;
    }),
  );

  connection.onNotification(
    TREAT_AS,
    heed('Treating a file as another kind', ({ uri, kind }: TreatAsParams) => {
      files.treatAs(uri, kind);
      settingsChanged();
    }),
  );

  const host: Host = {
    connection,
    service,
    files,
    workspace: createWorkspaceFiles({ connection, service, files, client: () => client, runtime, patience }),
    client: () => client,
    guard,
    onSettingsChanged: (listener) => listeners.push(listener),
  };
  for (const part of PARTS) part.serve(host);

  connection.onShutdown(() => {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  });

  documents.listen(connection);
  connection.listen();
}

/** @throws TypeError when a client opens what is no document; nothing of it is kept. */
function createDocument(uri: string, languageId: string, version: number, text: string): TextDocument {
  if (typeof uri !== 'string' || typeof text !== 'string') throw new TypeError('the document has no URI or no text');
  return TextDocument.create(uri, languageId, version, text);
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
}
