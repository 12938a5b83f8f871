import { type Completion, complete } from '../../server/src/features/completion/completion.ts';
import { parseKindSetting } from '../../server/src/lint/settings.ts';
import { catalogue, service } from './data.ts';

export interface Completed {
  readonly labels: readonly string[];
  readonly items: readonly Completion[];
  /** The text after accepting an item, as a client without snippets would write it. */
  readonly accept: (label: string) => string;
}

/** Completes at the `|` of a text; undefined when nothing is offered. */
export function completeAt(
  marked: string,
  options: { readonly path?: string; readonly kind?: string } = {},
): Completed | undefined {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const kind = options.kind === undefined ? undefined : parseKindSetting(options.kind);
  const file = service.analyze({ path: options.path ?? 'policy.json', text, ...(kind && { kind }) });
  const list = complete(file, offset, catalogue);
  if (!list) return undefined;
  const items = list.items.toSorted((a, b) => a.rank - b.rank);
  return {
    labels: items.map(({ label }) => label),
    items,
    accept: (label) => {
      const item = items.find((one) => one.label === label);
      if (!item) throw new Error(`'${label}' is not offered`);
      const word = list.inString ? label : JSON.stringify(label);
      return text.slice(0, list.span.start) + word + text.slice(list.span.end);
    },
  };
}
