/** What both hosts share: the client of the language server, the status item and the commands. */
import {
  commands,
  type Disposable,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  Position,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  CHOOSE_KIND_COMMAND,
  DESCRIBE,
  DESCRIBED,
  type Description,
  IGNORE_RULE_COMMAND,
  type InitializationOptions,
  NEW_POLICY,
  type NewPolicy,
  TREAT_AS,
  type TreatAsParams,
} from '../../server/src/protocol.ts';
import { chooseKind, chosenKind } from './kinds.ts';
import { newPolicy } from './new-policy.ts';
import { pickKind } from './pick-kind.ts';
import { JSON_LANGUAGES, OWN_LANGUAGE, policyEditor } from './policy-editor.ts';
import { problemsAtRest } from './problems.ts';
import { rewritePolicy } from './rewrite-policy.ts';
import { settingsTarget, toggle, updateEntry } from './settings.ts';
import { showRule } from './show-rule.ts';
import { createKindStatus } from './status.ts';
import { serveFiles } from './workspace-files.ts';

/** What the extension offers to other extensions and to its own tests. */
export interface Api {
  readonly version: 1;
  /** What an open file holds; null when the server does not know the file. */
  readonly describe: (uri: Uri) => Promise<Description | null>;
  /** The text of the status bar item; undefined while it is hidden. */
  readonly shownKind: () => string | undefined;
  readonly onDidShowKind: Event<string | undefined>;
}

const COMMANDS = {
  chooseKind: CHOOSE_KIND_COMMAND,
  newPolicy: 'iamPolicy.newPolicy',
  fixAll: 'iamPolicy.fixAll',
  sortElements: 'iamPolicy.sortElements',
  minify: 'iamPolicy.minify',
  showRule: 'iamPolicy.showRule',
  toggleLenses: 'iamPolicy.toggleLenses',
  toggleHints: 'iamPolicy.toggleHints',
  openSettings: 'iamPolicy.openSettings',
  openWalkthrough: 'iamPolicy.openWalkthrough',
  openExample: 'iamPolicy.openExample',
  restart: 'iamPolicy.restartServer',
  showOutput: 'iamPolicy.showOutput',
} as const;

/** For `when` clauses: the active editor shows a policy. */
const IS_POLICY = 'iamPolicy.isPolicy';

const LENSES = ['lens.policy', 'lens.statement'];
const HINTS = ['hints.accounts', 'hints.wildcards', 'hints.resourceTypes'];

