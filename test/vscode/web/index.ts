// What the web extension host loads as its suite: no Node, no Mocha, so plain checks.
import {
  commands,
  extensions,
  type Hover,
  languages,
  type MarkdownString,
  Position,
  type SymbolInformation,
  window,
  workspace,
} from 'vscode';
import type { Api } from '../../../client/src/extension.ts';
import { registerMemory } from './memory.ts';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }
}
`;

const say = (what: string) => console.log(`[suite] ${what}`);

function check(what: string, holds: boolean): void {
  if (!holds) throw new Error(`Not so in the web extension host: ${what}`);
  say(what);
}

async function until<T>(what: string, ask: () => T | undefined): Promise<T> {
  const end = Date.now() + 20_000;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Called by VS Code. Rejects when something is not as it should be. */
export async function run(): Promise<void> {
  registerMemory({
    '/team/roles/deploy.json': POLICY.replace('"Effect"', '"Sid": "EnterByEc2", "Effect"'),
    '/team/node_modules/x/y.json': POLICY.replace('"Effect"', '"Sid": "EnterByPackage", "Effect"'),
  });
  const extension = extensions.getExtension<Api>('iam-policy.iam-policy');
  if (!extension) throw new Error('the extension is not there');
  const api = await extension.activate();
  check('the extension is active', extension.isActive);
  const document = await workspace.openTextDocument({ language: 'json', content: POLICY });
  await window.showTextDocument(document);
  const problem = await until('a problem', () =>
    languages.getDiagnostics(document.uri).find(({ source }) => source === 'iam-policy'),
  );
  check('a problem is reported', /'allow' is not an Effect/.test(problem.message));
  const hovers = await commands.executeCommand<Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new Position(2, POLICY.split('\n')[2]?.indexOf('AssumeRole') ?? 0),
  );
  const text = hovers.flatMap(({ contents }) => contents.map((one) => (one as MarkdownString).value)).join('\n');
  check('the AWS reference data is read', /sts:AssumeRole/.test(text));
  say(`the status bar says ${await until('the kind', api.shownKind)}`);
  const symbols = await commands.executeCommand<SymbolInformation[]>(
    'vscode.executeWorkspaceSymbolProvider',
    'EnterBy',
  );
  check(
    'statements are found in a folder that lies on no disk',
    symbols.map(({ location }) => location.uri.toString()).join() === 'memory:/team/roles/deploy.json',
  );
  const all = await commands.getCommands(true);
  check('the commands are there', all.includes('iamPolicy.chooseKind') && all.includes('iamPolicy.showRule'));
}
