import { type Span, touches } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedFile, AnalyzedPolicy } from '../../lint/analyze.ts';
import { decodedIndex, type ObjectNode, spanInString } from '../../syntax/tree.ts';
import { offerNames } from './names.ts';
import { type Place, placeAt } from './place.ts';
import { offerValues } from './values.ts';

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

/** What may be written at an offset, on valid and on half-typed text; undefined outside policies. */
export function complete(file: AnalyzedFile, offset: number, catalogue: Catalogue): CompletionList | undefined {
  const policy = file.policies.find(({ view }) => touches(view.node.span, offset));
  const place = policy && placeAt(file.tree, offset);
  if (!policy || !place) return undefined;
  const { string } = place;
  const typed = string ? string.value.slice(0, decodedIndex(string, offset)) : '';
  const names = policy.view.form === 'document' ? place.names : ['Statement', ...place.names];
  const statement = names[0] === 'Statement' ? place.objects[policy.view.form === 'document' ? 1 : 0] : undefined;
  const context = { place: { ...place, names }, policy, statement, typed, catalogue };
  const items = place.expects === 'name' ? offerNames(context) : offerValues(context);
  if (items.length === 0) return undefined;
  const closed = string !== undefined && string.span.end > string.inner.end;
  return {
    span: string ? (closed ? string.inner : spanInString(string, 0, typed.length)) : { start: offset, end: offset },
    inString: string !== undefined,
    hasColon: string !== undefined && /^"?\s*:/.test(file.tree.text.slice(string.inner.end, string.inner.end + 40)),
    items,
  };
}
