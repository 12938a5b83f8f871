// npm run soak [-- --operations N] [--seed S] [--pull]: a server process at full speed: edits, opens, closes, settings and
// every request that the server declares, some called off. Ends with 1 when a request goes unanswered, an answer lies
// outside its text, diagnostics are stale or wrong, or memory keeps growing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from 'vscode-languageserver';
import {
  CancellationTokenSource,
  createMessageConnection,
  LSPErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { mapLines, rangeOf } from '../../server/src/base/lines.ts';
import { DEFAULT_SETTINGS, parseKindSetting } from '../../server/src/lint/settings.ts';
import { buildPackage } from '../bench/server.ts';
import { service } from '../harness/data.ts';
import { somewhere } from './probe-edits.ts';
import { CAPABILITIES, checkAnswer, type OpenFile, requestsFor } from './soak-requests.ts';
import { createRandom, mutate, POLICIES, type Random } from './texts.ts';

const FILES = 6;
/** So many requests may be under way; an editor has fewer. */
const MOST_OPEN = 32;
/** How often everything is waited for, and the diagnostics compared with those of a fresh reading. */
const CHECKED_EVERY = 500;
const LONGEST_TEXT = 6000;
const DEADLINE_MS = 60_000;
/** So many versions of a file are known, to hold answers against. */
const KEPT_VERSIONS = 100;
/** With a small heap garbage does not pass for a leak, and a leak ends the process. */
const HEAP_MB = 64;

async function soak(operations: number, seed: number, pulls: boolean): Promise<void> {
  const pack = await buildPackage();
  const child = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, pack.server, '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const files = new Map<string, OpenFile>();
  const published = new Map<string, PublishDiagnosticsParams>();
  let persona: 'regular' | 'auditor' = 'regular';
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    const before = published.get(params.uri)?.version;
    if (params.version !== undefined && before !== undefined) assert.ok(params.version >= before, 'an old version');
    published.set(params.uri, params);
  });
  const registered: string[] = [];
  connection.onRequest((method: string, params: unknown) => {
    if (method === 'workspace/configuration') {
      return (params as { items: readonly unknown[] }).items.map(() => ({ persona }));
    }
    if (method === 'client/registerCapability') {
      const { registrations } = params as { readonly registrations: readonly { readonly method: string }[] };
      registered.push(...registrations.map((one) => one.method));
    }
    return null;
  });
  connection.listen();
  const { capabilities } = await connection.sendRequest<InitializeResult>('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      ...CAPABILITIES,
      textDocument: { ...CAPABILITIES.textDocument, ...(pulls && { diagnostic: {} }) },
    },
    workspaceFolders: [{ uri: 'file:///team', name: 'team' }],
  });
  await connection.sendNotification('initialized', {});
  // Answered after what the server registers at its beginning.
  await connection.sendRequest('workspace/symbol', { query: '' });
  const requests = requestsFor(capabilities, registered);

  const random = createRandom(seed);
  const open = new Set<Promise<void>>();
  const answers = new Map<string, number>();
  let places = 0;
  const send = (method: string, params: object, take: (answer: unknown) => void): Promise<void> => {
    const source = new CancellationTokenSource();
    const count = (): unknown => answers.set(method, (answers.get(method) ?? 0) + 1);
    const answer = connection.sendRequest(method, params, source.token).then(
      (value: unknown) => {
        count();
        take(value);
      },
      (error: { readonly code?: number }) => {
        // Called off, or refused with a reason: an answer, too.
        const { RequestCancelled, ContentModified, RequestFailed } = LSPErrorCodes;
        const known: readonly unknown[] = [RequestCancelled, ContentModified, RequestFailed];
        if (!known.includes(error.code)) throw error;
        count();
      },
    );
    const tracked = within(`an answer to ${method}`, answer).finally(() => open.delete(tracked));
    open.add(tracked);
    if (random.below(4) === 0) source.cancel();
    return tracked;
  };
  const ask = async (file: OpenFile): Promise<void> => {
    const [first, ...others] = requests;
    assert.ok(first);
    const { method, params, resolve } = random.pick([first, ...others]);
    const { version } = file;
    const range = rangeOf(mapLines(file.text), somewhere(random, file.text));
    const check = (answer: unknown): void => {
      // Closed, or opened anew, meanwhile.
      if (files.get(file.uri) === file) places += checkAnswer(method, answer, file, version, files);
    };
    const asked = send(method, params(file, range, random), (answer) => {
      check(answer);
      const items: unknown = Array.isArray(answer) ? answer : (answer as { items?: unknown } | null)?.items;
      if (resolve === undefined || !Array.isArray(items) || items.length === 0) return;
      // Chosen by what is the same in each run: answers come in their own order.
      send(resolve, items[version % items.length], check);
    });
    // Where nothing else happens meanwhile, the text is the one that was asked about.
    if (random.below(3) === 0) await asked;
  };

  const memory: number[] = [];
  for (let operation = 1; operation <= operations; operation++) {
    await operate(
      random,
      connection,
      files,
      ask,
      (uri) => published.delete(uri),
      () => {
        persona = persona === 'regular' ? 'auditor' : 'regular';
      },
    );
    if (open.size >= MOST_OPEN) await Promise.race(open);
    if (operation % CHECKED_EVERY === 0) {
      await Promise.all(open);
      // Answered after all that was sent before it.
      await connection.sendRequest('workspace/symbol', { query: '' });
      for (const { uri, diagnostics } of published.values()) {
        if (!files.has(uri)) assert.deepEqual(diagnostics, [], 'a closed file keeps its diagnostics');
      }
      await compare(files, pulls ? await pull(connection, files) : published, () => persona);
      memory.push(residentMegabytes(child.pid));
    }
    if (operation % Math.ceil(operations / 10) === 0) console.log(`${operation}: ${memory.at(-1)?.toFixed(0)} MB`);
  }
  await Promise.all(open);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  assert.equal(await within('the end of the server', exited), 0);
  pack.remove();
  const tenth = Math.ceil(memory.length / 10);
  const average = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [early, late] = [average(memory.slice(tenth, 3 * tenth)), average(memory.slice(-2 * tenth))];
  const answered = [...answers.values()].reduce((sum, one) => sum + one, 0);
  console.log([...answers].map(([method, count]) => `${method.replace(/^textDocument\//, '')} ${count}`).join(', '));
  console.log(
    `${operations} operations, ${answered} requests answered, ${places} places in the answers held against their text; ` +
      `${early.toFixed(0)} MB early, ${late.toFixed(0)} MB late`,
  );
  for (const { method } of requests) assert.ok(answers.has(method), `${method} was never asked`);
  assert.ok(memory.length < 20 || late < early * 1.25 + 10, 'memory keeps growing');
}

