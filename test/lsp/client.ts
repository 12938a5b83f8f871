import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createConnection, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import {
  CancellationTokenSource,
  createMessageConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type ServerRuntime, startServer } from '../../server/src/lsp/server.ts';

const DATA = join(__dirname, '../../server/data');

/** Generous: a test that waits this long has failed. */
const DEADLINE_MS = 10_000;

export interface Message {
  readonly method: string;
  readonly params: unknown;
}

/** A client in the same process. Whatever the server sends must be taken by the test; the rest fails it at `end`. */
export interface TestClient {
  readonly initialized: InitializeResult;
  request<Result = unknown>(method: string, params: unknown): Promise<Result>;
  /** Sends a request and calls it off, at once or when a promise says so. */
  requestAndCancel(method: string, params: unknown, when?: Promise<unknown>): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** The next message of a method, in the order of arrival. */
  take<Params = unknown>(method: string): Promise<Params>;
  /** Answers the server's `workspace/configuration` from now on. */
  settings: unknown;
  /** How often the settings were asked for. */
  readonly asked: () => number;
  open(uri: string, text: string, languageId?: string, version?: number): void;
  /** Replaces the whole text. */
  change(uri: string, text: string, version: number): void;
  close(uri: string): void;
  /** Ends the session as an editor does, and fails on any message that was not taken. Resolves to the exit code. */
  end(): Promise<number>;
  /** Goes without asking the server to shut down first. */
  leave(): Promise<number>;
}

export interface ClientOptions {
  readonly capabilities?: InitializeParams['capabilities'];
  readonly initializationOptions?: unknown;
  readonly workspaceFolders?: InitializeParams['workspaceFolders'];
  readonly settings?: unknown;
  /** Answers to requests of the server, by method. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
  readonly runtime?: Partial<ServerRuntime>;
}

const readCatalogue: ServerRuntime['readCatalogue'] = () => ({
  toc: readFileSync(join(DATA, 'catalogue-toc.json'), 'latin1'),
  get services() {
    return readFileSync(join(DATA, 'catalogue.jsonl'), 'latin1');
  },
});

/** Capabilities of a client that pulls diagnostics. */
export const PULL = {
  textDocument: { diagnostic: {} },
  workspace: { diagnostics: { refreshSupport: true } },
} satisfies InitializeParams['capabilities'];

/** Capabilities of a client that can be asked for settings. */
export const SETTINGS = {
  workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
} satisfies InitializeParams['capabilities'];

export async function connect(options: ClientOptions = {}): Promise<TestClient> {
  const up = new PassThrough();
  const down = new PassThrough();
  let exit: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => {
    exit = resolve;
  });
  const watchDog = { shutdownReceived: false, initialize: () => undefined, exit };
  const server = createConnection((logger) => createProtocolConnection(up, down, logger), watchDog);
  startServer(server, { version: '1.2.3', readCatalogue, defer: setImmediate, ...options.runtime });

  const connection = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up), {
    error: fail,
    warn: fail,
    info: fail,
    log: fail,
  });
  const arrived: Message[] = [];
  const waiting: { readonly method: string; readonly resolve: (params: unknown) => void }[] = [];
  const deliver = (method: string, params: unknown): void => {
    const index = waiting.findIndex((one) => one.method === method);
    const [taker] = index < 0 ? [] : waiting.splice(index, 1);
    if (taker) taker.resolve(params);
    else arrived.push({ method, params });
  };
  let asked = 0;
  connection.onNotification(deliver);
  connection.onRequest((method: string, params: unknown) => {
    const answer = options.answers?.[method];
    if (answer) return answer(params as never);
    if (method === 'workspace/configuration') {
      asked += 1;
      return (params as { items: readonly unknown[] }).items.map(() => client.settings ?? null);
    }
    deliver(method, params);
    return null;
  });
  connection.listen();

  const params: InitializeParams = {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? {},
    initializationOptions: options.initializationOptions,
    workspaceFolders: options.workspaceFolders ?? null,
  };
  const client: TestClient = {
    initialized: await within('initialize', connection.sendRequest<InitializeResult>('initialize', params)),
    settings: options.settings,
    asked: () => asked,
    request: (method, params) => within(method, connection.sendRequest(method, params)),
    requestAndCancel(method, params, when) {
      const source = new CancellationTokenSource();
      const answer = connection.sendRequest(method, params, source.token);
      if (when) when.then(() => source.cancel(), assert.fail);
      else source.cancel();
      return within(method, answer);
    },
    notify(method, params) {
      connection.sendNotification(method, params).catch(assert.fail);
    },
    take(method) {
      const index = arrived.findIndex((one) => one.method === method);
      const [known] = index < 0 ? [] : arrived.splice(index, 1);
      if (known) return Promise.resolve(known.params as never);
      return within(
        `${method} (arrived instead: ${arrived.map((one) => one.method).join(', ') || 'nothing'})`,
        new Promise((resolve) => waiting.push({ method, resolve: resolve as (params: unknown) => void })),
      );
    },
    open(uri, text, languageId = 'json', version = 1) {
      this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
    },
    change(uri, text, version) {
      this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    },
    close(uri) {
      this.notify('textDocument/didClose', { textDocument: { uri } });
    },
    async end() {
      assert.equal(await this.request('shutdown', null), null);
      return this.leave();
    },
    async leave() {
      this.notify('exit', null);
      const code = await within('exit', exited);
      connection.dispose();
      assert.deepEqual(arrived, [], 'messages that nobody expected');
      return code;
    },
  };
  client.notify('initialized', {});
  return client;
}

function fail(message: string): never {
  throw new Error(message);
}

async function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
