/** What SECURITY.md promises of the shipped code, held against the code. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BuildOptions, build } from 'esbuild';

const ROOT = join(__dirname, '../..');
const BUILD: string = join(ROOT, 'build.mjs');

interface Bundle extends BuildOptions {
  readonly in: string;
  readonly out: string;
}

const readText = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const sources = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);

/** The text of each shipped bundle, by where it goes. */
async function bundleAll(): Promise<ReadonlyMap<string, string>> {
  const { listBundles } = (await import(BUILD)) as { listBundles: (production: boolean) => readonly Bundle[] };
  const built = await Promise.all(
    listBundles(true).map(async ({ in: entry, out, ...options }) => {
      const { outputFiles } = await build({ ...options, entryPoints: [entry], outfile: out, write: false });
      return [out, outputFiles.map(({ text }) => text).join('\n')] as const;
    }),
  );
  return new Map(built);
}

test('no bundle compiles code at run time', async () => {
  for (const [name, text] of await bundleAll()) {
    const dynamic =
      /(?<![\w$.])eval\s*\(|\bnew Function\b|(?<![\w$.])Function\s*\(|\bexecScript\b|["']vm["']|["']node:vm["']/;
    const found = dynamic.exec(text);
    assert.equal(found && text.slice(Math.max(0, found.index - 80), found.index + 80), null, name);
  }
});

/** The Node modules of a bundle: those that its packages bring along, and our own. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'server/dist/cli.js': ['fs', 'path', 'string_decoder', 'util'],
  // child_process and net come with vscode-languageserver, for looking up global packages and for --socket and --pipe; v8 keeps memory small.
  'server/dist/node-main.js': [
    'child_process',
    'crypto',
    'fs',
    'fs/promises',
    'net',
    'os',
    'path',
    'url',
    'util',
    'v8',
  ],
  // vscode-languageclient starts the server.
  'client/dist/extension.js': ['child_process', 'crypto', 'fs', 'net', 'os', 'path', 'readline', 'util'],
  'server/dist/browser-main.js': [],
  'client/dist/browser.js': [],
};

test('a bundle reaches the Node modules it needs, and no other', async () => {
  const bundles = await bundleAll();
  assert.deepEqual([...bundles.keys()].sort(), Object.keys(ALLOWED).sort());
  for (const [name, text] of bundles) {
    const required = Array.from(text.matchAll(/\brequire\(["'](?:node:)?([\w/]+)["']\)/g), ([, one = '']) => one);
    const builtin = required.filter((one) => builtinModules.includes(one));
    assert.deepEqual(
      [...new Set(builtin)].sort().filter((one) => !ALLOWED[name]?.includes(one)),
      [],
      name,
    );
  }
});

test('our own code starts no process, opens no connection and writes no file', () => {
  const files = [...sources('server/src'), ...sources('client/src')];
  assert.ok(files.length > 200);
  const forbidden =
    /['"](?:node:)?(?:child_process|cluster|dgram|dns|http|https|http2|inspector|net|tls|vm|worker_threads)['"]|\b(?:fetch|XMLHttpRequest|WebSocket)\s*\(|\b(?:write|append|copy|rm|rmdir|unlink|mkdir|mkdtemp|rename|truncate|chmod|symlink|link)(?:File|Dir)?Sync\s*\(|\bcreateWriteStream\b|\bfs\.writeFile\b|\bimport\s*\((?!['"])|createTerminal|executeTask|ShellExecution/;
  for (const file of files) assert.equal(forbidden.exec(readText(file))?.[0], undefined, file);
  for (const file of files) {
    const [, names = ''] = /import \{([^}]*)\} from 'node:fs(?:\/promises)?'/.exec(readText(file)) ?? [];
    // `fs` is what comes of the promises, which load only when they are used.
    const called = Array.from(readText(file).matchAll(/\bfs\.(\w+)/g), ([, name = '']) => name);
    for (const name of [...names.split(',').map((one) => one.trim()), ...called]) {
      assert.match(name, /^(?:|promises as fs|existsSync|fstatSync|openSync|read\w*|statSync|stat)$/, file);
    }
  }
});

test('Markdown is nowhere trusted and takes no HTML', () => {
  for (const file of [...sources('server/src'), ...sources('client/src')]) {
    assert.doesNotMatch(readText(file), /isTrusted|supportHtml|\]\(command:|['"]command:/, file);
  }
});

test('Restricted Mode is supported in full: no setting names a program, a path to load or an address', () => {
  const manifest = JSON.parse(readText('package.json'));
  assert.deepEqual(manifest.capabilities.untrustedWorkspaces, { supported: true });
  const names = Object.keys(manifest.contributes.configuration.properties);
  assert.ok(names.length > 3);
  for (const name of names) assert.doesNotMatch(name, /path|command|program|executable|url|host|proxy|env\b|args/i);
});

test('docs/dependencies.md names the packages that are shipped, and no others', () => {
  const bundles = JSON.parse(readText('test/meta/bundle-sizes.json')) as Record<
    string,
    { packages: readonly string[] }
  >;
  const shipped = new Set(Object.values(bundles).flatMap(({ packages }) => packages));
  const rows = Array.from(readText('docs/dependencies.md').matchAll(/^\| ([a-z][\w@/-]*) \|(.*)\|$/gm));
  assert.deepEqual(rows.map(([, name]) => name).sort(), [...shipped].sort());
  for (const [, name, rest = ''] of rows) {
    const cells = rest.split('|').map((cell) => cell.trim());
    assert.ok(cells.length === 3 && cells.every((cell) => cell !== ''), `${name}: where, licence and why`);
    const { license } = JSON.parse(readText(`node_modules/${name}/package.json`));
    assert.equal(cells[1], license, name);
  }
});
