import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { nodeDisk } from '../../server/src/lsp/node-disk.ts';

const root = mkdtempSync(join(tmpdir(), 'iam-policy-disk-'));
after(() => rmSync(root, { recursive: true }));

function write(path: string, text = '{}'): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const folder = pathToFileURL(root).href;

test('a folder lists its files and folders, and no links', async () => {
  for (const path of ['a.json', 'deep/er/b.jsonc', 'a b (c)/d%.json']) write(path);
  symlinkSync(root, join(root, 'deep/loop'));
  const names = async (uri: string) =>
    (await nodeDisk.list(uri)).map(({ name, folder }) => (folder ? `${name}/` : name)).sort();
  assert.deepEqual(await names(folder), ['a b (c)/', 'a.json', 'deep/']);
  assert.deepEqual(await names(`${folder}/deep`), ['er/']);
  assert.deepEqual(await names(`${folder}/a%20b%20(c)`), ['d%.json']);
  assert.equal(await nodeDisk.read(`${folder}/a%20b%20(c)/d%25.json`), '{}');
});

test('a file too long is left out; what is not there fails', async () => {
  write('long.json', ' '.repeat(2_000_001));
  assert.equal(await nodeDisk.read(`${folder}/long.json`), undefined);
  await assert.rejects(nodeDisk.read(`${folder}/none.json`));
  await assert.rejects(nodeDisk.list(`${folder}/none`));
});
