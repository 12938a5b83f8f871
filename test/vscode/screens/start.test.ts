import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { launchBrowser, root } from '../browser.ts';
import { openFile, screenshot } from '../workbench.ts';

/** The extension host's log says which extensions it activated. */
async function waitForActivation(pid: number | undefined): Promise<void> {
  const store = join(root, '.vscode-test');
  const state = readdirSync(store).find((name) => name.startsWith(`state-${pid}-`)) ?? '';
  const logs = join(store, state, 'data/logs');
  const end = Date.now() + 20_000;
  while (Date.now() < end) {
    const files = readdirSync(logs, { recursive: true, encoding: 'utf8' });
    const log = files.find((file) => file.endsWith('remoteexthost.log'));
    const text = log === undefined ? '' : readFileSync(join(logs, log), 'utf8');
    if (/_doActivateExtension iam-policy\.iam-policy/.test(text)) return;
    await setTimeout(100);
  }
  throw new Error('The extension was not activated.');
}

test('npm start prints the address of a VS Code with the extension, and ends it when told to', async () => {
  const child = spawn(process.execPath, [join(root, 'client/tools/start.mjs'), '--browser', '--port', '0', root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = new Promise((resolve) => child.on('close', resolve));
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        const found = /http:\S+/.exec(output)?.[0];
        if (found !== undefined) resolve(found);
      });
      child.on('close', () => reject(new Error(`npm start ended without an address:\n${output}`)));
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(20_000);
      await page.goto(address);
      await page.locator('.explorer-folders-view .monaco-list').waitFor();
      await openFile(page, 'package.json');
      await screenshot(page, 'start');
      await waitForActivation(child.pid);
    } finally {
      await browser.close();
    }
    child.kill('SIGTERM');
    assert.equal(await closed, 0);
    await assert.rejects(fetch(address), 'the server is still there');
  } finally {
    child.kill();
  }
});
