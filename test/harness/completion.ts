import { applyEdits } from '../../server/src/base/text-edit.ts';
import type { CompletionList, Offer, WorkspaceNames } from '../../server/src/features/completion/completion.ts';
import { parseKindSetting } from '../../server/src/lint/settings.ts';
import { service } from './data.ts';

export interface Completed {
  readonly list: CompletionList;
  readonly labels: readonly string[];
  readonly items: readonly Offer[];
  /** The text after accepting an item, as a client without snippets would write it. */
  readonly accept: (label: string) => string;
  /** The same with the stops of its snippet. */
  readonly acceptSnippet: (label: string) => string;
}

export interface CompleteOptions {
  readonly path?: string;
  readonly language?: string;
  readonly kind?: string;
  readonly known?: WorkspaceNames;
}

/** Completes at the `|` of a text; undefined when nothing is offered. */
export function completeAt(marked: string, options: CompleteOptions = {}): Completed | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const kind = options.kind === undefined ? undefined : parseKindSetting(options.kind);
  const { path = 'policy.json', language: languageId } = options;
  const file = service.analyze({ path, text, ...(kind && { kind }), ...(languageId && { languageId }) });
  const list = service.complete(file, offset, options.known);
  if (!list) return undefined;
  const { items } = list;
  const write = (label: string, textOf: (item: Offer) => string): string => {
    const item = items.find((one) => one.label === label);
    if (!item) throw new Error(`'${label}' is not offered`);
    const edit = { span: item.span ?? list.span, newText: textOf(item) };
    const commas = list.commas.map((at) => ({ span: { start: at, end: at }, newText: ',' }));
    return applyEdits(text, [...commas, edit]);
  };
  return {
    list,
    labels: items.map(({ label }) => label),
    items,
    accept: (label) => write(label, ({ newText }) => newText),
    acceptSnippet: (label) => write(label, ({ newText, snippet }) => snippet ?? newText),
  };
}

/** A statement around what is between its braces. */
export const statement = (inner: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inner}}]}`;

export const labels = (marked: string, options?: CompleteOptions) => completeAt(marked, options)?.labels ?? [];

/** The beginning of the list. */
export const first = (count: number, marked: string, options?: CompleteOptions) =>
  labels(marked, options).slice(0, count);

export const detailOf = (label: string, marked: string, options?: CompleteOptions) =>
  completeAt(marked, options)?.items.find((one) => one.label === label)?.detail;
