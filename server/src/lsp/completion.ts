import type { CompletionItem, CompletionList, MarkupContent } from 'vscode-languageserver';
import { visible } from '../base/quote.ts';
import {
  type Analysis,
  type CompletionKind,
  type Offer,
  type CompletionList as Offers,
  plainText,
  type WorkspaceNames,
} from '../service.ts';
import type { Client } from './client.ts';
import { toOffset, toRange } from './convert.ts';
import type { ReadFile } from './files.ts';
import { CompletionItemKind, InsertTextFormat, InsertTextMode, MarkupKind } from './library.ts';
import { fileOf, type Host, type Part } from './part.ts';

/** Opens the list again after an item was accepted: VS Code's own command. */
const SUGGEST_COMMAND = 'editor.action.triggerSuggest';

/** Documentation is sent along, where it cannot be asked for, with lists that are no longer than this. */
const MOST_DOCUMENTED = 200;

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  example: CompletionItemKind.Value,
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Function,
  resource: CompletionItemKind.Reference,
  operator: CompletionItemKind.Operator,
  key: CompletionItemKind.Field,
  principal: CompletionItemKind.Class,
  template: CompletionItemKind.Snippet,
};

/** A longer text beside the label would cover it. */
const MOST_BESIDE = 45;

/** Names an item of the list that was sent last. */
type ItemData = readonly [list: number, index: number];

export const completion: Part = {
  capabilities: (client) => ({
    completionProvider: {
      triggerCharacters: ['"', ':'],
      resolveProvider: client.completion.resolvesDocumentation,
      ...(client.completion.labelDetails && { completionItem: { labelDetailsSupport: true } }),
    },
  }),
  serve(host) {
    const { connection, service, guard, client } = host;
    // An editor asks for the documentation of what it shows, which is the last list.
    let last: { readonly serial: number; readonly items: readonly Offer[] } = { serial: 0, items: [] };

    connection.onCompletion(
      guard('Completion', null, async (params) => {
        const file = await fileOf(host, params);
        const offset = file && toOffset(file.analysis, params.position);
        const list = file && offset !== undefined && service.complete(file.analysis, offset, namesOf(file, host));
        if (!file || !list) return null;
        last = { serial: last.serial + 1, items: list.items };
        return toCompletionList(file.analysis, list, client(), last.serial);
      }),
    );

    connection.onCompletionResolve((item, token) =>
      guard<CompletionItem, CompletionItem>('Completing an item', item, () => {
        const [serial, index] = Array.isArray(item.data) ? (item.data as unknown as ItemData) : [];
        const offer = serial === last.serial && index !== undefined ? last.items[index] : undefined;
        const documentation = offer && documentationOf(offer, client());
        return documentation ? { ...item, documentation } : item;
      })(item, token),
    );
  },
};

/** What is known beyond the file itself. */
function namesOf({ settings, analysis }: ReadFile, { workspace }: Host): WorkspaceNames {
  const names = analysis.policies.length > 0 ? workspace.now().names() : { accounts: [], arns: [] };
  return { ...names, accountNames: settings.accounts };
}

function toCompletionList(analysis: Analysis, list: Offers, client: Client, serial: number): CompletionList {
  const support = client.completion;
  const shared = support.defaults.has('editRange');
  const commit = support.commitCharacters && list.commitCharacters.length > 0 ? [...list.commitCharacters] : undefined;
  const sharesCommit = commit !== undefined && support.defaults.has('commitCharacters');
  const range = toRange(analysis, list.span);
  const commas = list.commas.map((offset) => ({
    range: toRange(analysis, { start: offset, end: offset }),
    newText: ',',
  }));
  const itemDefaults: CompletionList['itemDefaults'] = {
    ...(shared && { editRange: range }),
    ...(sharesCommit && { commitCharacters: commit }),
  };
  const eager = !support.resolvesDocumentation && list.items.length <= MOST_DOCUMENTED;
  const digits = list.items.length.toString(36).length;
  return {
    isIncomplete: list.incomplete,
    ...((shared || sharesCommit) && { itemDefaults }),
    items: list.items.map((offer, index): CompletionItem => {
      const snippet = support.snippets ? offer.snippet : undefined;
      const text = snippet ?? offer.newText;
      const own = offer.span && toRange(analysis, offer.span);
      const label = visible(offer.label);
      const detail = offer.detail === undefined ? undefined : visible(offer.detail);
      const documentation = eager ? documentationOf(offer, client) : undefined;
      return {
        label,
        kind: KINDS[offer.kind],
        sortText: `!${index.toString(36).padStart(digits, '0')}`,
        ...(offer.filter !== label && { filterText: offer.filter }),
        ...(!shared || own
          ? { textEdit: { range: own ?? range, newText: text } }
          : text !== label && { textEditText: text }),
        ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
        ...(text.includes('\n') && support.adjustsIndentation && { insertTextMode: InsertTextMode.adjustIndentation }),
        ...(detail !== undefined &&
          (support.labelDetails && detail.length <= MOST_BESIDE
            ? { labelDetails: { description: detail } }
            : { detail })),
        ...(documentation && { documentation }),
        ...(commit && !sharesCommit && { commitCharacters: commit }),
        ...(commas.length > 0 && { additionalTextEdits: commas }),
        ...(offer.again &&
          client.commands.has(SUGGEST_COMMAND) && { command: { title: 'Suggest', command: SUGGEST_COMMAND } }),
        ...(support.resolvesDocumentation && offer.documentation !== undefined && { data: [serial, index] }),
      };
    }),
  };
}

function documentationOf(
  { documentation }: Offer,
  { completion: { documentation: kind } }: Client,
): MarkupContent | undefined {
  const value = typeof documentation === 'function' ? documentation() : documentation;
  if (!value) return undefined;
  return { kind, value: kind === MarkupKind.Markdown ? value : plainText(value) };
}
