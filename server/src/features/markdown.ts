/** Markdown whose parts may come from a document: such text is never markup. */

import { quote } from '../base/quote.ts';

/** Longer texts from a document are cut. */
const MOST = 300;

/** Document text as plain words: whatever could be markup or become a link is escaped, line breaks become blanks. */
export function escapeMarkdown(text: string): string {
  return onOneLine(text)
    .replace(/[\\`*_[\]<>|~&$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\b(www)\./gi, '$1\\.')
    .replace(/^[#+=-]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Document text as inline code, whatever backticks it holds. */
export function code(text: string): string {
  const plain = onOneLine(text);
  const longest = Math.max(0, ...Array.from(plain.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = plain === '' || /^[` ]|[` ]$/.test(plain) ? ` ${plain} ` : plain;
  return `${fence}${padded}${fence}`;
}

function onOneLine(text: string): string {
  return quote(text.slice(0, 10 * MOST).replace(/\s+/g, ' '), MOST);
}

/** One fact of a box: a label, and Markdown that is already safe. */
export type Fact = readonly [label: string, markdown: string];

export interface Box {
  /** What it is: "Action". */
  readonly title: string;
  /** The user's own text, shown as code. */
  readonly value?: string;
  /** Paragraphs of Markdown that is already safe; empty ones are left out. */
  readonly text: readonly string[];
  readonly facts?: readonly Fact[];
  /** An AWS documentation page. */
  readonly link?: string;
}

/** The one shape of all hovers: a heading, a sentence or two, facts as a list, a link. */
export function renderBox({ title, value, text, facts = [], link }: Box): string {
  const heading = value === undefined ? `**${title}**` : `**${title}** ${code(value)}`;
  const list = facts.filter(([, fact]) => fact !== '').map(([label, fact]) => `- ${label}: ${fact}`);
  return [heading, ...text, list.join('\n'), link ? `[AWS documentation](${link})` : '']
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The same words for a client that shows plain text. Reads the Markdown that this file writes, not any Markdown. */
export function plainText(markdown: string): string {
  return markdown.replace(
    MARKUP,
    (_all, escaped?: string, _fence?: string, inside?: string, label?: string, url?: string) => {
      if (escaped !== undefined) return escaped;
      // What begins or ends with a blank or a backtick was set apart from its fence by blanks.
      if (inside !== undefined) return inside.startsWith(' ') ? inside.slice(1, -1) : inside;
      return label === undefined ? '' : `${label}: ${url}`;
    },
  );
}

/** An escaped character, inline code with its fence, a link, or the marks of bold words. */
const MARKUP = /\\([^A-Za-z0-9\s])|(?<!`)(`+)(?!`)(.*?[^`])\2(?!`)|\[([^[\]\\]*)\]\((https:[^)\s]*)\)|\*\*/g;
