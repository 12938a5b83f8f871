// npm start: shows the extension in a real VS Code, on examples/ or on the folder given.
//   npm start [-- [--browser] [--port N] [--host NAME] [folder]]
// Plain JavaScript without dependencies: it installs them itself where they are missing.
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findOnPath, makeToken, startServer } from './editor-host.mjs';
import { elapsed, root, run } from './process.mjs';
import { build, ensureDependencies } from './setup.mjs';

const usage = `Usage: npm start [-- [options] [folder]]
Opens the extension in VS Code, on the examples or on the folder given.
  --browser    in the browser, even where the command "code" is there
  --port N     the port for the browser; default: 8200, or a free one
  --host NAME  the address to listen on; default: 127.0.0.1, this machine only
  --help       this text`;

const defaultPort = 8200;

function complain(message) {
  console.error(`npm start: ${message}\n\n${usage}`);
  process.exit(2);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        host: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    if (positionals.length > 1) complain(`one folder, not ${positionals.length}.`);
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) {
      complain(`${values.port} is not a port: a number from 0 to 65535, where 0 means any free one.`);
    }
    // npm runs this in the project's folder; INIT_CWD is where the person stood.
    const folder =
      positionals[0] === undefined
        ? join(root, 'examples')
        : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
    if (!existsSync(folder) || !statSync(folder).isDirectory()) complain(`there is no folder ${folder}.`);
    const inBrowser = values.browser || port !== undefined || values.host !== undefined;
    return { folder, port, host: values.host ?? '127.0.0.1', inBrowser };
  } catch (error) {
    return complain(error.message.split('. ')[0].replace(/\.?$/, '.'));
  }
}

async function showInBrowser(folder, host, port) {
  const begin = performance.now();
  const token = makeToken();
  const start = (at) => startServer({ host, port: at, token, install: true });
  const server = await start(port ?? defaultPort).catch((error) => {
    if (error.code === 'EADDRINUSE' && port === undefined) return start(0);
    if (error.code === 'EADDRINUSE') throw new Error(`Port ${port} is taken. Choose another with --port.`);
    if (error.code === 'EACCES') throw new Error(`Port ${port} needs more rights. Choose one above 1023 with --port.`);
    if (error.syscall !== undefined)
      throw new Error(`${host} is no address of this machine. Choose another with --host.`);
    throw error;
  });
  const address = new URL(server.origin);
  address.search = new URLSearchParams({ tkn: token, folder }).toString();
  console.log(`VS Code is ready in ${elapsed(begin)}. Open this address in a browser (Ctrl-C stops it):\n`);
  console.log(`  ${address.href}\n`);
  if (host !== '127.0.0.1' && host !== 'localhost' && host !== '::1') {
    console.log(
      `Others can reach ${host}. Whoever has the whole address can use this VS Code, and this machine through it.`,
    );
  }
  const { output } = await server.ended;
  throw new Error(`The VS Code server ended by itself:\n${output}`);
}

const { folder, port, host, inBrowser } = readArguments();
// Being told to stop is the usual end, whenever it comes; the server goes with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(0));
// npm does not pass on that it was told to stop.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(0), 1000).unref();
try {
  await ensureDependencies();
  await build();
  const code = inBrowser ? undefined : findOnPath('code');
  if (code === undefined) await showInBrowser(folder, host, port);
  else {
    const opened = await run(code, [`--extensionDevelopmentPath=${root}`, folder]);
    if (opened.code !== 0) throw new Error('The command "code" failed: see above. Try npm start -- --browser.');
    console.log(`VS Code is open on ${folder}, with the extension.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
