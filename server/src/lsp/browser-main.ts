import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { version } from '../../package.json';
import type { CatalogueBytes } from '../catalogue/types.ts';
import { startServer } from './server.ts';

/** The worker's own scope, as far as it is needed: it listens once, then the connection takes over. */
const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0] & {
  onmessage: (event: { readonly data: CatalogueBytes | null }) => void;
};

// The first message brings the AWS reference data, or null where the client could not read it.
scope.onmessage = ({ data }: { readonly data: CatalogueBytes | null }) => {
  startServer(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
    version,
    readCatalogue: () => {
      if (data) return data;
      throw new Error('the files of the AWS reference data are not there');
    },
    defer: (callback) => setTimeout(callback, 0),
  });
};
