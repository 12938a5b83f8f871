// npm test: everything that must hold, in order, stopping at the first stage that fails.
//   npm test -- --no-vscode     without the real editor
//   npm test -- --desktop       the editor tests in the current desktop VS Code instead of the VS Code server, without the
//                               screens; --desktop=oldest in the oldest one that the extension supports
//   npm test -- <substring>     only the test files whose path holds the substring
// Plain JavaScript without dependencies: it installs them itself where they are missing.
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { elapsed, root, run } from '../client/tools/process.mjs';
import { build, ensureDependencies } from '../client/tools/setup.mjs';
import { runCounted, runNodeTests } from './counted.mjs';

const usage = 'Usage: npm test -- [--no-vscode] [--desktop[=oldest|current]] [part of a test file path …]';

const args = process.argv.slice(2);
const isDesktop = (arg) => /^--desktop(=oldest|=current)?$/.test(arg);
const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--no-vscode' && !isDesktop(arg));
if (unknown !== undefined) {
  console.error(`npm test: unknown flag ${unknown}.\n${usage}`);
  process.exit(2);
}
const withEditor = !args.includes('--no-vscode');
const desktop = args.find(isDesktop) ?? (process.env.VSCODE_EXECUTABLE ? '--desktop' : undefined);
const parts = args.filter((arg) => !arg.startsWith('-'));
// Biome colours its output wherever it goes.
const quiet = ['--diagnostic-level=warn', ...(process.stdout.isTTY ? [] : ['--colors=off'])];
const isWanted = (file) => parts.length === 0 || parts.some((part) => file.includes(part));

const testFiles = readdirSync(join(root, 'test'), { recursive: true })
  .map((name) => `test/${String(name).replaceAll('\\', '/')}`)
  .filter((file) => file.endsWith('.test.ts') && isWanted(file))
  .sort();
const isScreen = (file) => file.startsWith('test/vscode/screens/');
// They drive the VS Code server.
const screenFiles = desktop ? [] : testFiles.filter(isScreen);
const mochaFiles = testFiles.filter((file) => file.startsWith('test/vscode/') && !isScreen(file));
const unitFiles = testFiles.filter((file) => !file.startsWith('test/vscode/'));

const totals = { passed: 0, failed: 0, skipped: 0 };
const begin = performance.now();

/** Prints the line that counts, last of all, and ends the process. */
function finish() {
  if (totals.passed + totals.failed + totals.skipped === 0) {
    console.error(`npm test: no test was run${parts.length > 0 ? `: no test file matches ${parts.join(', ')}` : ''}.`);
    totals.failed = 1;
  }
  console.log(`\nTested in ${elapsed(begin)}.`);
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
  process.exit(totals.failed === 0 ? 0 : 1);
}

/**
 * Runs one stage and adds its counts; ends the run when it fails.
 *
 * @param {string} name
 * @param {() => Promise<{ passed: number, failed: number, skipped?: number }>} work
 */
async function stage(name, work) {
  const start = performance.now();
  console.log(`\n── ${name}`);
  let result;
  try {
    result = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    result = { passed: 0, failed: 1 };
  }
  if (result.passed + result.failed + (result.skipped ?? 0) === 0) {
    console.error('No test was run here.');
    result.failed = 1;
  }
  totals.passed += result.passed;
  totals.failed += result.failed;
  totals.skipped += result.skipped ?? 0;
  console.log(`── ${name}: ${result.failed > 0 ? 'FAILED' : 'passed'} in ${elapsed(start)}`);
  if (result.failed > 0) {
    console.error(`\nnpm test stopped at the stage "${name}".`);
    finish();
  }
}

/** A command that holds or does not: one test. */
async function check(command, ...commandArgs) {
  const { code } = await run(process.execPath, [join(root, 'node_modules', command), ...commandArgs]);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Runs the bundles of Mocha test files inside a real VS Code. */
const runMocha = (files) =>
  runCounted([
    'test/vscode/run-mocha.ts',
    ...(desktop ? [desktop] : []),
    ...files.map((file) => join(root, 'out', file.replace(/\.ts$/, '.js'))),
  ]);

try {
  await ensureDependencies();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  totals.failed = 1;
  finish();
}
if (parts.length === 0) {
  // The lock must name the packages of every platform, or a fresh clone cannot be installed.
  await stage('lock file', async () => {
    const { code, output } = await run('npm', ['ci', '--dry-run', '--ignore-scripts', '--loglevel=error'], {
      quiet: true,
    });
    if (code !== 0) console.error(output.split('\n').slice(0, 16).join('\n'));
    return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  });
  await stage('format and lint', () => check('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', ...quiet, '.'));
  await stage('types', () => check('typescript/bin/tsc', '-p', '.'));
  await stage('types of the pure part', () =>
    check('typescript/bin/tsc', '-p', 'server/tsconfig.pure.json', '--noEmit'),
  );
}
if (parts.length === 0 || unitFiles.length > 0)
  await stage('tests', () => runNodeTests(unitFiles, availableParallelism()));
if (withEditor && (parts.length === 0 || mochaFiles.length + screenFiles.length > 0)) {
  await stage('build', async () => {
    await build();
    return { passed: 1, failed: 0 };
  });
  if (parts.length === 0 || mochaFiles.length > 0) await stage('tests inside VS Code', () => runMocha(mochaFiles));
  if (screenFiles.length > 0) await stage('screens of VS Code', () => runNodeTests(screenFiles, 1));
}
finish();
