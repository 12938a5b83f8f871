// Draws docs/images/icon.png, 128 × 128, from icon.svg in Chromium: node client/tools/build-icon.mjs
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureChromium } from './editor-host.mjs';
import { root } from './process.mjs';

const images = join(root, 'docs/images');
const { path, env } = await ensureChromium();
const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
const browser = await chromium.launch({ executablePath: path, args, env: { ...process.env, ...env } });
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 }, deviceScaleFactor: 1 });
  const drawing = readFileSync(join(images, 'icon.svg'), 'utf8').replace(/^<!--.*-->\n/, '');
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
  await page.screenshot({ path: join(images, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
