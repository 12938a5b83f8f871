// Runs test programs and counts what they ran. Plain JavaScript without dependencies.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elapsed, run } from '../client/tools/process.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

const reporter = new URL('./reporter.mjs', import.meta.url).href;

/** One test file takes no longer than this, in milliseconds; with everything tried, an hour. */
const deadline = process.env['FIXES'] === 'all' ? 3_600_000 : 300_000;

/**
 * Runs TypeScript under tsx, whatever leaves its counts in the file that TEST_TOTALS names.
 *
 * @param {readonly string[]} args for Node
 * @param {{ quiet?: boolean, deadline?: number }} [options] quiet: keep what it prints; deadline: in milliseconds
 * @returns {Promise<Totals & { output: string }>} all zero where it ran nothing
 */
export async function runCounted(args, { quiet, deadline } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'test-totals-'));
  const file = join(folder, 'totals.json');
  try {
    const env = { TEST_TOTALS: file };
    const { code, output } = await run(process.execPath, ['--import', 'tsx', ...args], { env, quiet, deadline });
    const totals = readTotals(file);
    // A crash that no test owns fails as well.
    if (code !== 0 && totals.failed === 0 && totals.passed > 0) totals.failed = 1;
    return { ...totals, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readTotals(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/**
 * Runs files of node:test, each in a process of its own, and prints a line for each. A file that holds no test fails.
 *
 * @param {readonly string[]} files
 * @param {number} width how many at a time
 * @returns {Promise<Totals>}
 */
export async function runNodeTests(files, width) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  const left = [...files];
  const work = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const start = performance.now();
      const flags = [`--test-reporter=${reporter}`, '--test-reporter-destination=stdout'];
      const { output, ...totals } = await runCounted([...flags, file], { quiet: true, deadline });
      const isEmpty = totals.passed + totals.failed + totals.skipped === 0;
      if (isEmpty) totals.failed = 1;
      const counts = isEmpty
        ? 'NO TEST RAN'
        : `${totals.passed} passed${totals.failed ? `, ${totals.failed} FAILED` : ''}`;
      console.log(`  ${totals.failed ? '✗' : '✓'} ${file}: ${counts}, ${elapsed(start)}`);
      if (output.trim() !== '') console.log(output.trimEnd());
      for (const key of Object.keys(sum)) sum[key] += totals[key];
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return sum;
}
