import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalogue } from '../../server/src/catalogue/catalogue.ts';
import { createPolicyService, type PolicyService } from '../../server/src/service.ts';

const DATA = join(__dirname, '../../server/data');

/** The real reference data, opened once per test process. */
export const catalogue = openCatalogue(() => ({
  toc: readFileSync(join(DATA, 'catalogue-toc.json'), 'utf8'),
  get services() {
    return readFileSync(join(DATA, 'catalogue.jsonl'), 'utf8');
  },
}));

/** A service that fails the test when anything goes wrong inside it. */
export const service: PolicyService = createPolicyService({
  catalogue,
  log: (message) => {
    throw new Error(message);
  },
});
