import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInWebHost } from '../web-host.ts';

test('the extension works in a web worker, and speaks German where the editor does', async () => {
  const lines = await runInWebHost('out/test/web/index.js', 'de');
  assert.ok(lines.includes('the status bar says Vertrauensrichtlinie'), lines.join('\n'));
});
