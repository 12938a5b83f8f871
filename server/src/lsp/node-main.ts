import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { nodeDisk } from './node-disk.ts';
import { startServer } from './server.ts';

/** Beside the bundle; two folders up when run from the sources. */
const data = [join(__dirname, '../data'), join(__dirname, '../../data')].find(existsSync) ?? '';

// ASCII read as Latin-1 needs no decoding.
const read = (name: string) => readFileSync(join(data, name), 'latin1');

startServer(createConnection(), {
  version,
  readCatalogue: () => ({
    toc: read('catalogue-toc.json'),
    get services() {
      return read('catalogue.jsonl');
    },
  }),
  disk: nodeDisk,
  defer: setImmediate,
});
