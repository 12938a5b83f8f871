/**
 * Keeps the index of the workspace true: reads the JSON files of the folders when it is first needed, in slices, and
 * whatever changes from then on. Open files win over the disk.
 */
import type { CancellationToken, Connection } from 'vscode-languageserver';
import { type FolderEntry, READ_FILE, READ_FOLDER, type ReadFileParams, type UriParams } from '../protocol.ts';
import type { Analysis, PolicyService, Workspace } from '../service.ts';
import type { Client } from './client.ts';
import type { Files } from './files.ts';
import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from './library.ts';
import { within } from './within.ts';

/** Where the files of a folder come from. */
export interface Disk {
  /** What stands in a folder, without symbolic links, so that no walk goes in circles. */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** The text of a file; undefined when it is too long or cannot be read. */
  read(uri: string): Promise<string | undefined>;
}

/** More than these are not looked at, nor longer files. */
export const MOST_FILES = 5000;
const MOST_FOLDERS = 20_000;
export const MOST_BYTES = 2_000_000;

/** In characters, of all files with policies together: what is remembered of them grows with their text. */
const MOST_TEXT = 50_000_000;

/** Folders in which no policy is written by hand: what is installed, built or hidden. */
const SKIPPED_FOLDERS = [
  'node_modules',
  'bower_components',
  'vendor',
  'dist',
  'out',
  'build',
  'target',
  'coverage',
  'cdk.out',
] as const;

const isSkippedFolder = (name: string): boolean => name.startsWith('.') || SKIPPED_FOLDERS.some((one) => one === name);

const isPolicyFileName = (name: string): boolean => /\.jsonc?$/i.test(name);

export interface WorkspaceFiles {
  /** The index once all is read, or as far as it got when the request was called off. */
  ready(token: CancellationToken): Promise<Workspace>;
  /** The index as it is: what has not been read yet is missing, and its reading begins. */
  now(): Workspace;
  /** A file as it is at this moment; `version` is null when it is not open. */
  read(uri: string): Promise<{ readonly analysis: Analysis; readonly version: number | null } | undefined>;
  /** Whether files were left out because there are too many. */
  isPartial(): boolean;
  /** Starts anew: other settings may make other policies of the same files. */
  forget(): void;
}

interface Dependencies {
  readonly connection: Connection;
  readonly service: PolicyService;
  readonly files: Files;
  readonly client: () => Client;
  readonly runtime: { readonly disk?: Disk; readonly defer: (callback: () => void) => void };
  /** Milliseconds that the client may take to read a file or a folder. */
  readonly patience: number;
}

/** How many files or folders are read before other requests have their turn. */
const SLICE = 8;

/** A file that holds no policy is not even parsed. */
const MAY_HOLD_POLICY = /"(?:Statement|Effect)"/;

