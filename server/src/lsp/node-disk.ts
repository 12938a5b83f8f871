import { readdir, readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Disk, isPolicyFileName, isSkippedFolder, MOST_BYTES, MOST_FILES } from './workspace-files.ts';

/** Bounds the walk through a tree that holds few JSON files. */
const MOST_FOLDERS = 20_000;

/** The file system of Node. Symbolic links are not followed, so that no walk goes in circles. */
export const nodeDisk: Disk = {
  async find(folder) {
    const files: string[] = [];
    const folders = [folder.replace(/\/$/, '')];
    for (let index = 0; index < folders.length && index < MOST_FOLDERS; index++) {
      const uri = folders[index] ?? '';
      const entries = await readdir(fileURLToPath(uri), { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const child = `${uri}/${encodeURIComponent(entry.name)}`;
        if (entry.isDirectory() && !isSkippedFolder(entry.name)) folders.push(child);
        else if (entry.isFile() && isPolicyFileName(entry.name)) files.push(child);
        if (files.length >= MOST_FILES) return files;
      }
    }
    return files;
  },
  async read(uri) {
    const path = fileURLToPath(uri);
    const { size } = await stat(path);
    return size > MOST_BYTES ? undefined : readFile(path, 'utf8');
  },
};
