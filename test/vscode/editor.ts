import assert from 'node:assert/strict';
import {
  commands,
  type Diagnostic,
  type Disposable,
  type Event,
  extensions,
  languages,
  type TextDocument,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Api } from '../../client/src/extension.ts';

const DEADLINE_MS = 15_000;

/** The extension's own api; activates it. */
export async function activate(): Promise<Api> {
  const extension = extensions.getExtension<Api>('iam-policy.iam-policy');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

/** A file of the opened workspace. */
export function fileOf(path: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert.ok(folder, 'no folder is open');
  return Uri.joinPath(folder.uri, path);
}

/** Shows a new file of the workspace with this text. */
export async function show(path: string, text: string): Promise<TextDocument> {
  const uri = fileOf(path);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document);
  return document;
}

/** Waits, event by event, until a question has an answer. */
export async function until<T>(what: string, event: Event<unknown>, ask: () => T | undefined): Promise<T> {
  const now = ask();
  if (now !== undefined) return now;
  let listener: Disposable | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), DEADLINE_MS);
      listener = event(() => {
        const answer = ask();
        if (answer !== undefined) resolve(answer);
      });
    });
  } finally {
    clearTimeout(timer);
    listener?.dispose();
  }
}

/** Our problems of a file, once they are as wanted. */
export function problems(uri: Uri, wanted: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
  return until(`the problems of ${uri.path}`, languages.onDidChangeDiagnostics, () => {
    const found = languages.getDiagnostics(uri).filter(({ source }) => source === 'iam-policy');
    return wanted(found) ? found : undefined;
  });
}

export const ruleOf = ({ code }: Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

export async function closeAll(): Promise<void> {
  await commands.executeCommand('workbench.action.closeAllEditors');
}

/** Asks again and again, where no event tells of a change, until the answer is as wanted. */
export async function eventually<T>(what: string, ask: () => Thenable<T>, wanted: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (wanted(answer)) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
