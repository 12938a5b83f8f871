import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Row, Section } from './report.ts';
import type { Package } from './server.ts';
import { sayKilobytes } from './times.ts';

const ROOT = join(__dirname, '../..');

/** What users download, and the two bundles that Node reads at each start. */
export function measureSizes({ bundles }: Package, folder: string): Section {
  const out = join(folder, 'packages');
  execFileSync(process.execPath, [join(ROOT, 'client/tools/package.mjs'), '--out', out], { stdio: 'ignore' });
  const row = (what: string, path: string): Row => ({ what, median: sayKilobytes(statSync(path).size) });
  return {
    title: 'Sizes',
    heads: ['size', ' '],
    peer: ' ',
    rows: [
      ...readdirSync(out).map((name) => row(`download: ${name}`, join(out, name))),
      ...readdirSync(bundles).map((name) => row(`bundle: ${name}`, join(bundles, name))),
    ],
  };
}
