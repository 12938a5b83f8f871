import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, mock, test } from 'node:test';
import { findDesktop, readWhich, versionOf } from '../vscode/desktop.ts';

const ROOT = join(__dirname, '../..');
const offline = () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));

const { CI, VSCODE_EXECUTABLE } = process.env;
afterEach(() => {
  mock.restoreAll();
  Object.assign(process.env, { CI: CI ?? '', VSCODE_EXECUTABLE: VSCODE_EXECUTABLE ?? '' });
});

test('the oldest VS Code is the one that the manifest names, the current one whatever is stable', async () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.equal(`^${versionOf('oldest')}`, engines.vscode);
  assert.deepEqual(['--desktop', '--desktop=current', '--desktop=oldest', '--desktop=x'].map(readWhich), [
    'current',
    'current',
    'oldest',
    undefined,
  ]);
  process.env['VSCODE_EXECUTABLE'] = '';
  const asked: unknown[] = [];
  const download = (version: unknown) => Promise.resolve(`code ${asked.push(version)}`);
  await findDesktop('oldest', download as never);
  await findDesktop('current', download as never);
  assert.deepEqual(asked, [versionOf('oldest'), 'stable']);
});

test('where VS Code cannot be downloaded its tests are skipped with a word, but not in CI', async () => {
  const said = mock.method(console, 'log', () => undefined);
  Object.assign(process.env, { CI: '', VSCODE_EXECUTABLE: '' });
  assert.equal(await findDesktop('oldest', offline), undefined);
  const [line] = said.mock.calls[0]?.arguments ?? [];
  assert.match(String(line), /^Skipped: VS Code \(\d+\.\d+\.\d+\) could not be downloaded: getaddrinfo ENOTFOUND\. /);
  process.env['CI'] = 'true';
  await assert.rejects(findDesktop('current', offline), /could not be downloaded/);
  process.env['VSCODE_EXECUTABLE'] = '/usr/bin/code';
  assert.equal(await findDesktop('current', offline), '/usr/bin/code');
});

test('CI runs the suite in both', () => {
  const workflow = readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8');
  const values = /vscode: \[(.*)\]/.exec(workflow)?.[1]?.split(', ');
  assert.deepEqual(
    values?.map((value) => readWhich(`--desktop=${value}`)),
    ['oldest', 'current'],
  );
  assert.match(workflow, /npm test -- --desktop=\$\{\{ matrix\.vscode \}\} test\/vscode\/$/m);
});
