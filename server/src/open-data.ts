import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueBytes } from './catalogue/types.ts';

/**
 * The reference data in a folder on the disk. Both files are ASCII, and Latin-1 is the quickest way to read them.
 * @throws where a file cannot be read; `services` is opened at its first use.
 */
export function openData(folder: string): CatalogueBytes {
  return {
    toc: readFileSync(join(folder, 'catalogue-toc.json'), 'latin1'),
    get services() {
      return openParts(join(folder, 'catalogue.jsonl'));
    },
  };
}

/** A file read where it is asked for: one service is a hundredth of it. */
function openParts(path: string): CatalogueBytes['services'] {
  const file = openSync(path, 'r');
  return {
    length: fstatSync(file).size,
    slice(start = 0, end = start) {
      const bytes = Buffer.alloc(end - start);
      readSync(file, bytes, 0, bytes.length, start);
      return bytes.toString('latin1');
    },
  };
}
