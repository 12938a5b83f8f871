import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DATA } from './data.ts';

const FILES = ['catalogue.jsonl', 'catalogue-toc.json', 'manifest.json'];
const tool = fileURLToPath(new URL('../../server/tools/build-data.ts', import.meta.url));
const folders = ['a', 'b'].map((name) => mkdtempSync(join(tmpdir(), `build-data-${name}-`)));
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test('two builds give the committed bytes', () => {
  for (const folder of folders) execFileSync(process.execPath, ['--import', 'tsx', tool, folder]);
  for (const file of FILES) {
    const committed = readFileSync(join(DATA, file));
    for (const folder of folders) {
      assert.ok(committed.equals(readFileSync(join(folder, file))), `${file} is stale: npm run build:data`);
    }
  }
});

test('the manifest tells the truth', () => {
  const manifest = JSON.parse(readFileSync(join(DATA, 'manifest.json'), 'utf8'));
  assert.equal(manifest.files.length, 2);
  for (const { name, bytes, sha256 } of manifest.files) {
    const content = readFileSync(join(DATA, name));
    assert.equal(content.length, bytes);
    assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
    assert.ok(
      content.every((byte) => byte < 0x80),
      `${name} is not ASCII`,
    );
  }
});
