import { type ExtensionContext, Uri, workspace } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { type Api, startExtension } from '../extension.ts';

type Port = ConstructorParameters<typeof BrowserMessageReader>[0];

/** The little of a web worker that is used; the DOM's types would name a whole browser. */
declare const Worker: new (url: string) => Port & { postMessage(message: unknown): void };

export function activate(context: ExtensionContext): Promise<Api> {
  const file = (path: string) => Uri.joinPath(context.extensionUri, path);
  const read = async (path: string) => new TextDecoder('latin1').decode(await workspace.fs.readFile(file(path)));
  return startExtension(context, (options) => {
    const startWorker = async () => {
      const worker = new Worker(file('server/dist/browser-main.js').toString(true));
      // The worker cannot read the extension's files by itself everywhere: its first message brings them.
      const names = ['server/data/catalogue-toc.json', 'server/data/catalogue.jsonl'];
      const [toc, services] = await Promise.all(names.map(read)).catch(() => []);
      worker.postMessage(toc === undefined || services === undefined ? null : { toc, services });
      // Not the worker itself: the editor's own class of workers is not the one that the client would know it by.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient('iamPolicy', 'IAM Policy', startWorker, options);
  });
}
