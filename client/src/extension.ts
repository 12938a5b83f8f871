/** What both hosts share: the client of the language server, the status item and the commands. */
import {
  commands,
  type Disposable,
  type Event,
  type ExtensionContext,
  type LogOutputChannel,
  l10n,
  Uri,
  window,
} from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  DESCRIBE,
  DESCRIBED,
  type Description,
  IGNORE_RULE_COMMAND,
  type InitializationOptions,
  TREAT_AS,
  type TreatAsParams,
} from '../../server/src/protocol.ts';
import { chooseKind, chosenKind } from './kinds.ts';
import { pickKind } from './pick-kind.ts';
import { settingsTarget, updateEntry } from './settings.ts';
import { createKindStatus } from './status.ts';

/** What the extension offers to other extensions and to its own tests. */
export interface Api {
  readonly version: 1;
  /** What an open file holds; null when the server does not know the file. */
  readonly describe: (uri: Uri) => Promise<Description | null>;
  /** The text of the status bar item; undefined while it is hidden. */
  readonly shownKind: () => string | undefined;
  readonly onDidShowKind: Event<string | undefined>;
}

/** The languages we read. VS Code's own JSON support reports the syntax of the last two. */
const OWN_LANGUAGE = 'iam-policy';
const JSON_LANGUAGES = ['json', 'jsonc'];

const COMMANDS = {
  chooseKind: 'iamPolicy.chooseKind',
  fixAll: 'iamPolicy.fixAll',
  restart: 'iamPolicy.restartServer',
  showOutput: 'iamPolicy.showOutput',
} as const;

/** Creates a client that has not been started. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient | Promise<BaseLanguageClient>;

export async function startExtension(context: ExtensionContext, createClient: CreateClient): Promise<Api> {
  const channel = window.createOutputChannel('IAM Policy', { log: true });
  const status = createKindStatus(COMMANDS.chooseKind);
  const client = await createClient(clientOptions(channel));
  // Files without a name cannot be named in the settings: the server remembers them as long as they are open.
  const treatedAs = new Map<string, string>();

  client.onNotification(DESCRIBED, (description: Description) => status.update(description));

  const register = (command: string, run: (...args: readonly unknown[]) => unknown): Disposable =>
    commands.registerCommand(command, async (...args: readonly unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        channel.error(`${command}: ${message}`);
        await window.showErrorMessage(l10n.t('IAM Policy: {0}', message));
      }
    });

  context.subscriptions.push(
    channel,
    status,
    // A key binding or another extension may say the kind at once: { "kind": "trust" }, or {} to let the tool decide.
    register(COMMANDS.chooseKind, async (said) => {
      const editor = window.activeTextEditor;
      if (!editor) return;
      const { document } = editor;
      const uri = document.uri.toString();
      const description = await client.sendRequest<Description | null>(DESCRIBE, { uri });
      const chosen = document.isUntitled ? treatedAs.get(uri) : chosenKind(document);
      const wish = isKindWish(said) ? said : await pickKind(editor, description ?? undefined, chosen);
      if (!wish) return;
      if (!document.isUntitled) return chooseKind(document, wish.kind);
      if (wish.kind === undefined) treatedAs.delete(uri);
      else treatedAs.set(uri, wish.kind);
      const params: TreatAsParams = { uri, kind: wish.kind ?? null };
      return client.sendNotification(TREAT_AS, params);
    }),
    register(COMMANDS.fixAll, () =>
      commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.iam-policy', apply: 'first' }),
    ),
    register(COMMANDS.restart, async () => {
      status.clear();
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
    describe: (uri) => client.sendRequest<Description | null>(DESCRIBE, { uri: uri.toString() }),
    shownKind: status.shown,
    onDidShowKind: status.onDidShow,
  };
}

function isKindWish(value: unknown): value is { readonly kind: string | undefined } {
  if (typeof value !== 'object' || value === null) return false;
  const { kind } = value as { readonly kind?: unknown };
  return kind === undefined || typeof kind === 'string';
}

function clientOptions(outputChannel: LogOutputChannel): LanguageClientOptions {
  const initializationOptions: InitializationOptions = {
    jsonReportedBy: JSON_LANGUAGES,
    wantsDescriptions: true,
    commands: [IGNORE_RULE_COMMAND, 'editor.action.triggerSuggest'],
  };
  return {
    documentSelector: [OWN_LANGUAGE, ...JSON_LANGUAGES].map((language) => ({ language })),
    initializationOptions,
    outputChannel,
    diagnosticPullOptions: { onChange: true, onFocus: true },
  };
}
