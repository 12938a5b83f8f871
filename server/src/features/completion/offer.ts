/** What completion offers, and what the offers are made from. */
import type { Span } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedPolicy } from '../../lint/analyze.ts';
import type { ObjectNode } from '../../syntax/tree.ts';
import type { Place } from './place.ts';

export type CompletionKind = 'element' | 'value' | 'service' | 'action' | 'resource' | 'operator' | 'key' | 'principal';

/** One thing to insert. */
export interface Completion {
  /** The text of the string, without quotation marks. */
  readonly label: string;
  readonly kind: CompletionKind;
  /** Beside the label. */
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** Smaller comes first. */
  readonly rank: number;
  /** What follows the name of a member, as a snippet: `[$1]`, `{ $1 }`, `"$1"`. */
  readonly body?: string;
  /** More is to be typed in the same string, as after a service prefix. */
  readonly goesOn?: boolean;
  /** Parts of the label that the user must fill in. */
  readonly placeholders?: readonly string[];
}

export interface CompletionList {
  /** What an accepted item replaces. */
  readonly span: Span;
  /** The span lies inside quotation marks; otherwise they must be written too. */
  readonly inString: boolean;
  /** A colon follows already, so only the name is wanted. */
  readonly hasColon: boolean;
  readonly items: readonly Completion[];
}

/** What the offers are made from. */
export interface CompletionContext {
  readonly place: Place;
  readonly policy: AnalyzedPolicy;
  readonly statement: ObjectNode | undefined;
  /** The text of the string up to the cursor. */
  readonly typed: string;
  readonly catalogue: Catalogue;
}

/** Labels as offers of one kind, in this order. */
export function listOf(kind: CompletionKind, labels: readonly string[], rank = 0): readonly Completion[] {
  return labels.map((label, index) => ({ label, kind, rank: rank + index }));
}
