import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openCatalogue } from '../../server/src/catalogue/catalogue.ts';
import type { CatalogueBytes } from '../../server/src/catalogue/types.ts';

export const DATA = fileURLToPath(new URL('../../server/data/', import.meta.url));

export function readData(): CatalogueBytes & { readonly services: string } {
  return {
    toc: readFileSync(`${DATA}catalogue-toc.json`, 'latin1'),
    services: readFileSync(`${DATA}catalogue.jsonl`, 'latin1'),
  };
}

export const catalogue = openCatalogue(readData);
