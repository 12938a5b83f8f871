import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Connection } from 'vscode-languageserver';
import { version } from '../../package.json';
import { openData } from '../open-data.ts';
import { nodeDisk } from './node-disk.ts';
import { startServer } from './server.ts';
import { connectStdio } from './stdio.ts';

/** Beside the bundle; two folders up when run from the sources. */
const data = [join(__dirname, '../data'), join(__dirname, '../../data')].find(existsSync) ?? '';

// Without these V8 keeps tens of megabytes for garbage that each keystroke makes and soon drops: the space for what is new
// stays small, and the heap is tidied when it has doubled, not quadrupled. Doing so sooner would slow large files down.
for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=100']) setFlagsFromString(flag);

const start = (connection: Connection): void =>
  startServer(connection, {
    version,
    readCatalogue: () => openData(data),
    disk: nodeDisk,
    defer: setImmediate,
  });

// What knows all other channels takes its time to load.
if (process.argv.includes('--stdio')) start(connectStdio());
else import('vscode-languageserver/node').then(({ createConnection }) => start(createConnection()));
