import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createConnection } from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { openData } from '../open-data.ts';
import { nodeDisk } from './node-disk.ts';
import { startServer } from './server.ts';
import { connectStdio } from './stdio.ts';

/** Beside the bundle; two folders up when run from the sources. */
const data = [join(__dirname, '../data'), join(__dirname, '../../data')].find(existsSync) ?? '';

// Without it V8 keeps tens of megabytes for garbage that each keystroke makes and soon drops.
setFlagsFromString('--semi-space-growth-factor=1');

startServer(process.argv.includes('--stdio') ? connectStdio() : createConnection(), {
  version,
  readCatalogue: () => openData(data),
  disk: nodeDisk,
  defer: setImmediate,
});
