import { window } from 'vscode';

/** What the extension offers to other extensions and to its own tests. */
export interface Api {
  readonly version: 1;
}

export function activate(): Api {
  const channel = window.createOutputChannel('IAM Policy', { log: true });
  channel.info('Activated.');
  return { version: 1 };
}
