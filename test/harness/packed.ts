import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** What is shipped, made anew and unpacked: nothing of the repository is beside it. */
export interface Packed {
  /** The two packages themselves. */
  readonly vsix: string;
  readonly tarball: string;
  /** The extension as it is installed. */
  readonly extension: string;
  /** The npm package of the server as it is installed. */
  readonly server: string;
  remove(): void;
}

const TOOL = join(__dirname, '../../client/tools/package.mjs');

export function unpackShipped(): Packed {
  const home = mkdtempSync(join(tmpdir(), 'iam-policy-shipped-'));
  execFileSync(process.execPath, [TOOL, '--out', home], { stdio: ['ignore', 'ignore', 'inherit'] });
  const find = (ending: string): string => join(home, readdirSync(home).find((name) => name.endsWith(ending)) ?? '');
  const [vsix, tarball] = [find('.vsix'), find('.tgz')];
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(vsix)))) {
    const path = join(home, 'vsix', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  execFileSync('tar', ['-xzf', tarball, '-C', home]);
  return {
    vsix,
    tarball,
    extension: join(home, 'vsix/extension'),
    server: join(home, 'package'),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
