import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../base/message-of.ts';
import { decode, type Io, UsageError } from './io.ts';

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

/**
 * Reads what the user named, one text at a time, in a stable order and none twice.
 * @throws UsageError when something named cannot be read.
 */
export async function* readSources(paths: readonly string[], io: Pick<Io, 'cwd' | 'stdin'>): AsyncGenerator<Source> {
  const seen = new Set<string>();
  for (const name of paths) {
    if (name === '-') {
      if (!seen.has(name)) yield { name, path: '', named: true, text: await readAll(io.stdin) };
      seen.add(name);
      continue;
    }
    const isFolder = attempt(name, () => statSync(resolve(io.cwd, name)).isDirectory());
    for (const file of isFolder ? filesUnder(name, io.cwd) : [name]) {
      const path = resolve(io.cwd, file);
      if (seen.has(path)) continue;
      seen.add(path);
      const text = attempt(file, () => decode(readFileSync(path)));
      yield { name: slashes(file), path: slashes(path), named: !isFolder, text };
    }
  }
}

function* filesUnder(folder: string, cwd: string): Generator<string> {
  const entries = attempt(folder, () => readdirSync(resolve(cwd, folder), { withFileTypes: true }));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    // Links to folders are not followed: they may lead round in a circle.
    if (entry.isDirectory()) yield* filesUnder(path, cwd);
    else if (/\.jsonc?$/i.test(entry.name) && (entry.isFile() || isFile(resolve(cwd, path)))) yield path;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

async function readAll(stream: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return decode(Buffer.concat(chunks));
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
};

function attempt<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new UsageError(`cannot read '${name}': ${REASONS[code] ?? messageOf(error)}`);
  }
}
