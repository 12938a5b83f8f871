import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const SERVER = join(__dirname, '../../server');

/** The package as it is published, in a folder of its own. */
export interface Package {
  readonly cli: string;
  readonly server: string;
  remove(): void;
}

export async function buildPackage(): Promise<Package> {
  const home = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  mkdirSync(join(home, 'bin'));
  for (const name of ['bin/iam-policy.js', 'bin/iam-policy-language-server.js', 'package.json']) {
    copyFileSync(join(SERVER, name), join(home, name));
  }
  symlinkSync(join(SERVER, 'data'), join(home, 'data'));
  await build({
    entryPoints: { cli: join(SERVER, 'src/cli/main.ts'), 'node-main': join(SERVER, 'src/lsp/node-main.ts') },
    outdir: join(home, 'dist'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
  });
  return {
    cli: join(home, 'bin/iam-policy.js'),
    server: join(home, 'bin/iam-policy-language-server.js'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Runs Node to its end; the milliseconds from start to end, as seen from here. */
export function timeRun(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  return new Promise((resolve) => child.on('close', () => resolve(performance.now() - start)));
}

export interface Session {
  /** Milliseconds until the diagnostics of this text are here. */
  show(text: string): Promise<number>;
  /** Milliseconds until a request at a place of the shown text is answered. */
  ask(method: string, offset: number): Promise<number>;
  /** Bytes of memory the server holds; undefined where the system does not tell. */
  memory(): number | undefined;
  end(): Promise<void>;
}

/** A server that takes so long has failed, and what was started must end. */
const DEADLINE_MS = 30_000;

const URI = 'file:///bench/policy.json';

/** Starts the server as an editor does. */
export async function startSession(server: string): Promise<Session> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<number, () => void>();
  connection.onRequest(() => null);
  connection.onNotification('textDocument/publishDiagnostics', ({ version }: { readonly version: number }) => {
    waiting.get(version)?.();
    waiting.delete(version);
  });
  connection.listen();
  const kill = () => child.kill();
  process.once('exit', kill);
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { publishDiagnostics: { versionSupport: true } } },
  });
  await connection.sendNotification('initialized', {});
  let version = 0;
  let shown = '';
  return {
    async show(text) {
      shown = text;
      version++;
      const start = performance.now();
      const done = new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error('The server sends no diagnostics.')), DEADLINE_MS);
        waiting.set(version, () => {
          clearTimeout(late);
          resolve();
        });
      });
      const document = { uri: URI, version };
      if (version === 1) {
        const textDocument = { ...document, languageId: 'json', text };
        await connection.sendNotification('textDocument/didOpen', { textDocument });
      } else {
        await connection.sendNotification('textDocument/didChange', {
          textDocument: document,
          contentChanges: [{ text }],
        });
      }
      await done;
      return performance.now() - start;
    },
    async ask(method, offset) {
      const before = shown.slice(0, offset).split('\n');
      const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
      const start = performance.now();
      await connection.sendRequest(method, { textDocument: { uri: URI }, position });
      return performance.now() - start;
    },
    memory: () => residentBytes(child),
    async end() {
      const closed = new Promise((resolve) => child.on('close', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await closed;
      process.off('exit', kill);
      connection.dispose();
    },
  };
}

function residentBytes({ pid }: ChildProcess): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
