import { touches } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedFile } from '../../lint/analyze.ts';
import { decodedIndex, spanInString } from '../../syntax/tree.ts';
import { offerNames } from './names.ts';
import type { CompletionList } from './offer.ts';
import { placeAt } from './place.ts';
import { offerValues } from './values.ts';

export type { Completion, CompletionKind, CompletionList } from './offer.ts';

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
