import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../base/message-of.ts';
import { visible } from '../base/quote.ts';
import { decode, type Io, UsageError } from './io.ts';
import { showName } from './text.ts';

/** A text to judge, and how to call it. */
export interface Source {
  /** As shown to the user: relative as given, with forward slashes; `-` for stdin. */
  readonly name: string;
  /** Absolute, with forward slashes; empty for stdin. */
  readonly path: string;
  /** Named by the user, not met in a folder. */
  readonly named: boolean;
  readonly text: string;
}

/** Longer files are not read: no policy comes near, and memory must not depend on what lies in a folder. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads what the user named, one text at a time, in a stable order and none twice. What is there and cannot be read is
 * left out with a complaint.
 * @throws UsageError when something named is not there.
 */
export async function* readSources(
  paths: readonly string[],
  io: Pick<Io, 'cwd' | 'stdin'>,
  tell: Tell,
): AsyncGenerator<Source> {
  const seen = new Set<string>();
  for (const name of paths) {
    if (name === '-') {
      if (!seen.has(name)) yield { name, path: '', named: true, text: await readAll(io.stdin) };
      seen.add(name);
      continue;
    }
    const isFolder = attempt(name, tell, () => statSync(resolve(io.cwd, name)).isDirectory());
    if (isFolder === undefined) continue;
    for (const file of isFolder ? filesUnder(name, io.cwd, tell) : [name]) {
      const path = resolve(io.cwd, file);
      if (seen.has(path)) continue;
      seen.add(path);
      const text = attempt(file, tell, () => readText(path, file, tell));
      if (text !== undefined) yield { name: slashes(file), path: slashes(path), named: !isFolder, text };
    }
  }
}

/** Where to say what was not read: a complaint makes the run fail, a note does not. */
export interface Tell {
  readonly complain: (message: string) => void;
  readonly note: (message: string) => void;
}

function readText(path: string, name: string, { note }: Tell): string | undefined {
  const { size } = statSync(path);
  if (size <= MAX_BYTES) return decode(readFileSync(path));
  note(`${showName(name)}: too long for a policy (${(size / 1024 / 1024).toFixed(0)} MB), not read`);
  return undefined;
}

function* filesUnder(folder: string, cwd: string, tell: Tell): Generator<string> {
  const list = () => readdirSync(resolve(cwd, folder), { withFileTypes: true });
  const entries = attempt(folder, tell, list)?.sort((a, b) => (a.name < b.name ? -1 : 1)) ?? [];
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    // Links to folders are not followed: they may lead round in a circle.
    if (entry.isDirectory()) yield* filesUnder(path, cwd, tell);
    else if (/\.jsonc?$/i.test(entry.name) && (entry.isFile() || isFile(resolve(cwd, path)))) yield path;
  }
}

/** Links that lead nowhere are none. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return decode(Buffer.concat(chunks));
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

const NOT_THERE: readonly string[] = ['ENOENT', 'ENOTDIR'];
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  ELOOP: 'it is a link that leads to itself',
};

/** Undefined, and a complaint, when the work fails. */
function attempt<T>(name: string, { complain }: Tell, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (NOT_THERE.includes(code)) throw new UsageError(`cannot read '${name}': there is no such file or folder`);
    complain(`cannot read '${visible(name)}': ${REASONS[code] ?? messageOf(error)}`);
    return undefined;
  }
}