type Connection = ReturnType<typeof createMessageConnection>;

async function operate(
  random: Random,
  connection: Connection,
  files: Map<string, OpenFile>,
  ask: (file: OpenFile) => Promise<void>,
  forget: (uri: string) => void,
  switchSettings: () => void,
): Promise<void> {
  const uri = `file:///team/${random.below(FILES)}.json`;
  const file = files.get(uri);
  if (!file) {
    const text = random.pick(POLICIES);
    // Of a file that is open no longer, and has versions of its own, nothing must be said any more.
    forget(uri);
    files.set(uri, { uri, version: 1, text, kind: null, texts: new Map([[1, text]]) });
    const textDocument = { uri, languageId: 'json', version: 1, text };
    return connection.sendNotification('textDocument/didOpen', { textDocument });
  }
  const dice = random.below(100);
  if (dice < 2) {
    files.delete(uri);
    return connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }
  if (dice < 3) {
    switchSettings();
    return connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }
  if (dice < 4) {
    file.kind = random.pick([null, 'identity', 'trust', 'resource:s3']);
    return connection.sendNotification('iamPolicy/treatAs', { uri, kind: file.kind });
  }
  if (dice < 5) {
    const type = random.pick([1, 2, 3]);
    return connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  }
  if (dice < 55) return edit(random, connection, file);
  return ask(file);
}

/** One to three incremental edits in one message, as an editor sends them. */
async function edit(random: Random, connection: Connection, file: OpenFile): Promise<void> {
  const contentChanges: object[] = [];
  for (let times = 1 + random.below(3); times > 0; times--) {
    const { text } = file;
    if (text.length > LONGEST_TEXT || random.below(40) === 0) {
      file.text = random.pick(POLICIES);
      contentChanges.push({ text: file.text });
      continue;
    }
    const span = somewhere(random, text);
    const newText = mutate(text.slice(span.start, span.end), random);
    contentChanges.push({ range: rangeOf(mapLines(text), span), text: newText });
    file.text = text.slice(0, span.start) + newText + text.slice(span.end);
  }
  file.version++;
  file.texts.set(file.version, file.text);
  file.texts.delete(file.version - KEPT_VERSIONS);
  const textDocument = { uri: file.uri, version: file.version };
  return connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
}

/** What the server said last of each open file is what a fresh reading of the same text says. */
async function compare(
  files: ReadonlyMap<string, OpenFile>,
  published: ReadonlyMap<string, PublishDiagnosticsParams>,
  persona: () => 'regular' | 'auditor',
): Promise<void> {
  for (const file of files.values()) {
    const path = new URL(file.uri).pathname;
    const kind = file.kind === null ? undefined : parseKindSetting(file.kind);
    const analysis = service.analyze(
      { path, languageId: 'json', text: file.text, ...(kind && { kind }) },
      { ...DEFAULT_SETTINGS, persona: persona() },
    );
    const wanted = JSON.stringify(analysis.findings.map(({ rule, span }) => [rule, service.range(analysis, span)]));
    const start = Date.now();
    for (;;) {
      const said = published.get(file.uri);
      const got = JSON.stringify(said?.diagnostics.map(({ code, range }) => [code, range]));
      if (said?.version === file.version && got === wanted) break;
      if (Date.now() - start > DEADLINE_MS) {
        assert.deepEqual({ version: said?.version, got }, { version: file.version, got: wanted }, file.text);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** What a client is told that asks for diagnostics itself. */
async function pull(
  connection: Connection,
  files: ReadonlyMap<string, OpenFile>,
): Promise<ReadonlyMap<string, PublishDiagnosticsParams>> {
  const pulled = new Map<string, PublishDiagnosticsParams>();
  for (const { uri, version } of files.values()) {
    const { items } = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    pulled.set(uri, { uri, version, diagnostics: items });
  }
  return pulled;
}

function within<T>(what: string, promise: Promise<T>): Promise<T> {
  let alarm: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    alarm = setTimeout(() => reject(new Error(`${what} did not come`)), DEADLINE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(alarm));
}

function residentMegabytes(pid: number | undefined): number {
  try {
    return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

const { values } = parseArgs({
  options: { operations: { type: 'string' }, seed: { type: 'string' }, pull: { type: 'boolean', default: false } },
});
soak(Number(values.operations ?? 100_000), Number(values.seed ?? 20_121_017), values.pull).catch((error: unknown) => {
  console.error(`npm run soak: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  process.exit(1);
});
