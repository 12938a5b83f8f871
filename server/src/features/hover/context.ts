import type { Span } from '../../base/span.ts';
import { sayNumber } from '../../base/words.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedPolicy } from '../../lint/analyze.ts';
import type { Statement } from '../../policy/model.ts';
import { code, escapeMarkdown } from '../markdown.ts';

/** What is shown about a place in a text. */
export interface Hover {
  /** What it is about: the editor highlights it. */
  readonly span: Span;
  /** Safe Markdown without links to commands. */
  readonly markdown: string;
}

/** What a hover may know of the user's own settings. */
export interface HoverOptions {
  /** Names of accounts by their id of twelve digits. */
  readonly accounts?: Readonly<Record<string, string>>;
}

/** Where the cursor is and what may be asked. */
export interface HoverContext extends AnalyzedPolicy {
  readonly catalogue: Catalogue;
  readonly accounts: Readonly<Record<string, string>>;
}

export interface StatementContext extends HoverContext {
  readonly statement: Statement;
}

/** True when the character at `offset` belongs to the span. */
export function isOn(span: Span, offset: number): boolean {
  return span.start <= offset && offset < span.end;
}

/** A sentence with text of the document in it, as safe Markdown; accounts are followed by the names they have. */
export function prose(text: string, { accounts }: Pick<HoverContext, 'accounts'>): string {
  return escapeMarkdown(
    text.replace(/(?<!\d)\d{12}(?!\d)/g, (id) => (Object.hasOwn(accounts, id) ? `${id} (${accounts[id]})` : id)),
  );
}

/** An account id, and the name that the user gave it. */
export function sayAccount(id: string, { accounts }: Pick<HoverContext, 'accounts'>): string {
  const name = Object.hasOwn(accounts, id) ? accounts[id] : undefined;
  return name ? `${code(id)} (${escapeMarkdown(name)})` : code(id);
}

/** The first few as code. */
export function listCodes(texts: readonly string[], most: number): string {
  // One more is as short as saying so.
  const shown = texts.slice(0, texts.length === most + 1 ? texts.length : most).map(code);
  const more = texts.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${sayNumber(more)} more` : '');
}
