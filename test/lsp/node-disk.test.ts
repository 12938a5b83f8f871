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

test('JSON files are found, but for what is installed, built, hidden or linked', async () => {
  for (const path of ['a.json', 'deep/er/b.jsonc', 'a b (c)/d%.json', 'x.txt', 'dist/e.json', '.git/f.json'])
    write(path);
  write('deep/node_modules/g.json');
  symlinkSync(root, join(root, 'deep/loop'));
  const found = await nodeDisk.find(`${folder}/`);
  assert.deepEqual([...found].sort(), [
    `${folder}/a%20b%20(c)/d%25.json`,
    `${folder}/a.json`,
    `${folder}/deep/er/b.jsonc`,
  ]);
  for (const uri of found) assert.equal(await nodeDisk.read(uri), '{}');
});

test('a folder that is not there is empty, a file too long is left out, one not there fails', async () => {
  assert.deepEqual(await nodeDisk.find(`${folder}/none`), []);
  write('long.json', ' '.repeat(2_000_001));
  assert.equal(await nodeDisk.read(`${folder}/long.json`), undefined);
  await assert.rejects(nodeDisk.read(`${folder}/none.json`));
});
