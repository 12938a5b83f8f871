import { promises as fs } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Disk, MOST_BYTES } from './workspace-files.ts';

/** The file system of Node. */
export const nodeDisk: Disk = {
  async list(folder) {
    const entries = await fs.readdir(fileURLToPath(folder), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
  },
  async read(uri) {
    const path = fileURLToPath(uri);
    const stats = await fs.stat(path);
    // A device or a pipe, which a link in the workspace may lead to, has no size and no end.
    return stats.isFile() && stats.size <= MOST_BYTES ? fs.readFile(path, 'utf8') : undefined;
  },
};
