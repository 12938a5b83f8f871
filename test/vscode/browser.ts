import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { ensureChromium, type Server } from '../../client/tools/editor-host.mjs';

/** The project's root folder, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  // Containers have little shared memory, or none.
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The same letters whatever the machine's own hinting.
  '--font-render-hinting=none',
];

/** Starts Chromium, installing one first where there is none. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { path, env } = await ensureChromium();
  return chromium.launch({ executablePath: path, args: flags, env: { ...process.env, ...env } });
}

/**
 * The address that shows a folder in VS Code with an extension, and runs a suite in its extension host.
 *
 * @param folder absolute path
 * @param tests absolute path of the bundled Mocha suite
 * @param extension absolute path of the extension's folder
 */
export function addressOf(server: Server, folder: string, tests: string, extension: string): string {
  const remote = (path: string) => `vscode-remote://${new URL(server.origin).host}${path}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(tests)],
    ['enableProposedApi', ''],
    ['skipWelcome', 'true'],
  ]);
  return `${server.origin}/?${new URLSearchParams({ folder, payload })}`;
}

/**
 * Copies a folder of the project to a temporary place, so that tests may change its files.
 *
 * @param folder relative to the project; the copy keeps its last name, which the editor shows
 * @param settings written to the copy's .vscode/settings.json
 */
export function copyWorkspace(
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): { readonly folder: string; readonly remove: () => void } {
  const parent = realpathSync(mkdtempSync(join(tmpdir(), 'iam-policy-')));
  const copy = join(parent, basename(folder));
  const source = join(root, folder);
  if (!existsSync(source)) throw new Error(`There is no folder ${folder} to open.`);
  cpSync(source, copy, { recursive: true });
  if (Object.keys(settings).length > 0) {
    mkdirSync(join(copy, '.vscode'), { recursive: true });
    writeFileSync(join(copy, '.vscode', 'settings.json'), JSON.stringify(settings, null, 2));
  }
  return { folder: copy, remove: () => rmSync(parent, { recursive: true, force: true }) };
}