export function createWorkspaceFiles(dependencies: Dependencies): WorkspaceFiles {
  const { connection, service, files, client, runtime, patience } = dependencies;
  const workspace = service.createWorkspace();
  /** The URIs of the index by their keys: editors write the same file in more than one way. */
  const uris = new Map<string, string>();
  const open = new Map<string, number>();
  const toRead = new Map<string, string>();
  const roots = new Set<string>();
  let toList: string[] = [];
  let listed = 0;
  let partial = false;
  let watching = false;
  let running: Promise<void> | undefined;

  const clientDisk: Disk = {
    list(uri) {
      const params: UriParams = { uri };
      return within(patience, connection.sendRequest<readonly FolderEntry[]>(READ_FOLDER, params));
    },
    async read(uri) {
      const params: ReadFileParams = { uri, mostBytes: MOST_BYTES };
      return (await within(patience, connection.sendRequest<string | null>(READ_FILE, params))) ?? undefined;
    },
  };
  const diskOf = (uri: string): Disk | undefined => {
    if (runtime.disk && /^file:/i.test(uri)) return runtime.disk;
    return client().readsFiles ? clientDisk : undefined;
  };
  const read = async (uri: string): Promise<string | undefined> => {
    try {
      return await diskOf(uri)?.read(uri);
    } catch {
      return undefined;
    }
  };

  /** The lengths of the texts of the index, by key, and their sum. */
  const lengths = new Map<string, number>();
  let total = 0;
  const count = (key: string, length: number): void => {
    total += length - (lengths.get(key) ?? 0);
    lengths.set(key, length);
  };

  const put = (key: string, uri: string, analysis: Analysis): void => {
    count(key, analysis.input.text.length);
    const before = uris.get(key);
    if (before !== undefined && before !== uri) workspace.delete(before);
    uris.set(key, uri);
    workspace.set(uri, analysis);
  };
  const drop = (key: string): void => {
    count(key, 0);
    const uri = uris.get(key);
    if (uri !== undefined) workspace.delete(uri);
    uris.delete(key);
  };

  /** What is open is taken as it is there; what has been closed is read from the disk again. */
  const takeOpenFiles = async (): Promise<void> => {
    const now = new Set<string>();
    for (const uri of files.open()) {
      const key = keyOf(uri);
      now.add(key);
      const file = await files.read(uri);
      if (!file || open.get(key) === file.serial) continue;
      open.set(key, file.serial);
      put(key, uri, file.analysis);
    }
    for (const key of open.keys()) {
      if (now.has(key)) continue;
      open.delete(key);
      const uri = uris.get(key);
      drop(key);
      if (uri !== undefined && client().folders.some((folder) => isInside(key, folder))) toRead.set(key, uri);
    }
  };

  const listFolder = async (folder: string): Promise<void> => {
    try {
      for (const { name, folder: isFolder } of (await diskOf(folder)?.list(folder)) ?? []) {
        // Half a character, which broken names may hold, has no URI.
        if (/\p{Surrogate}/u.test(name)) continue;
        const uri = `${folder}/${encodeURIComponent(name)}`;
        if (isFolder && !isSkippedFolder(name)) toList.push(uri);
        if (isFolder || !isPolicyFileName(name)) continue;
        if (uris.size + toRead.size < MOST_FILES) toRead.set(keyOf(uri), uri);
        else partial = true;
      }
    } catch {
      // A folder that cannot be listed is left out.
    }
  };
  const readOne = async (key: string, uri: string): Promise<void> => {
    const text = open.has(key) ? undefined : await read(uri);
    // It may have been opened meanwhile.
    if (open.has(key)) return;
    const isPolicy = text !== undefined && MAY_HOLD_POLICY.test(text);
    const fits = isPolicy && total - (lengths.get(key) ?? 0) + text.length <= MOST_TEXT;
    partial ||= isPolicy && !fits;
    if (!fits) return drop(key);
    // Others are being read meanwhile.
    count(key, text.length);
    put(key, uri, await files.readClosed(uri, text));
  };
  const step = async (): Promise<void> => {
    for (const folder of client().folders) {
      if (!roots.has(folder)) toList.push(folder.replace(/\/$/, ''));
      roots.add(folder);
    }
    const folders = toList.splice(0, SLICE);
    listed += folders.length;
    if (listed >= MOST_FOLDERS) {
      partial ||= toList.length > 0;
      toList = [];
    }
    const reading: Promise<void>[] = folders.map(listFolder);
    for (const [key, uri] of toRead) {
      if (reading.length >= SLICE) break;
      toRead.delete(key);
      reading.push(readOne(key, uri));
    }
    await Promise.all(reading);
    await new Promise<void>((resolve) => runtime.defer(resolve));
  };
  const hasWork = (): boolean =>
    toRead.size > 0 || toList.length > 0 || client().folders.some((folder) => !roots.has(folder));
  const work = async (isWanted: () => boolean): Promise<void> => {
    watch();
    while (hasWork() && isWanted()) {
      running ??= step().finally(() => {
        running = undefined;
      });
      await running;
    }
  };

  const forget = (): void => {
    workspace.clear();
    for (const one of [uris, open, toRead, roots, lengths]) one.clear();
    total = 0;
    toList = [];
    listed = 0;
    partial = false;
  };

  const watch = (): void => {
    if (watching || !client().watchesFiles) return;
    watching = true;
    // Of a folder that goes, only the folder is told.
    const watchers = [{ globPattern: '**/*.{json,jsonc}' }, { globPattern: '**/*', kind: WatchKind.Delete }];
    connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }).catch(() => {
      watching = false;
    });
  };
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) {
      const key = keyOf(uri);
      if (type === FileChangeType.Deleted) {
        for (const gone of uris.keys()) if (`${gone}/`.startsWith(`${key}/`) && !open.has(gone)) drop(gone);
        continue;
      }
      const folder = client().folders.find((one) => roots.has(one) && isInside(key, one));
      if (folder === undefined || open.has(key) || isSkippedPath(key.slice(keyOf(folder).length))) continue;
      toRead.set(key, uri);
    }
  });

  return {
    async ready(token) {
      // Nobody tells what has changed: look again.
      if (!client().watchesFiles && !running) forget();
      await takeOpenFiles();
      await work(() => !token.isCancellationRequested);
      await takeOpenFiles();
      return workspace;
    },
    now() {
      work(() => true).catch(() => undefined);
      return workspace;
    },
    async read(uri) {
      const file = await files.read(uri);
      if (file) return file;
      const text = await read(uri);
      return text === undefined ? undefined : { analysis: await files.readClosed(uri, text), version: null };
    },
    isPartial: () => partial,
    forget,
  };
}

/** The same for all ways to write a URI: `file:///c%3A/a` and `file:///C:/a`. */
function keyOf(uri: string): string {
  let plain = uri;
  try {
    plain = decodeURIComponent(uri);
  } catch {
    // A stray percent sign: as it is.
  }
  return plain.replace(/^file:\/\/\/[A-Z]:/, (drive) => drive.toLowerCase());
}

function isInside(key: string, folder: string): boolean {
  return key.startsWith(`${keyOf(folder).replace(/\/$/, '')}/`);
}

function isSkippedPath(path: string): boolean {
  const names = path.split('/').filter((name) => name !== '');
  const file = names.pop() ?? '';
  return !isPolicyFileName(file) || names.some(isSkippedFolder);
}
