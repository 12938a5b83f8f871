import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import { runCli, SERVER } from './run-cli.ts';

test('explain tells what a rule finds, why, what to do, and shows both sides', async () => {
  const { code, stdout } = await runCli(['explain', 'effect-invalid']);
  assert.equal(code, 0);
  assert.match(stdout, /^effect-invalid: Effect is neither Allow nor Deny\nerror\n\nEffect must be/);
  assert.match(stdout, /\n\nWhy: .+\n\nWhat to do: .+\n\nWrong:\n\n {4}\{\n.*"Effect": "allow".*\n\nRight:\n\n {4}\{/s);
  assert.match(stdout, /\n\nIAM Access Analyzer: INVALID_EFFECT\nhttps:\/\/docs\.aws\.amazon\.com\/\S+\n$/);
});

test('explain finds a rule by the check of IAM Access Analyzer it answers', async () => {
  const { stdout } = await runCli(['explain', 'INVALID_EFFECT']);
  assert.match(stdout, /^effect-invalid: /);
});

test('explain without a rule lists them all, and each can be explained', async () => {
  const { stdout } = await runCli(['explain']);
  const ids = stdout.split('\n').flatMap((line) => line.split(' ', 1).filter(Boolean));
  assert.deepEqual(
    ids,
    RULES.map(({ id }) => id),
  );
  const all = await runCli(['explain', ...ids]);
  assert.equal(all.code, 0);
  for (const id of ids) assert.match(all.stdout, new RegExp(`^${id}: .`, 'm'));
});

test('help tells every flag and exit code', async () => {
  const { code, stdout } = await runCli(['lint', '--help']);
  assert.equal(code, 0);
  const flags = ['kind', 'format', 'ndjson', 'fail-on', 'persona', 'rule', 'quiet', 'no-color', 'help', 'version'];
  for (const flag of flags) assert.match(stdout, new RegExp(`^ .*--${flag}\\b`, 'm'));
  assert.match(stdout, /Exit codes: 0 .*1 .*2 /);
  assert.deepEqual(await runCli(['help', 'lint']), { code, stdout, stderr: '' });
  for (const text of [stdout, (await runCli(['--help'])).stdout, (await runCli(['explain', '-h'])).stdout]) {
    assert.ok(text.split('\n').every((line) => line.length <= 120));
  }
});

test('--version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(SERVER, 'package.json'), 'utf8'));
  assert.deepEqual(await runCli(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
});
