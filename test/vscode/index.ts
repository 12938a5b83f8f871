// What the editor loads as its test suite: Mocha over the bundled files that TEST_FILES names, one a line. It runs inside the
// extension host, so the counts travel through the file that TEST_TOTALS names, and the lines through the console.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Marks the suite's lines among VS Code's own. */
const say = (line: string) => console.log(`[suite] ${line}`);

/** Called by VS Code. Rejects when a test fails or none was run. */
export async function run(): Promise<void> {
  const files = (process.env['TEST_FILES'] ?? '').split('\n').filter((file) => file !== '');
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, slow: 2_000, reporter: class {} as never });
  for (const file of files) mocha.addFile(file);
  const totals = { passed: 0, failed: 0, skipped: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      totals.passed += 1;
      say(`  ✓ ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on('pending', () => {
      totals.skipped += 1;
    });
    runner.on('fail', (test, error: Error) => {
      totals.failed += 1;
      say(`  ✗ ${test.fullTitle()}\n${(error.stack ?? error.message).replace(/^/gm, '    ')}`);
    });
  }).catch((error: Error) => {
    // A test file that cannot be loaded.
    say(error.stack ?? error.message);
    throw error;
  });
  const file = process.env['TEST_TOTALS'];
  if (file) writeFileSync(file, JSON.stringify(totals));
  if (totals.failed > 0) throw new Error(`${totals.failed} tests failed.`);
  if (totals.passed === 0) throw new Error('No test was run.');
}
