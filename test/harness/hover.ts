import type { Hover } from '../../server/src/features/hover.ts';
import { parseKindSetting } from '../../server/src/lint/settings.ts';
import type { Case } from './cases.ts';
import { catalogue, service } from './data.ts';

/** A hover with the text that it highlights. */
export interface HoverAt {
  readonly hover: Hover | undefined;
  readonly highlighted: string;
}

/** Hovers over the character that follows the first `|` of a text; the options are those of a case, and
 * `accounts: 111122223333=Production`. */
export function hoverAt(textWithCursor: string, options: Case['options'] = {}): HoverAt {
  const offset = textWithCursor.indexOf('|');
  const text = textWithCursor.slice(0, offset) + textWithCursor.slice(offset + 1);
  const { kind: word, file = 'policy.json', accounts = '' } = options;
  const kind = word === undefined ? undefined : parseKindSetting(word);
  const analysis = service.analyze({ path: file, text, ...(kind && { kind }) });
  const [id = '', name = ''] = accounts.split('=');
  const hover = service.hover(analysis, offset, name === '' ? {} : { accounts: { [id]: name } });
  return { hover, highlighted: hover ? text.slice(hover.span.start, hover.span.end) : '' };
}

/** What a case expects: the highlighted text on a first line of its own, then the Markdown. */
export function renderHover({ hover, highlighted }: HoverAt): string {
  // New data has another date, and nothing else of it should matter here.
  return hover ? `${highlighted}\n\n${hover.markdown.replaceAll(catalogue.date, 'DATE')}\n` : '(nothing)\n';
}
