import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Packed, unpackShipped } from '../harness/packed.ts';
import { BROKEN, CLEAN, makeFolder, SERVER } from './run-cli.ts';

// The package as it is published, with no node_modules in sight.
let packed: Packed;
let bin = '';

before(() => {
  packed = unpackShipped();
  bin = join(packed.server, 'bin/iam-policy.js');
});
after(() => packed.remove());

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(script: string, args: readonly string[], nodeFlags: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, script, ...args], { stdio: 'pipe' });
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on('data', (chunk: Buffer) => chunks.stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.stderr.push(chunk));
  // The child may end before it has read everything.
  child.stdin.on('error', () => {});
  const done = new Promise<Run>((resolve) =>
    child.on('close', (code) =>
      resolve({
        code,
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
      }),
    ),
  );
  return { child, done };
}

function runBin(args: readonly string[], stdin: string): Promise<Run> {
  const { child, done } = start(bin, args);
  child.stdin.end(stdin);
  return done;
}

test('the installed command judges, prints and sets the exit code', async () => {
  const broken = await runBin(['lint', '-'], BROKEN);
  assert.match(broken.stdout, /^-:3:29 error\[effect-invalid\]/);
  assert.deepEqual([broken.code, broken.stderr], [1, '']);
  assert.equal((await runBin(['lint', '-'], CLEAN)).code, 0);
  const wrong = await runBin(['lint', '--nope'], '');
  assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  assert.equal(wrong.stderr.split('\n').length, 2);
});

test('without a build it says what to run', async () => {
  const folder = makeFolder({ 'bin/.keep': '' });
  copyFileSync(join(SERVER, 'bin/iam-policy.js'), join(folder, 'bin/iam-policy.js'));
  const { child, done } = start(join(folder, 'bin/iam-policy.js'), ['lint']);
  child.stdin.end();
  const { code, stdout, stderr } = await done;
  assert.match(stderr, /^iam-policy: .*cli\.js is missing; run npm run build first\.\n$/);
  assert.deepEqual([code, stdout], [2, '']);
});

test('10,000 lines of 20 KB pass through a small memory', async () => {
  const { child, done } = start(bin, ['lint', '--ndjson'], ['--max-old-space-size=64']);
  const padding = ' '.repeat(20_000);
  for (let id = 0; id < 10_000; id++) {
    const room = child.stdin.write(`${JSON.stringify({ id, text: CLEAN + padding })}\n`);
    if (!room) await new Promise((resolve) => child.stdin.once('drain', resolve));
  }
  child.stdin.end();
  const { code, stdout, stderr } = await done;
  assert.equal(stderr, '');
  assert.equal(code, 0);
  const ids = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).id);
  assert.deepEqual(
    ids,
    Array.from({ length: 10_000 }, (_, id) => id),
  );
});

test('a reader that goes away is no failure', async () => {
  const { child, done } = start(bin, ['lint', '--ndjson']);
  const line = `${JSON.stringify({ text: CLEAN })}\n`;
  child.stdin.write(line);
  child.stdout.once('data', () => {
    child.stdout.destroy();
    child.stdin.end(line.repeat(2000));
  });
  const { code, stderr } = await done;
  assert.equal(stderr, '');
  assert.equal(code, 0);
});
