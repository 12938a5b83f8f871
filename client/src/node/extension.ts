import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Api, startExtension } from '../extension.ts';

export function activate(context: ExtensionContext): Promise<Api> {
  const module = context.asAbsolutePath('server/dist/node-main.js');
  return startExtension(context, (options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } };
    return new LanguageClient('iamPolicy', 'IAM Policy', { run, debug }, options);
  });
}
