// Runs the Mocha suite inside a real VS Code with the extension as it is shipped:
//   run-mocha.ts [--desktop[=oldest|current]] <bundled test file …>
// The suite writes its totals to the file that TEST_TOTALS names; the exit code says whether the editor was satisfied.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { startServer } from '../../client/tools/editor-host.mjs';
import { unpackShipped } from '../harness/packed.ts';
import { addressOf, copyWorkspace, launchBrowser, root } from './browser.ts';
import { findDesktop, readWhich } from './desktop.ts';

/** The whole suite, in milliseconds. */
const deadline = 300_000;
const suite = join(root, 'out/test/vscode/index.js');

type Run = (folder: string, extension: string, env: Record<string, string>) => Promise<number>;

const runOnDesktop =
  (vscodeExecutablePath: string): Run =>
  (folder, extension, env) =>
    runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extension,
      extensionTestsPath: suite,
      launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust', '--skip-welcome'],
      extensionTestsEnv: env,
    });

const runOnServer: Run = async (folder, extension, env) => {
  const server = await startServer({ env });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`The suite did not end within ${deadline / 1000} s.`)), deadline);
      void server.ended.then(({ output }) => reject(new Error(`The VS Code server ended too early:\n${output}`)));
      const open = async () => {
        await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => printLine(args[0]));
        await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
        await page.goto(addressOf(server, folder, suite, extension));
      };
      open().catch(reject);
    });
  } catch (error) {
    const picture = 'out/screens/failure.png';
    await page.screenshot({ path: join(root, picture) }).catch(() => undefined);
    throw new Error(`${error instanceof Error ? error.message : error} See ${picture}.`);
  } finally {
    clearTimeout(timer);
    await browser.close();
    server.stop();
  }
};

/** VS Code logs a great deal of its own; the suite's lines carry a mark. */
function printLine(text: unknown): void {
  const line = typeof text === 'string' ? /\[suite\] ?(.*)$/s.exec(text)?.[1] : undefined;
  if (line !== undefined) console.log(line);
  else if (process.env['VERBOSE']) console.log(text);
}

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  const files = args.filter((arg) => !arg.startsWith('--'));
  const totals = process.env['TEST_TOTALS'] ?? '';
  const env = { TEST_FILES: files.join('\n'), TEST_TOTALS: totals };
  const [which] = args.flatMap((arg) => readWhich(arg) ?? []);
  const desktop = which && (await findDesktop(which));
  if (which && desktop === undefined) {
    if (totals !== '') writeFileSync(totals, JSON.stringify({ passed: 0, failed: 0, skipped: files.length }));
    return 0;
  }
  const workspace = copyWorkspace('examples');
  const packed = unpackShipped();
  try {
    return await (desktop === undefined ? runOnServer : runOnDesktop(desktop))(workspace.folder, packed.extension, env);
  } finally {
    packed.remove();
    workspace.remove();
  }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
