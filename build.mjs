// Bundles the extension, the server and the editor tests with esbuild: node build.mjs [--watch] [--production]
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));

/** What a rule's page says is shown by the command line and the documentation, and would be a seventh of the server. */
const withoutPages = {
  name: 'without-pages',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]src[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => {
      return { contents: readFileSync(path, 'utf8').replace(/^ {2}docs: \{\n.*?^ {2}\},\n/ms, ''), loader: 'ts' };
    });
  },
};

/**
 * What is shipped: esbuild's options for each bundle.
 *
 * @param {boolean} production without source maps, and minified
 */
export function listBundles(production) {
  const shared = {
    absWorkingDir: root,
    bundle: true,
    format: 'cjs',
    minify: production,
    sourcemap: production ? false : 'linked',
    logLevel: 'warning',
  };
  // Several packages of the language server family offer only a UMD "main" that esbuild cannot follow: "module" first.
  const node = { ...shared, platform: 'node', target: 'node20', mainFields: ['module', 'main'] };
  const browser = { ...shared, platform: 'browser', target: 'es2022' };
  const bundles = [
    { ...node, in: 'client/src/node/extension.ts', out: 'client/dist/extension.js', external: ['vscode'] },
    { ...node, in: 'server/src/lsp/node-main.ts', out: 'server/dist/node-main.js', plugins: [withoutPages] },
    { ...node, in: 'server/src/cli/main.ts', out: 'server/dist/cli.js' },
    { ...browser, in: 'client/src/browser/extension.ts', out: 'client/dist/browser.js', external: ['vscode'] },
    {
      ...browser,
      format: 'iife',
      in: 'server/src/lsp/browser-main.ts',
      out: 'server/dist/browser-main.js',
      plugins: [withoutPages],
    },
  ];
  if (production) return bundles;
  // The editor loads the tests from out/, where the packages (Mocha) are found as usual.
  const tests = readdirSync(join(root, 'test/vscode')).filter(
    (name) => name === 'index.ts' || name.endsWith('.test.ts'),
  );
  const web = { in: 'test/vscode/web/index.ts', out: 'out/test/web/index.js', external: ['vscode'] };
  return bundles.concat(
    { ...browser, ...web },
    tests.map((name) => ({
      ...node,
      packages: 'external',
      in: `test/vscode/${name}`,
      out: `out/test/vscode/${name.replace(/\.ts$/, '.js')}`,
    })),
  );
}

async function build() {
  const flags = new Set(process.argv.slice(2));
  for (const flag of flags) {
    if (flag !== '--watch' && flag !== '--production') {
      console.error(`build: unknown flag ${flag}. Known: --watch, --production.`);
      process.exit(2);
    }
  }
  const bundles = listBundles(flags.has('--production'));
  const start = performance.now();
  // Nothing of an earlier build may end up in a package or be run as a test.
  for (const folder of ['client/dist', 'server/dist', 'out/test']) {
    rmSync(join(root, folder), { recursive: true, force: true });
  }
  const contexts = await Promise.all(
    bundles.map(({ in: entry, out, ...options }) => context({ ...options, entryPoints: [entry], outfile: out })),
  );
  try {
    await Promise.all(contexts.map((each) => each.rebuild()));
    console.log(`Built ${bundles.length} bundles in ${Math.round(performance.now() - start)} ms.`);
  } catch {
    // esbuild has already printed what is wrong, with file and line.
    if (!flags.has('--watch')) process.exitCode = 1;
  }
  if (flags.has('--watch')) {
    await Promise.all(contexts.map((each) => each.watch()));
    console.log('Watching for changes. Ctrl-C stops.');
  } else {
    await Promise.all(contexts.map((each) => each.dispose()));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
