// A VS Code that is nothing but a web page, with the extension as it is shipped: its extension host is a web worker, as on
// vscode.dev, so the extension's `browser` entry and the server's browser bundle are what runs.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { ensureWebEditor } from '../../client/tools/editor-host.mjs';
import { unpackShipped } from '../harness/packed.ts';
import { launchBrowser, root } from './browser.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** @param suite path of the bundled suite, from the project's root */
function pageOf(suite: string): string {
  return `<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="/out/vs/workbench/workbench.web.main.internal.css">
<body><script type="module">
  globalThis._VSCODE_FILE_ROOT = location.origin + '/out/';
  await import('/out/nls.messages.js');
  const { default: init } = await import('/workbench.js');
  const uri = (path) => ({ scheme: 'http', authority: location.host, path });
  init(document.body, {
    folderUri: { scheme: 'memory', authority: '', path: '/team' },
    productConfiguration: {
      nameShort: 'Code', nameLong: 'Code', applicationName: 'code', dataFolderName: '.code', version: '1.137.0',
      enableTelemetry: false,
    },
    configurationDefaults: { 'chat.disableAIFeatures': true, 'workbench.startupEditor': 'none' },
    developmentOptions: { extensions: [uri('/extension')], extensionTestsPath: uri('/extension/${suite}') },
  });
</script>`;
}

/** Serves the editor, the extension as it is shipped, the project and the page, on this machine only. */
async function serve(suite: string, extension: string) {
  const editor = await ensureWebEditor();
  const locate = (path: string): string => {
    const [, inside] = /^\/extension\/(.*)$/.exec(path) ?? [];
    if (inside === undefined) return join(editor, path);
    // The suite must seem to lie in the extension's folder, but it is not shipped.
    return join(inside === suite ? root : extension, inside);
  };
  const server = createServer(async ({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(url.replace(/[?#].*$/, '')));
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Content-Type', TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream');
    try {
      response.end(path === '/' ? pageOf(suite) : await readFile(locate(path)));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

/**
 * Runs a suite in the web extension host.
 *
 * @param suite path of the bundled suite, from the project's root; it exports `run`, which rejects when something is wrong
 * @param language in which the editor speaks to extensions, such as `de`
 * @returns the lines that the suite marked with `[suite]`
 * @throws when the suite rejects, or does not end within a minute
 */
export async function runInWebHost(suite: string, language = 'en'): Promise<readonly string[]> {
  const packed = unpackShipped();
  const server = await serve(suite, packed.extension);
  const browser = await launchBrowser();
  const all: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: language });
    page.on('console', (message) => all.push(message.text()));
    page.on('pageerror', (error) => all.push(String(error)));
    await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    const code = await new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The suite did not end:\n${all.slice(-40).join('\n')}`)), 60_000);
      const open = async () => {
        await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
          all.push(args.map(String).join(' '));
        });
        await page.exposeFunction('codeAutomationExit', (ended: number) => resolve(ended));
        await page.goto(server.origin);
      };
      open().catch(reject);
    });
    if (code !== 0) {
      await page.screenshot({ path: join(root, 'out/screens/web-failed.png') }).catch(() => undefined);
      throw new Error(`The suite failed in the web extension host:\n${all.slice(-40).join('\n')}`);
    }
    return all.flatMap((line) => /\[suite\] (.*)/.exec(line)?.[1] ?? []);
  } finally {
    clearTimeout(timer);
    await browser.close();
    server.stop();
    packed.remove();
  }
}
