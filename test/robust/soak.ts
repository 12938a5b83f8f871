// npm run soak [-- --operations N] [--seed S]: a server process at full speed: edits, opens, closes, settings and requests,
// some called off. Ends with 1 when a request goes unanswered, diagnostics are stale or wrong, or memory keeps growing.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import {
  CancellationTokenSource,
  createMessageConnection,
  LSPErrorCodes,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { mapLines, rangeOf } from '../../server/src/base/lines.ts';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { buildPackage } from '../bench/server.ts';
import { service } from '../harness/data.ts';
import { createRandom, mutate, POLICIES, type Random } from './texts.ts';

const FILES = 6;
/** So many requests may be under way; an editor has fewer. */
const MOST_OPEN = 32;
/** How often everything is waited for, and the diagnostics compared with those of a fresh reading. */
const CHECKED_EVERY = 500;
const LONGEST_TEXT = 6000;
const DEADLINE_MS = 60_000;
/** With a small heap garbage does not pass for a leak, and a leak ends the process. */
const HEAP_MB = 64;

interface OpenFile {
  readonly uri: string;
  version: number;
  text: string;
}

const POSITION_REQUESTS: readonly [string, ...string[]] = [
  'textDocument/hover',
  'textDocument/completion',
  'textDocument/documentHighlight',
  'textDocument/definition',
  'textDocument/references',
  'textDocument/prepareRename',
];
const FILE_REQUESTS: readonly [string, ...string[]] = [
  'textDocument/documentSymbol',
  'textDocument/foldingRange',
  'textDocument/codeLens',
  'textDocument/documentLink',
  'textDocument/semanticTokens/full',
  'iamPolicy/describe',
];

async function soak(operations: number, seed: number): Promise<void> {
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
  connection.onRequest((method: string, params: unknown) =>
    method === 'workspace/configuration'
      ? (params as { items: readonly unknown[] }).items.map(() => ({ persona }))
      : null,
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true },
      textDocument: { publishDiagnostics: { versionSupport: true }, codeAction: { codeActionLiteralSupport: {} } },
    },
  });
  await connection.sendNotification('initialized', {});

  const random = createRandom(seed);
  const open = new Set<Promise<void>>();
  let answered = 0;
  const ask = (method: string, params: object): void => {
    const source = new CancellationTokenSource();
    const answer = connection.sendRequest(method, params, source.token).then(
      () => void answered++,
      (error: { readonly code?: number }) => {
        // Called off, refused with a reason, or not offered at all: an answer, too.
        const { RequestCancelled, ContentModified, RequestFailed } = LSPErrorCodes;
        const known: readonly unknown[] = [RequestCancelled, ContentModified, RequestFailed, -32601];
        if (!known.includes(error.code)) throw error;
        answered++;
      },
    );
    const tracked = within(`an answer to ${method}`, answer).finally(() => open.delete(tracked));
    open.add(tracked);
    if (random.below(4) === 0) source.cancel();
  };

  const memory: number[] = [];
  for (let operation = 1; operation <= operations; operation++) {
    await operate(random, connection, files, ask, () => {
      persona = persona === 'regular' ? 'auditor' : 'regular';
    });
    if (open.size >= MOST_OPEN) await Promise.race(open);
    if (operation % CHECKED_EVERY === 0) {
      await Promise.all(open);
      await compare(files, published, () => persona);
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
  console.log(
    `${operations} operations, ${answered} requests answered; ${early.toFixed(0)} MB early, ${late.toFixed(0)} MB late`,
  );
  assert.ok(memory.length < 20 || late < early * 1.25 + 10, 'memory keeps growing');
}

type Connection = ReturnType<typeof createMessageConnection>;

async function operate(
  random: Random,
  connection: Connection,
  files: Map<string, OpenFile>,
  ask: (method: string, params: object) => void,
  switchSettings: () => void,
): Promise<void> {
  const uri = `file:///team/${random.below(FILES)}.json`;
  const file = files.get(uri);
  if (!file) {
    const fresh = { uri, version: 1, text: random.pick(POLICIES) };
    files.set(uri, fresh);
    const textDocument = { uri, languageId: 'json', version: 1, text: fresh.text };
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
  if (dice < 55) return edit(random, connection, file);
  const range = rangeOf(mapLines(file.text), somewhere(random, file.text));
  const textDocument = { uri };
  if (dice < 75) {
    return ask(random.pick(POSITION_REQUESTS), { textDocument, position: range.start, context: {} });
  }
  if (dice < 85) return ask('textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } });
  if (dice < 90) return ask('textDocument/inlayHint', { textDocument, range });
  if (dice < 94) {
    return ask('textDocument/selectionRange', { textDocument, positions: [range.start, range.end] });
  }
  return ask(random.pick(FILE_REQUESTS), { textDocument, uri });
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
  const textDocument = { uri: file.uri, version: file.version };
  return connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
}

/** A short span whose ends are places that a position can name: not inside a line break. */
function somewhere(random: Random, text: string): { readonly start: number; readonly end: number } {
  const settle = (offset: number): number => (text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);
  const start = settle(random.below(text.length + 1));
  return { start, end: Math.max(start, settle(Math.min(text.length, start + random.below(30)))) };
}

/** What the server said last of each open file is what a fresh reading of the same text says. */
async function compare(
  files: ReadonlyMap<string, OpenFile>,
  published: ReadonlyMap<string, PublishDiagnosticsParams>,
  persona: () => 'regular' | 'auditor',
): Promise<void> {
  for (const file of files.values()) {
    const path = new URL(file.uri).pathname;
    const analysis = service.analyze(
      { path, languageId: 'json', text: file.text },
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

const { values } = parseArgs({ options: { operations: { type: 'string' }, seed: { type: 'string' } } });
soak(Number(values.operations ?? 100_000), Number(values.seed ?? 20_121_017)).catch((error: unknown) => {
  console.error(`npm run soak: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
  process.exit(1);
});
