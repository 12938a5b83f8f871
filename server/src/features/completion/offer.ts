/** What completion offers, and what the offers are made from. */
import type { Span } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedPolicy } from '../../lint/analyze.ts';
import type { Statement } from '../../policy/model.ts';
import type { ObjectNode } from '../../syntax/tree.ts';
import type { Place } from './place.ts';

export type CompletionKind =
  | 'element'
  | 'value'
  // A value where others are as good: what is typed must not be taken for it.
  | 'example'
  | 'service'
  | 'action'
  | 'resource'
  | 'operator'
  | 'key'
  | 'principal'
  | 'template';

/** One thing to insert, whatever stands around it. */
export interface Completion {
  /** What the list shows; also the text of the string, without quotation marks, unless `text` says otherwise. */
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label. */
  readonly detail?: string;
  /** Markdown; made when it is asked for where that costs something. */
  readonly documentation?: string | (() => string);
  /** Smaller comes first; of equals, the one that was offered first. */
  readonly rank: number;
  /** The text of the string, where the label is not. */
  readonly text?: string;
  /** What is typed is compared with this, where the label would not do. */
  readonly filter?: string;
  /** What follows the name of a member, as a snippet: `[$1]`, `{ $1 }`, `"$1"`. */
  readonly body?: string;
  /** The whole value, quotation marks and brackets included, as a snippet; instead of a text. */
  readonly value?: string;
  /** Whole members of an object, as a snippet with a line for each; instead of a text. */
  readonly members?: readonly string[];
  /** More is to be typed in the same string, as after a service prefix. */
  readonly goesOn?: boolean;
  /** Parts of the text that the user must fill in. */
  readonly placeholders?: readonly string[];
  /** For such a part, what to choose from. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** The part of the decoded string that is replaced, where it is not all of it: a segment of an ARN. */
  readonly part?: Span;
}

/** A completion fitted to the place at which it is offered. */
export interface Offer extends Completion {
  /** What is typed is compared with it; it begins where the replaced span does. */
  readonly filter: string;
  /** What is written, for a client without snippets. */
  readonly newText: string;
  /** The same with stops to fill in, where there are any. */
  readonly snippet?: string;
  /** What is replaced, where it is not the list's span. */
  readonly span?: Span;
  /** The list is wanted again once this is accepted. */
  readonly again: boolean;
}

export interface CompletionList {
  /** What an accepted item replaces. It lies on one line and holds the cursor. */
  readonly span: Span;
  /** Best first. */
  readonly items: readonly Offer[];
  /** More could be offered after the next key, so that it is worth asking again. */
  readonly incomplete: boolean;
  /** Offsets outside the span at which a comma is missing. */
  readonly commas: readonly number[];
  /** Keys that accept the chosen item. */
  readonly commitCharacters: readonly string[];
}

/** What stands in the workspace, best known first. */
export interface WorkspaceNames {
  /** Account ids of twelve digits. */
  readonly accounts: readonly string[];
  readonly arns: readonly string[];
  /** Names of accounts, by id. */
  readonly accountNames: Readonly<Record<string, string>>;
}

/** What the offers are made from. */
export interface CompletionContext {
  readonly place: Place;
  readonly policy: AnalyzedPolicy;
  /** The object of the statement, and its view. */
  readonly statement: ObjectNode | undefined;
  readonly view: Statement | undefined;
  /** The text of the string up to the cursor. */
  readonly typed: string;
  readonly catalogue: Catalogue;
  readonly known: WorkspaceNames;
}

/** Labels as offers of one kind, in this order. */
export function listOf(kind: CompletionKind, labels: readonly string[], rank = 0): readonly Completion[] {
  return labels.map((label, index) => ({ label, kind, rank: rank + index }));
}

/** The texts of the other strings in the list in which the cursor stands. */
export function siblingTexts({ place }: CompletionContext): readonly string[] {
  return place.siblings.flatMap((node) => (node.type === 'string' && node !== place.string ? [node.value] : []));
}

/** The words of a text that the user fills in, each once: `<account-id>`. */
export function blanksIn(text: string): readonly string[] {
  return [...new Set(text.match(/<[^<>]+>/g))];
}
