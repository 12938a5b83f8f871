import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { version } from '../../package.json';
import { openData } from '../open-data.ts';
import { createConnection } from './connection.ts';
import { openChannel } from './node-channel.ts';
import { nodeDisk } from './node-disk.ts';
import { startServer } from './server.ts';

/** Beside the bundle; two folders up when run from the sources. */
const data = [join(__dirname, '../data'), join(__dirname, '../../data')].find(existsSync) ?? '';

// Without it V8 keeps tens of megabytes for garbage that each keystroke makes and soon drops.
setFlagsFromString('--semi-space-growth-factor=1');

/** Milliseconds between two looks at the process that the server works for. */
const WATCH_MS = 3000;

// An editor that started the server with a channel of Node's is gone when that channel is.
process.once('disconnect', () => process.exit(1));

const { reader, writer } = openChannel(process.argv.slice(2));
const connection = createConnection((logger) => createMessageConnection(reader, writer, logger), {
  watch(processId) {
    setInterval(() => {
      try {
        process.kill(processId, 0);
      } catch {
        process.exit(1);
      }
    }, WATCH_MS);
  },
  exit: (code) => process.exit(code),
});

startServer(connection, {
  version,
  readCatalogue: () => openData(data),
  disk: nodeDisk,
  defer: setImmediate,
});
