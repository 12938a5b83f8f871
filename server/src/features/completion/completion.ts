import { touches } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedFile } from '../../lint/analyze.ts';
import { fitOffers } from './fit.ts';
import { repair, tokenAt } from './half-typed.ts';
import { namesInFile } from './known.ts';
import { offerNames } from './names.ts';
import type { Completion, CompletionContext, CompletionList, WorkspaceNames } from './offer.ts';
import { placeAt } from './place.ts';
import { offerSkeletons } from './skeletons.ts';
import { offerValues, wantsMore } from './values.ts';

export type { Completion, CompletionKind, CompletionList, Offer, WorkspaceNames } from './offer.ts';

const LONG = 50_000;

/** What completion works with beside the file. */
export interface CompletionHelp {
  readonly catalogue: Catalogue;
  /** What stands in the workspace; without it, what stands in the file. */
  readonly known?: WorkspaceNames | undefined;
  /** Reads the file with another text in place of its own. */
  readonly reread: (text: string) => AnalyzedFile;
}

/** What may be written at an offset, on valid and on half-typed text; undefined where nothing is offered. */
export function complete(file: AnalyzedFile, offset: number, help: CompletionHelp): CompletionList | undefined {
  const { text } = file.tree;
  const first = placeAt(file.tree, offset);
  const token = tokenAt(file.tree, first, offset);
  // In a long text that holds no policy, what is half typed hides none.
  const mayHold = file.policies.length > 0 || text.length < LONG;
  const mended = mayHold ? repair(file.tree, first, token, offset) : undefined;
  const read = mended ? help.reread(mended.text) : file;
  const at = mended?.offset ?? offset;
  const place = mended ? placeAt(read.tree, at) : first;
  if (!place || (first && first.expects !== place.expects)) return offerSkeletons(file, offset, token);
  const policy = read.policies.find(({ view }) => touches(view.node.span, at));
  if (!policy) return offerSkeletons(file, offset, token);

  const { form, statements } = policy.view;
  const names = form === 'document' ? place.names : ['Statement', ...place.names];
  const statement = names[0] === 'Statement' ? place.objects[form === 'document' ? 1 : 0] : undefined;
  const context: CompletionContext = {
    place: { ...place, names },
    policy,
    statement,
    view: statements.find(({ node }) => node === statement),
    typed: token.typed,
    catalogue: help.catalogue,
    known: namesInFile(file, token.string?.value ?? token.typed, help.known),
  };
  const items =
    place.expects === 'name'
      ? offerNames(context)
      : offerValues(context).filter((item) => !isInBlank(item, context.typed));
  if (items.length === 0) return undefined;
  const sorted = items.toSorted((a, b) => a.rank - b.rank);
  const list = fitOffers(text, place, token, sorted);
  // In the middle of an escaped character no part of a string begins or ends; and editors replace no line breaks.
  const fitting = list.items.filter(
    ({ span = list.span }) => touches(span, offset) && !/[\r\n]/.test(text.slice(span.start, span.end)),
  );
  return fitting.length === 0 ? undefined : { ...list, items: fitting, incomplete: wantsMore(context) };
}

/** Whoever types what a blank stands for is past it, and would lose it to the blank: `system:serviceaccount:na`. */
function isInBlank({ label, text = label, placeholders = [], part }: Completion, typed: string): boolean {
  const blanks = placeholders.map((blank) => text.indexOf(blank)).filter((at) => at >= 0);
  if (blanks.length === 0) return false;
  const lead = text.slice(0, Math.min(...blanks));
  const own = typed.slice(part?.start ?? 0);
  return own.length > lead.length && own.startsWith(lead);
}
