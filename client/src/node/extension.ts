import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { type Api, startExtension } from '../extension.ts';

export function activate(context: ExtensionContext): Promise<Api> {
  // It keeps the compiled server between two starts, where this Node can.
  const module = context.asAbsolutePath('server/bin/iam-policy-language-server.js');
  return startExtension(context, (options) => {
    const run = { module, transport: TransportKind.ipc };
    const debug = { ...run, options: { execArgv: ['--nolazy', '--inspect=6019'] } };
    return new LanguageClient('iamPolicy', 'IAM Policy', { run, debug }, options);
  });
}
