import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem as LspItem,
  type CompletionList as LspList,
} from 'vscode-languageserver';
import type { Analysis, Completion, CompletionKind, CompletionList } from '../service.ts';
import type { Client } from './client.ts';
import { printSnippet, toRange } from './convert.ts';

/** Opens the list again after an item was accepted: VS Code's own command. */
const SUGGEST_COMMAND = 'editor.action.triggerSuggest';

const KINDS: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  element: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  service: CompletionItemKind.Module,
  action: CompletionItemKind.Function,
  resource: CompletionItemKind.Reference,
  operator: CompletionItemKind.Operator,
  key: CompletionItemKind.Field,
  principal: CompletionItemKind.Class,
};

export function toCompletionList(analysis: Analysis, list: CompletionList, client: Client): LspList {
  return { isIncomplete: false, items: list.items.map((item) => toItem(analysis, list, item, client)) };
}

function toItem(analysis: Analysis, list: CompletionList, item: Completion, client: Client): LspItem {
  const { text } = analysis.input;
  const named = item.body !== undefined && !list.hasColon && client.completion.snippets;
  const closed = list.inString && text[list.span.end] === '"';
  // A name brings its colon and value along, so the closing quotation mark is written anew.
  const span = named && closed ? { start: list.span.start, end: list.span.end + 1 } : list.span;
  const open = list.inString ? '' : '"';
  const close = !list.inString || named ? '"' : '';
  const tail = named ? `: ${shiftStops(item.body, item.placeholders?.length ?? 0)}${commaAfter(text, span.end)}` : '';
  const words = item.placeholders ?? [];
  const snippet = client.completion.snippets && (named || words.length > 0);
  const newText = snippet ? `${open}${printSnippet(item.label, words)}${close}${tail}` : `${open}${item.label}${close}`;
  const again = (item.goesOn || named) && client.commands.has(SUGGEST_COMMAND);
  return {
    label: item.label,
    kind: KINDS[item.kind],
    sortText: String(item.rank).padStart(4, '0') + item.label.toLowerCase(),
    // What is typed is compared with what is replaced, which holds the quotation mark where there is none yet.
    filterText: open + item.label,
    textEdit: { range: toRange(analysis, span), newText },
    ...(snippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(item.detail !== undefined && { detail: item.detail }),
    ...(item.documentation !== undefined && {
      documentation: { kind: client.completion.documentation, value: item.documentation },
    }),
    ...(again && { command: { title: 'Suggest', command: SUGGEST_COMMAND } }),
  };
}

/** The stops of the name come before those of what follows it. */
function shiftStops(body: string, by: number): string {
  return by === 0 ? body : body.replace(/\$(\d)/g, (_, stop: string) => `$${Number(stop) + by}`);
}

/** A member that is followed by another needs a comma in between. */
function commaAfter(text: string, offset: number): string {
  return /^\s*"/.test(text.slice(offset, offset + 400)) ? ',' : '';
}
