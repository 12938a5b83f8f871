import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver';
import { version } from '../../package.json';
import { openData } from '../open-data.ts';
import { nodeDisk } from './node-disk.ts';
import { startServer } from './server.ts';
import { connectStdio } from './stdio.ts';

/** Beside the bundle; two folders up when run from the sources. */
const data = [join(__dirname, '../data'), join(__dirname, '../../data')].find(existsSync) ?? '';

/** By then the first file is judged, and nobody waits. */
const SETTLED_MS = 1000;

/** Without these V8 keeps tens of megabytes for garbage that each keystroke makes and soon drops. */
const HEAP_FLAGS = ['--semi-space-growth-factor=1'];

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

setTimeout(async () => {
  const { setFlagsFromString } = await import('node:v8');
  for (const flag of HEAP_FLAGS) setFlagsFromString(flag);
}, SETTLED_MS).unref();
