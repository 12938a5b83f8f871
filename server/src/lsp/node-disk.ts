import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Disk, MOST_BYTES } from './workspace-files.ts';

/** The file system of Node. */
export const nodeDisk: Disk = {
  async list(folder) {
    const entries = await readdir(fileURLToPath(folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
  },
  async read(uri) {
    const path = fileURLToPath(uri);
    const { size } = await stat(path);
    return size > MOST_BYTES ? undefined : readFile(path, 'utf8');
  },
};
