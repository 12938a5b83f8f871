/** Which desktop VS Code the suite runs in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { root } from './browser.ts';

/** `oldest` is the one that the manifest promises to work in, `current` the one that people download today. */
export type Which = 'oldest' | 'current';

export function readWhich(flag: string): Which | undefined {
  if (flag === '--desktop' || flag === '--desktop=current') return 'current';
  return flag === '--desktop=oldest' ? 'oldest' : undefined;
}

/** What to download: a version such as `1.100.0`, or `stable`. */
export function versionOf(which: Which): string {
  if (which === 'current') return 'stable';
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  const oldest = /^\^(\d+\.\d+\.\d+)$/.exec(manifest.engines.vscode)?.[1];
  if (oldest === undefined)
    throw new Error(`engines.vscode is '${manifest.engines.vscode}', which names no oldest one.`);
  return oldest;
}

/**
 * The program to run. Where it cannot be downloaded there is nothing to run; only where the tests have to run, which the
 * variable CI says, is that a failure.
 * @returns undefined when the tests are to be skipped; why has been said
 */
export async function findDesktop(which: Which, download = downloadAndUnzipVSCode): Promise<string | undefined> {
  const own = process.env['VSCODE_EXECUTABLE'];
  if (own) return own;
  const version = versionOf(which);
  try {
    return await download(version);
  } catch (error) {
    const why = `VS Code (${version}) could not be downloaded: ${error instanceof Error ? error.message : error}.`;
    if (process.env['CI']) throw new Error(why);
    console.log(`Skipped: ${why} VSCODE_EXECUTABLE may name one on this machine.`);
    return undefined;
  }
}
