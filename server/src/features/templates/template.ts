/**
 * What a template is, and the two things that can be made of one: a value with the words of a person filled in, and a
 * snippet. Blanks stand in its texts as `{bucket}`; `${aws:username}` is a policy variable and stays.
 */
import { escapeSnippet } from '../../base/snippet.ts';
import type { KindSetting } from '../../lint/settings.ts';
import type { WritableValue } from '../../syntax/json-writer.ts';
import { type BlankName, wordOf } from './blanks.ts';

export type StatementValue = Readonly<Record<string, WritableValue>>;

/** Statements for one purpose, ready but for their blanks. They may stand alone as a policy or join others. */
export interface Template {
  /** Never changes: answers and tests name it. */
  readonly id: string;
  readonly title: string;
  /** One line. */
  readonly detail: string;
  /** The kinds of policy it may stand in; the first one is the one it is made for. */
  readonly kinds: readonly [KindSetting, ...KindSetting[]];
  readonly statements: readonly [StatementValue, ...StatementValue[]];
  /** Denies of one group chosen together become one: what meets any of them is let through. */
  readonly group?: 'network';
}

/** Makes templates for some kinds of policy, the first of which they are made for. */
export function templatesFor(...kinds: Template['kinds']) {
  return (
    id: string,
    title: string,
    detail: string,
    ...statements: readonly [StatementValue, ...StatementValue[]]
  ): Template => ({ id, title, detail, kinds, statements });
}

/** What a person wrote for each blank; several where the blank may be filled in more than once. */
export type Words = Readonly<Partial<Record<BlankName, readonly string[]>>>;

/** No policy comes near it; more than this is not what a person meant. */
const MOST_ENTRIES = 200;
const BLANK = /(?<!\$)\{(\w+)\}/g;

/** A whole policy around some statements. */
export function policyOf(statements: readonly StatementValue[]): WritableValue {
  return { Version: '2012-10-17', Statement: statements };
}

/** The blanks of a value, in the order in which they stand there. */
export function blanksIn(value: WritableValue): readonly BlankName[] {
  const names = [...JSON.stringify(value).matchAll(BLANK)].map((match) => match[1] as BlankName);
  return [...new Set(names)];
}

/** A value with its blanks filled in; those without words get the word that stands in examples. */
export function fillIn<Value extends WritableValue>(value: Value, words: Words): Value;
export function fillIn(value: WritableValue, words: Words): WritableValue {
  if (typeof value === 'string') {
    const texts = fillText(value, words);
    return texts.length === 1 ? (texts[0] ?? '') : texts;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    return value.flatMap<WritableValue>((item) =>
      typeof item === 'string' ? fillText(item, words) : [fillIn(item, words)],
    );
  }
  const members = Object.entries(value).map(([name, inner]) => [
    fillText(name, words)[0] ?? name,
    inner === undefined ? undefined : fillIn(inner, words),
  ]);
  return Object.fromEntries(members) as { readonly [name: string]: WritableValue | undefined };
}

function isList(value: object): value is readonly WritableValue[] {
  return Array.isArray(value);
}

/** A text for each of the words that its blanks are filled in with, and for each pair of them. */
function fillText(text: string, words: Words): readonly string[] {
  let texts: readonly string[] = [text];
  for (const name of blanksIn(text)) {
    const given = words[name] ?? [];
    const fills = given.length > 0 ? given : [wordOf(name)];
    texts = texts.flatMap((one) => fills.map((word) => one.replaceAll(`{${name}}`, () => word))).slice(0, MOST_ENTRIES);
  }
  return texts;
}

/** The text of a value as a snippet in the syntax of LSP, a tab for each level; the same blank is the same stop. */
export function snippetOf(value: WritableValue): string {
  const names = blanksIn(value);
  const text = JSON.stringify(value, null, '\t');
  let snippet = '';
  let at = 0;
  for (const match of text.matchAll(BLANK)) {
    const name = match[1] as BlankName;
    snippet += `${escapeSnippet(text.slice(at, match.index))}\${${names.indexOf(name) + 1}:${escapeSnippet(wordOf(name))}}`;
    at = match.index + match[0].length;
  }
  return snippet + escapeSnippet(text.slice(at));
}
