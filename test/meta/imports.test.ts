import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';

const ROOT = join(__dirname, '../..');
const SRC = join(ROOT, 'server/src');

/**
 * The import table of docs/architecture.md as data: what each room may import, besides itself. `npm:` names a package,
 * `node:` any Node built-in. What is not listed is forbidden.
 */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  base: [],
  syntax: ['base', 'npm:jsonc-parser'],
  catalogue: ['base'],
  policy: ['base', 'syntax', 'catalogue'],
  documents: ['base', 'syntax', 'policy'],
  meaning: ['base', 'syntax', 'catalogue', 'policy'],
  rules: ['base', 'syntax', 'catalogue', 'policy', 'meaning'],
  lint: ['base', 'syntax', 'catalogue', 'policy', 'documents', 'rules', 'meaning'],
  features: ['base', 'syntax', 'catalogue', 'policy', 'documents', 'rules', 'meaning', 'lint'],
  workspace: ['base', 'syntax', 'catalogue', 'policy', 'documents', 'rules', 'meaning', 'lint', 'features'],
  judge: ['base', 'catalogue', 'policy', 'rules', 'lint', 'features'],
  service: ['base', 'syntax', 'catalogue', 'policy', 'lint', 'features', 'workspace', 'judge'],
  protocol: [],
  'open-data': ['catalogue', 'node:'],
  lsp: [
    'base',
    'catalogue',
    'service',
    'protocol',
    'open-data',
    'npm:vscode-jsonrpc',
    'npm:vscode-languageserver',
    'npm:vscode-languageserver-textdocument',
    'node:',
  ],
  cli: ['base', 'catalogue', 'judge', 'open-data', 'node:'],
  client: ['protocol', 'npm:vscode', 'npm:vscode-languageclient', 'node:'],
};

/** Hosts may name the engine's plain data types, though not call what is behind the service. */
const TYPES_ONLY: Readonly<Record<string, readonly string[]>> = {
  lsp: ['lint', 'rules', 'features', 'policy'],
  cli: ['lint', 'rules', 'features', 'policy'],
  protocol: ['base', 'policy', 'features'],
};

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name === 'node_modules' || name === 'dist') return [];
    if (statSync(path).isDirectory()) return listFiles(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function roomOf(path: string): string {
  const inside = relative(SRC, path);
  if (inside.startsWith('..')) return 'client';
  return inside.includes('/') ? inside.slice(0, inside.indexOf('/')) : inside.replace(/\.ts$/, '');
}

function targetOf(specifier: string, from: string): string {
  if (specifier.endsWith('/package.json')) return 'node:';
  if (specifier.startsWith('.')) return roomOf(resolve(dirname(from), specifier));
  if (specifier.startsWith('node:')) return 'node:';
  const parts = specifier.split('/');
  return `npm:${specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]}`;
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

test('every import is in the table', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const path of [...listFiles(SRC), ...listFiles(join(ROOT, 'client/src'))]) {
    const room = roomOf(path);
    const allowed = ALLOWED[room];
    assert.ok(allowed, `${relative(ROOT, path)}: no such room in the table: ${room}`);
    for (const [, typeOnly, specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
      const target = targetOf(specifier, path);
      seen++;
      if (target === room || allowed.includes(target)) continue;
      if (typeOnly && TYPES_ONLY[room]?.includes(target)) continue;
      wrong.push(`${relative(ROOT, path)} imports ${specifier}`);
    }
  }
  assert.ok(seen > 50, 'the test reads imports');
  assert.deepEqual(wrong, []);
});

test('no rule imports another', () => {
  const wrong: string[] = [];
  for (const path of listFiles(join(SRC, 'rules'))) {
    if (path.endsWith('/index.ts')) continue;
    for (const [, , specifier = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
      if (targetOf(specifier, path) === 'rules' && specifier !== './define.ts') {
        wrong.push(`${relative(ROOT, path)} imports ${specifier}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});
