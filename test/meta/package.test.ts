import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Packed, unpackShipped } from '../harness/packed.ts';

const LIMIT = 2_000_000;

let packed: Packed;

before(() => {
  packed = unpackShipped();
});
after(() => packed.remove());

function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

/** Every path that a manifest names, wherever it stands in it. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^\.?\/?[\w-]+(\/[\w.-]+)+\.\w+$/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

test('the extension holds what it names, and nothing it does not need', () => {
  const files = list(packed.extension);
  const manifest = JSON.parse(readFileSync(join(packed.extension, 'package.json'), 'utf8'));
  const named = pathsIn(manifest);
  assert.ok(named.length > 10);
  for (const path of named) assert.ok(existsSync(join(packed.extension, path)), `${path} is missing`);
  assert.deepEqual(
    files.filter((name) => /\.(map|ts|mjs)$|node_modules|test|\/src\//.test(name)),
    [],
  );
  assert.deepEqual(
    Object.keys(manifest).filter((key) => /scripts|dependencies|workspaces|private/i.test(key)),
    [],
  );
});

test('no link of its page is broken where there is no repository around it', () => {
  const page = readFileSync(join(packed.extension, 'README.md'), 'utf8');
  const targets = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
  assert.ok(targets.length > 5);
  assert.deepEqual(
    targets.filter((target) => !/^https:\/\/|^#/.test(target)),
    [],
  );
});

test('the server’s package holds its programs, its data and their licences', () => {
  assert.deepEqual(list(packed.server), [
    'LICENSE',
    'README.md',
    'bin/iam-policy-language-server.js',
    'bin/iam-policy.js',
    'data/NOTICE.txt',
    'data/catalogue-toc.json',
    'data/catalogue.jsonl',
    'data/manifest.json',
    'dist/browser-main.js',
    'dist/cli.js',
    'dist/node-main.js',
    'package.json',
  ]);
});

test('both are small', () => {
  for (const path of [packed.vsix, packed.tarball]) {
    assert.ok(statSync(path).size < LIMIT, `${path}: ${statSync(path).size} bytes`);
  }
});

test('the same sources give the same bytes', () => {
  const again = unpackShipped();
  try {
    assert.ok(readFileSync(packed.vsix).equals(readFileSync(again.vsix)));
    assert.ok(readFileSync(packed.tarball).equals(readFileSync(again.tarball)));
  } finally {
    again.remove();
  }
});
