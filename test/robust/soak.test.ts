import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('3,000 operations on a server process: every request answered, diagnostics those of a fresh reading', () => {
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'soak.ts'), '--operations', '3000', '--seed', '20121017'],
    { encoding: 'utf8', cwd: join(__dirname, '../..'), timeout: 120_000 },
  );
  assert.equal(run.status, 0, run.stderr || run.stdout);
  assert.match(run.stdout, /^3000 operations, \d{3,} requests answered/m);
});