/** Creates a client that has not been started. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient | Promise<BaseLanguageClient>;

export async function startExtension(context: ExtensionContext, createClient: CreateClient): Promise<Api> {
  const channel = window.createOutputChannel('IAM Policy', { log: true });
  const status = createKindStatus(COMMANDS.chooseKind);
  const client = await createClient(clientOptions(channel));
  // Files without a name cannot be named in the settings: the server remembers them as long as they are open.
  const treatedAs = new Map<string, string>();

  const describe = (uri: Uri) => client.sendRequest<Description | null>(DESCRIBE, { uri: uri.toString() });
  const treatAs = (uri: string, kind: string | null): Promise<void> => {
    const params: TreatAsParams = { uri, kind };
    return client.sendNotification(TREAT_AS, params);
  };

  client.onNotification(DESCRIBED, (description: Description) => status.update(description));
  // A server that stopped, by itself or by command, knows nothing any more, and a new one not what it was told.
  client.onDidChangeState(() => {
    if (!client.isRunning()) return status.clear();
    for (const [uri, kind] of treatedAs) void treatAs(uri, kind);
  });
  serveFiles(client);

  const register = (command: string, run: (...args: readonly unknown[]) => unknown): Disposable =>
    commands.registerCommand(command, async (...args: readonly unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        channel.error(`${command}: ${message}`);
        // A notification makes links, also such as run commands, of Markdown in the message, which may quote a file's name.
        await window.showErrorMessage(l10n.t('IAM Policy: {0}', message.replaceAll('](', '] (')));
      }
    });

  /** Takes the rewrite of the server whose title begins so. */
  const rewrite = async (title: string): Promise<void> => {
    const editor = await policyEditor();
    if (editor) await rewritePolicy(editor, await describe(editor.document.uri), title);
  };

  context.subscriptions.push(
    channel,
    status,
    status.onDidShow((shown) => commands.executeCommand('setContext', IS_POLICY, shown !== undefined)),
    workspace.onDidCloseTextDocument(({ uri }) => treatedAs.delete(uri.toString())),
    // A key binding or another extension may say the kind at once: { "kind": "trust" }, or {} to let the tool decide.
    // A lens says which policy it stands on: the file and a line.
    register(COMMANDS.chooseKind, async (said, line) => {
      const editor = await policyEditor(said);
      if (!editor) return;
      const place = typeof line === 'number' ? new Position(line, 0) : editor.selection.active;
      const { document } = editor;
      const uri = document.uri.toString();
      const description = await describe(document.uri);
      const chosen = document.isUntitled ? treatedAs.get(uri) : chosenKind(document);
      const wish = isKindWish(said) ? said : await pickKind(place, description ?? undefined, chosen);
      if (!wish) return;
      if (!document.isUntitled) return chooseKind(document, wish.kind);
      if (wish.kind === undefined) treatedAs.delete(uri);
      else treatedAs.set(uri, wish.kind);
      return treatAs(uri, wish.kind ?? null);
    }),
    register(COMMANDS.newPolicy, (said) =>
      newPolicy({
        ask: (answers) => client.sendRequest<NewPolicy>(NEW_POLICY, { answers }),
        treatAs: (uri, kind) => {
          treatedAs.set(uri, kind);
          return treatAs(uri, kind);
        },
        said,
      }),
    ),
    register(COMMANDS.fixAll, async () => {
      if (!(await policyEditor())) return;
      await commands.executeCommand('editor.action.codeAction', {
        kind: 'source.fixAll.iam-policy',
        apply: 'first',
      });
    }),
    register(COMMANDS.sortElements, () => rewrite('Put the elements in')),
    register(COMMANDS.minify, () => rewrite('Minify the policy')),
    register(COMMANDS.showRule, (rule) => showRule(context, rule)),
    register(COMMANDS.toggleLenses, () => toggle(LENSES, window.activeTextEditor?.document.uri)),
    register(COMMANDS.toggleHints, () => toggle(HINTS, window.activeTextEditor?.document.uri)),
    register(COMMANDS.openSettings, () =>
      commands.executeCommand('workbench.action.openSettings', `@ext:${context.extension.id}`),
    ),
    register(COMMANDS.openWalkthrough, () =>
      commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
    ),
    register(COMMANDS.openExample, async () => {
      const bytes = await workspace.fs.readFile(Uri.joinPath(context.extensionUri, 'walkthrough/example.json'));
      const content = new TextDecoder().decode(bytes);
      await window.showTextDocument(await workspace.openTextDocument({ language: OWN_LANGUAGE, content }));
    }),
    register(COMMANDS.restart, async () => {
      await client.stop();
      await client.start();
    }),
    register(COMMANDS.showOutput, () => channel.show()),
    register(IGNORE_RULE_COMMAND, async (rule, file) => {
      if (typeof rule !== 'string') return;
      const uri = typeof file === 'string' ? Uri.parse(file) : undefined;
      const target = settingsTarget(uri);
      await updateEntry('rules', rule, 'off', uri, target);
      const undo = l10n.t('Undo');
      // Not awaited: the message stays until the user is done with it.
      void window
        .showInformationMessage(l10n.t('The rule {0} is off in your settings (iamPolicy.rules).', `'${rule}'`), undo)
        .then((answer) => (answer === undo ? updateEntry('rules', rule, undefined, uri, target) : undefined));
    }),
    { dispose: () => client.dispose() },
  );

  await client.start();
  return {
    version: 1,
    describe,
    shownKind: status.shown,
    onDidShowKind: status.onDidShow,
  };
}

/** Exactly that: what other commands are handed, such as the place of a lens, is no wish. */
function isKindWish(value: unknown): value is { readonly kind: string | undefined } {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, ...rest } = value as { readonly kind?: unknown };
  return (kind === undefined || typeof kind === 'string') && Object.keys(rest).length === 0;
}

function clientOptions(outputChannel: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    jsonReportedBy: JSON_LANGUAGES,
    wantsDescriptions: true,
    readsFiles: true,
    commands: [IGNORE_RULE_COMMAND, CHOOSE_KIND_COMMAND, 'editor.action.triggerSuggest'],
  };
  return {
    documentSelector: [OWN_LANGUAGE, ...JSON_LANGUAGES].map((language) => ({ language })),
    initializationOptions,
    outputChannel,
    diagnosticPullOptions: { onChange: true, onFocus: true },
    middleware: problemsAtRest,
  };
}
