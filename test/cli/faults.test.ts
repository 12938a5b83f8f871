/** Whatever cannot be read: one clear line, exit code 2, and the rest is judged. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generate } from '../robust/generate.ts';
import { EXTREMES } from '../robust/texts.ts';
import { BROKEN, CLEAN, makeFolder, runCli, SERVER } from './run-cli.ts';

test('a file that cannot be read is told, and the others are judged', async () => {
  // A link that leads to itself cannot be read by anybody, root included.
  const cwd = makeFolder({ 'a/policy.json': BROKEN, 'c/policy.json': CLEAN });
  symlinkSync('b.json', join(cwd, 'b.json'));
  const named = await runCli(['lint', 'b.json', 'a/policy.json', '--quiet'], { cwd });
  assert.match(named.stdout, /^a\/policy\.json:3:29 error\[effect-invalid\]/);
  assert.match(named.stderr, /^iam-policy: cannot read 'b\.json': [^\n]+\n$/);
  assert.equal(named.code, 2);
  const { stdout, code } = await runCli(['lint', 'b.json', 'a', 'c', '--format=json'], { cwd });
  assert.equal(JSON.parse(stdout).files.length, 2);
  assert.equal(code, 2);
});

test('loops, devices, odd names and half a gigabyte in a folder', async () => {
  const cwd = makeFolder({ 'deep/plain.json': CLEAN, 'huge.json': '{' });
  truncateSync(join(cwd, 'huge.json'), 500_000_000);
  symlinkSync(cwd, join(cwd, 'deep/loop'));
  symlinkSync('loop.json', join(cwd, 'loop.json'));
  symlinkSync('/dev/zero', join(cwd, 'endless.json'));
  writeFileSync(join(cwd, 'a\u001b[31m\nb.json'), BROKEN);
  mkdirSync(join(cwd, 'folder.json'));
  const { stdout, stderr, code } = await runCli(['lint', '.', '--quiet'], { cwd });
  assert.equal(stderr, 'huge.json: too long for a policy (477 MB), not read\n');
  assert.match(stdout, /effect-invalid/);
  assert.equal(stdout.includes('\u001b'), false, 'a file name steers the terminal');
  assert.equal(code, 1);
});

test('reference data that is damaged or of another format is one line', async () => {
  const faults = { missing: undefined, empty: '', 'cut off': '{"format":', 'of a newer format': '{"format":99}' };
  for (const [how, toc] of Object.entries(faults)) {
    const home = makeFolder(toc === undefined ? {} : { 'data/catalogue-toc.json': toc });
    for (const flag of ['--format=text', '--format=json', '--ndjson']) {
      const { code, stdout, stderr } = await runCli(['lint', flag, '-'], { home, stdin: CLEAN });
      assert.match(stderr, /^iam-policy: the AWS reference data [^\n]+\n$/, how);
      assert.deepEqual([code, stdout], [2, ''], how);
    }
  }
});

test('each line gets its answer, well-formed, whatever stands in it', async () => {
  const texts = [
    ...Object.values(EXTREMES).filter(({ length }) => length < 10_000),
    ...Array.from({ length: 150 }, (_, index) => generate(7, index)),
  ];
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const lines = [
    ...texts.map((text, id) => JSON.stringify({ id, text })),
    `{"id":${deep},"text":"{}"}`,
    `{"id":1,"policy":${deep}}`,
    `{"id":1,"policy":{"Statement":${deep}}}`,
    deep,
    '{"__proto__":{"id":1},"constructor":1,"text":"{}"}',
    '{"id":1,"text":"{}","kind":"constructor"}',
  ];
  const { stdout, stderr, code } = await runCli(['lint', '--ndjson'], { stdin: `${lines.join('\n')}\n`, home: SERVER });
  const answers = stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
  assert.equal(answers.length, lines.length);
  for (const id of texts.keys()) assert.equal(answers[id].id, id);
  for (const answer of answers) assert.ok(Array.isArray(answer.findings) || typeof answer.error === 'string');
  assert.deepEqual([stderr, code], ['', 2]);
});

test('an answer for all files is well-formed JSON, whatever stands in them and in their names', async () => {
  const files: Record<string, string | Buffer> = { 'half.json': Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x22]) };
  for (let index = 0; index < 80; index++) files[`${index}/policy.json`] = generate(11, index);
  // Not every file system takes such names.
  const odd = process.platform === 'win32' ? ['\u2028'] : ['\u2028', '"', '\u001b[31m', '😀', 'a\nb'];
  for (const [index, name] of odd.entries()) {
    files[`odd/${name}.json`] = generate(12, index);
  }
  const paths = Object.keys(files);
  const cwd = makeFolder(files);
  const { stdout, stderr } = await runCli(['lint', '--format=json', ...paths], { cwd });
  const answer = JSON.parse(stdout) as {
    readonly files: readonly { readonly path: string; readonly findings: unknown }[];
  };
  assert.deepEqual(
    answer.files.map(({ path }) => path),
    paths,
  );
  for (const { findings } of answer.files) assert.ok(Array.isArray(findings));
  for (const line of stderr.split('\n').slice(0, -1)) assert.match(line, /: no IAM policy found; say --kind/);
});
