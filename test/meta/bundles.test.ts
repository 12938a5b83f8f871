import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BuildOptions, build } from 'esbuild';
import { RULES } from '../../server/src/rules/index.ts';

interface Bundle extends BuildOptions {
  readonly in: string;
  readonly out: string;
}

const BUILD: string = join(__dirname, '../../build.mjs');
const SNAPSHOT = join(__dirname, 'bundle-sizes.json');
/** A bundle that grows or shrinks by more than this says that something came in or fell out. */
const TOLERANCE = 0.1;

interface Measured {
  /** Minified. */
  readonly bytes: number;
  /** The packages of node_modules that went into it. */
  readonly packages: readonly string[];
  /** How many pages of rules are in it. */
  readonly pages: number;
}

async function measure(): Promise<Readonly<Record<string, Measured>>> {
  const { listBundles } = (await import(BUILD)) as {
    listBundles: (production: boolean) => readonly Bundle[];
  };
  const measured = await Promise.all(
    listBundles(true).map(async ({ in: entry, out, ...options }) => {
      const { outputFiles, metafile } = await build({
        ...options,
        entryPoints: [entry],
        outfile: out,
        write: false,
        metafile: true,
      });
      const packages = Object.keys(metafile.inputs).flatMap(
        (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
      );
      const bytes = outputFiles.reduce((sum, file) => sum + file.contents.length, 0);
      const pages = outputFiles.flatMap(({ text }) => text.match(/examples:\{bad:/g) ?? []).length;
      return [out, { bytes, packages: [...new Set(packages)].sort(), pages }] as const;
    }),
  );
  return Object.fromEntries(measured);
}

test('bundles hold the packages they held, and keep their size', async () => {
  const now = await measure();
  const { UPDATE_SIZES } = process.env;
  const sizes = Object.entries(now).map(([name, { bytes, packages }]) => [name, { bytes, packages }]);
  if (UPDATE_SIZES) writeFileSync(SNAPSHOT, `${JSON.stringify(Object.fromEntries(sizes), null, 2)}\n`);
  const then = JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as typeof now;
  assert.deepEqual(Object.keys(now), Object.keys(then));
  for (const [name, { bytes, packages, pages }] of Object.entries(now)) {
    const known = then[name];
    assert.deepEqual(packages, known?.packages, `${name}: run with UPDATE_SIZES=1 when this is meant`);
    // Only the command line shows them.
    assert.equal(pages, name === 'server/dist/cli.js' ? RULES.length : 0, name);
    const ratio = bytes / (known?.bytes ?? 0);
    assert.ok(
      Math.abs(ratio - 1) < TOLERANCE,
      `${name}: ${known?.bytes} → ${bytes} bytes; UPDATE_SIZES=1 when this is meant`,
    );
  }
});
