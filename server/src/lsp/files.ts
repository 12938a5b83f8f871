import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { messageOf } from '../base/message-of.ts';
import { SETTINGS_SECTION } from '../protocol.ts';
import {
  type Analysis,
  type EditorSettings,
  type KindSetting,
  type LintSettings,
  type PolicyService,
  parseKindSetting,
  readSettings,
  type UserSettings,
} from '../service.ts';
import type { Client } from './client.ts';
import { anchorGlobs } from './globs.ts';
import { within } from './within.ts';

export type FileSettings = LintSettings & EditorSettings;

/** One version of an open file, read under one state of the settings. */
export interface ReadFile {
  readonly uri: string;
  readonly version: number;
  readonly analysis: Analysis;
  readonly settings: FileSettings;
  /** Never given twice: it names this reading among all others. */
  readonly serial: number;
}

/** The open files as the service sees them. A file is read once for each version and state of the settings. */
export interface Files {
  /** Undefined when the file is not open. */
  read(uri: string): Promise<ReadFile | undefined>;
  /** The URIs of the open files. */
  open(): readonly string[];
  /** Reads the text of a file that is not open, under the settings of its folder. */
  readClosed(uri: string, text: string): Promise<Analysis>;
  /** Whether the file has been read since it was opened. */
  isKnown(uri: string): boolean;
  forget(uri: string): void;
  forgetSettings(): void;
  /** Takes the settings that a client sends along with a change, for clients that cannot be asked. */
  setPushedSettings(settings: unknown): void;
  treatAs(uri: string, kind: string | null): void;
}

interface Dependencies {
  readonly connection: Connection;
  readonly service: PolicyService;
  readonly documents: TextDocuments<TextDocument>;
  readonly client: () => Client;
  readonly tell: (message: string, level: 'warn') => void;
  /** Milliseconds that the client may take to tell the settings. */
  readonly patience: number;
}

export function createFiles({ connection, service, documents, client, tell, patience }: Dependencies): Files {
  const cache = new Map<string, ReadFile>();
  const settings = new Map<string, Promise<FileSettings>>();
  const folderSettings = new Map<string, Promise<FileSettings>>();
  const kinds = new Map<string, KindSetting>();
  let pushed: unknown;
  let serial = 0;

  const askSettings = async (uri: string): Promise<unknown> => {
    if (client().answersConfiguration) {
      return within(patience, connection.workspace.getConfiguration({ scopeUri: uri, section: SETTINGS_SECTION }));
    }
    return pushed ?? client().settings;
  };

  const loadSettings = async ({ uri, languageId }: Pick<TextDocument, 'uri' | 'languageId'>): Promise<FileSettings> => {
    let user: UserSettings;
    try {
      user = readSettings(await askSettings(uri), (problem) => tell(problem, 'warn'));
    } catch (error) {
      tell(`The settings cannot be read, so the defaults hold: ${messageOf(error)}`, 'warn');
      user = readSettings(undefined, () => undefined);
    }
    const folder = folderOf(uri, client().folders);
    return {
      ...user,
      kinds: anchorGlobs(user.kinds, folder === undefined ? undefined : pathOf(folder)),
      jsonReportedElsewhere: client().jsonReportedBy.has(languageId),
    };
  };

  const settingsOf = (document: TextDocument): Promise<FileSettings> => {
    const known = settings.get(document.uri);
    if (known) return known;
    const loading = loadSettings(document);
    settings.set(document.uri, loading);
    return loading;
  };

  return {
    async read(uri) {
      const document = documents.get(uri);
      if (!document) return undefined;
      let current = await settingsOf(document);
      // While the settings were on their way, the file may have been closed, or they may have changed once more.
      for (;;) {
        if (documents.get(uri) !== document) return undefined;
        const newest = await settingsOf(document);
        if (newest === current) break;
        current = newest;
      }
      const known = cache.get(uri);
      const text = document.getText();
      // A client may open a file twice, with the same version and another text.
      const isKnown = known?.version === document.version && known.analysis.input.text === text;
      if (isKnown && known.analysis.settings === current) return known;
      const kind = kinds.get(uri);
      const analysis = service.analyze(
        { path: pathOf(uri), languageId: document.languageId, text, ...(kind && { kind }) },
        current,
        known?.analysis,
      );
      serial += 1;
      const file: ReadFile = { uri, version: document.version, analysis, settings: current, serial };
      cache.set(uri, file);
      return file;
    },
    open: () => documents.keys(),
    async readClosed(uri, text) {
      // Asked for once in each folder: thousands of files would be thousands of questions.
      const folder = folderOf(uri, client().folders) ?? '';
      let current = folderSettings.get(folder);
      if (!current) {
        current = loadSettings({ uri, languageId: 'json' });
        folderSettings.set(folder, current);
      }
      return service.analyze({ path: pathOf(uri), text }, await current);
    },
    isKnown: (uri) => cache.has(uri),
    forget(uri) {
      cache.delete(uri);
      settings.delete(uri);
      kinds.delete(uri);
    },
    forgetSettings() {
      settings.clear();
      folderSettings.clear();
    },
    setPushedSettings(value) {
      if (typeof value !== 'object' || value === null) return;
      pushed = (value as Readonly<Record<string, unknown>>)[SETTINGS_SECTION] ?? pushed;
    },
    treatAs(uri, kind) {
      const known = kind === null ? undefined : parseKindSetting(kind);
      if (known) kinds.set(uri, known);
      else kinds.delete(uri);
    },
  };
}

/** The path of a URI, decoded, with forward slashes; of no use but for names and globs. */
export function pathOf(uri: string): string {
  const path = uri.replace(/^[a-z][\w+.-]*:(\/\/[^/?#]*)?/i, '').replace(/[?#][\s\S]*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The innermost folder that holds a file. */
function folderOf(uri: string, folders: readonly string[]): string | undefined {
  return folders
    .filter((folder) => uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}
