// The types of editor-host.mjs, for the tests. Its documentation stands there.
export interface Editor {
  readonly node: string;
  readonly main: string;
}
export interface Chromium {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}
export interface ServerOptions {
  readonly host?: string;
  readonly port?: number;
  readonly token?: string;
  readonly install?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}
export interface Server {
  readonly origin: string;
  readonly stop: () => void;
  readonly ended: Promise<{ readonly code: number; readonly output: string }>;
}
export function findOnPath(...names: readonly string[]): string | undefined;
export function ensureEditor(log?: (line: string) => void): Promise<Editor>;
export function ensureWebEditor(log?: (line: string) => void): Promise<string>;
export function ensureChromium(log?: (line: string) => void): Promise<Chromium>;
export function startServer(options?: ServerOptions): Promise<Server>;
export function makeToken(): string;
