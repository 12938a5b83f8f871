import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

const SERVER = join(__dirname, '../../server');

const BUILD: string = join(__dirname, '../../build.mjs');

interface Bundle extends BuildOptions {
  readonly in: string;
  readonly out: string;
}

/** The package as it is published, in a folder of its own. */
export interface Package {
  readonly cli: string;
  readonly server: string;
  /** The folder of the bundles. */
  readonly bundles: string;
  remove(): void;
}

export async function buildPackage(): Promise<Package> {
  const home = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  mkdirSync(join(home, 'bin'));
  for (const name of ['bin/iam-policy.js', 'bin/iam-policy-language-server.js', 'package.json']) {
    copyFileSync(join(SERVER, name), join(home, name));
  }
  symlinkSync(join(SERVER, 'data'), join(home, 'data'));
  const { listBundles } = (await import(BUILD)) as { listBundles: (production: boolean) => readonly Bundle[] };
  const bundles = listBundles(true).filter(({ out }) => /^server\/dist\/(cli|node-main)\.js$/.test(out));
  for (const { in: entry, out, ...options } of bundles) {
    await build({ ...options, entryPoints: [entry], outfile: join(home, 'dist', basename(out)) });
  }
  return {
    cli: join(home, 'bin/iam-policy.js'),
    server: join(home, 'bin/iam-policy-language-server.js'),
    bundles: join(home, 'dist'),
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
  /** Opens a text, or another file beside it; milliseconds until its diagnostics are here. */
  open(text: string, uri?: string): Promise<number>;
  close(uri: string): Promise<void>;
  /**
   * Replaces characters of the text that was opened, as a keystroke does: only what has changed is sent.
   * @returns milliseconds until its diagnostics are here
   */
  type(start: number, end: number, letters: string): Promise<number>;
  /** Sends a keystroke and waits for nothing. */
  send(start: number, end: number, letters: string): Promise<void>;
  /** Milliseconds until a request at a place of the text is answered. */
  ask(method: string, offset: number): Promise<number>;
  /** Bytes of memory the server holds; undefined where the system does not tell. */
  memory(): number | undefined;
  end(): Promise<void>;
}

/** A server that takes so long has failed, and what was started must end. */
const DEADLINE_MS = 90_000;

const URI = 'file:///bench/policy.json';

/** Starts the server as an editor does. */
export async function startSession(server: string): Promise<Session> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const waiting = new Map<string, () => void>();
  const take = ({ uri, version }: { readonly uri: string; readonly version?: number }): void => {
    waiting.get(`${uri} ${version}`)?.();
  };
  connection.onRequest(() => null);
  connection.onNotification('textDocument/publishDiagnostics', take);
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
  let lines: readonly number[] = [];

  const positionOf = (offset: number) => {
    const line = Math.max(
      0,
      lines.findLastIndex((start) => start <= offset),
    );
    return { line, character: offset - (lines[line] ?? 0) };
  };
  const published = (uri: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const key = `${uri} ${version}`;
      const late = setTimeout(() => reject(new Error('The server sends no diagnostics.')), DEADLINE_MS);
      waiting.set(key, () => {
        clearTimeout(late);
        waiting.delete(key);
        resolve();
      });
    });
  const send = (start: number, end: number, text: string): Promise<void> => {
    version++;
    return connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version },
      contentChanges: [{ range: { start: positionOf(start), end: positionOf(end) }, text }],
    });
  };
  return {
    send,
    async open(text, uri = URI) {
      version++;
      if (uri === URI) lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
      const start = performance.now();
      const done = published(uri);
      const textDocument = { uri, version, languageId: 'json', text };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
      await done;
      return performance.now() - start;
    },
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    async type(from, to, letters) {
      const start = performance.now();
      await send(from, to, letters);
      await published(URI);
      return performance.now() - start;
    },
    async ask(method, offset) {
      const position = positionOf(offset);
      const start = performance.now();
      await connection.sendRequest(method, {
        textDocument: { uri: URI },
        position,
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
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

/** Bytes that Node itself holds once it has started. */
export async function bareMemory(): Promise<number | undefined> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume(); console.log(0)'], { stdio: 'pipe' });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  const bytes = residentBytes(child);
  child.kill();
  return bytes;
}

function residentBytes({ pid }: ChildProcess): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
}
