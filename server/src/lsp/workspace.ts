/** Across the files of the workspace: symbols, definitions, references and rename. */
import type {
  Connection,
  PrepareRenameParams,
  Range,
  RenameParams,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { unlinked } from '../base/quote.ts';
import { sayNumber } from '../base/words.ts';
import { toOffset, toRange, toTextEdit } from './convert.ts';
import { LSPErrorCodes, MessageType, ResponseError, ShowMessageNotification } from './library.ts';
import { toSymbolKind } from './navigation.ts';
import { fileOf, type Part } from './part.ts';
import { MOST_FILES } from './workspace-files.ts';

export const workspace: Part = {
  capabilities: ({ preparesRename }) => ({
    workspaceSymbolProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: preparesRename ? { prepareProvider: true } : true,
  }),
  serve(host) {
    const { connection, service, guard, client, workspace } = host;
    host.onSettingsChanged(() => workspace.forget());

    connection.onWorkspaceSymbol(
      guard('Symbols of the workspace', [], async ({ query }, token) =>
        (await workspace.ready(token)).symbols(query).map(
          ({ kind, name, container, uri, range }): SymbolInformation => ({
            name,
            kind: toSymbolKind(kind),
            location: { uri, range },
            containerName: container,
          }),
        ),
      ),
    );

    connection.onDefinition(
      guard('Going to a definition', null, async (params, token) => {
        const file = await fileOf(host, params);
        if (!file || file.analysis.policies.length === 0) return null;
        const index = await workspace.ready(token);
        return [...index.definitions(file.uri, file.analysis, toOffset(file.analysis, params.position))];
      }),
    );

    connection.onReferences(
      guard('Finding references', null, async (params, token) => {
        const file = await fileOf(host, params);
        if (!file || file.analysis.policies.length === 0) return null;
        const index = await workspace.ready(token);
        return [...index.references(file.analysis, toOffset(file.analysis, params.position))];
      }),
    );

    connection.onPrepareRename(
      guard<PrepareRenameParams, { range: Range; placeholder: string } | null>('Renaming', null, async (params) => {
        const file = await fileOf(host, params);
        const renaming = file && service.prepareRename(file.analysis, toOffset(file.analysis, params.position));
        if (!file || !renaming) return null;
        if (!renaming.ok) throw refusal(renaming.why);
        const { span, text } = renaming.mention;
        return { range: toRange(file.analysis, span), placeholder: text };
      }),
    );

    connection.onRenameRequest(
      guard<RenameParams, WorkspaceEdit | null>('Renaming', null, async (params, token) => {
        const file = await fileOf(host, params);
        const renaming = file && service.prepareRename(file.analysis, toOffset(file.analysis, params.position));
        if (!file || !renaming) return null;
        if (!renaming.ok) throw refusal(renaming.why);
        const { mention } = renaming;
        const why = service.refuseName(file.analysis, mention, params.newName);
        if (why !== undefined) throw refusal(why);
        const everywhere = mention.kind === 'sid' ? [] : (await workspace.ready(token)).filesThatName(mention);
        const changes: { uri: string; version: number | null; edits: ReturnType<typeof toTextEdit>[] }[] = [];
        for (const uri of new Set([file.uri, ...everywhere])) {
          // The index may be a moment behind; what is edited is read again.
          const { analysis, version } = (uri === file.uri ? file : await workspace.read(uri)) ?? {};
          if (!analysis || version === undefined) continue;
          const edits = service.renameIn(analysis, mention, params.newName).map((edit) => toTextEdit(analysis, edit));
          if (edits.length > 0) changes.push({ uri, version, edits });
        }
        if (mention.kind !== 'sid' && workspace.isPartial()) tellPartial(connection);
        if (!client().edits.documentChanges) {
          return { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
        }
        return {
          documentChanges: changes.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })),
        };
      }),
    );
  },
};

/** A rename that is silent about files it has not seen would pass for a whole one. */
function tellPartial(connection: Connection): void {
  const message =
    `IAM Policy looks at ${sayNumber(MOST_FILES)} JSON files and 50 MB of policies at most, and here is more: ` +
    'search the rest for the old name.';
  connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
}

/** What the user is told. */
function refusal(why: string): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestFailed, unlinked(why));
}
