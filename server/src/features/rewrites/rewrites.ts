import { overlaps, type Span } from '../../base/span.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedFile } from '../../lint/analyze.ts';
import { type ScopeProposal, scopeProposals, wideResources } from '../../policy/scope.ts';
import { createJsonWriter } from '../../syntax/json-writer.ts';
import { offerWrap } from './bare.ts';
import { offerCollapse } from './collapse.ts';
import { offerConditions } from './conditions.ts';
import { onKey, onOpening, type Place, type Rewrite, roomIn, type StatementPlace, staysInQuota } from './define.ts';
import { offerExpand } from './expand.ts';
import { offerExtractTrust } from './extract-trust.ts';
import { offerInvert } from './invert.ts';
import { offerLayout, offerStatementLayout } from './layout.ts';
import { offerListForm } from './list.ts';
import { offerMerge } from './merge.ts';
import { offerMinify } from './minify.ts';
import { offerSid } from './sid.ts';
import { offerSort } from './sort.ts';
import { offerSplit } from './split.ts';

/** A longer menu is not read. */
const MOST_OFFERS = 8;

/** In characters: a name, a condition. */
const MOST_ADDED = 500;

/** In characters; AWS takes no policy that comes near it. */
const MOST_TEXT = 500_000;

/**
 * Ways to rewrite what stands at a span where nothing is wrong, the most specific first, eight at most. What is offered
 * depends on what the span is on: an opening brace means the whole policy or statement, a list its values. What would lose
 * a comment is not offered.
 */
export function offerRewrites(file: AnalyzedFile, span: Span, catalogue: Catalogue): readonly Rewrite[] {
  const policy = file.policies.find(({ view }) => overlaps(view.node.span, span));
  if (!policy) return [];
  const { view } = policy;
  const { tree } = file;
  const write = createJsonWriter(tree);
  const place: Place = { tree, policy, view, span, catalogue, write };
  const statement = view.statements.find(({ node }) => overlaps(node.span, span));
  const offers = [
    ...(onOpening(view.node, span) ? offerWrap(place) : []),
    ...(statement ? inStatement({ ...place, statement }) : []),
    ...onPolicy(place),
  ];
  const commented = tree.dialect === 'jsonc' || tree.problems.some(({ code }) => code === 'comment');
  const kept = commented ? offers.filter(({ edits, newFile }) => write.keepsComments(edits, newFile?.text)) : offers;
  // What adds more than that looks for itself; edits are not made without need.
  const isTight = roomIn(place) < MOST_ADDED;
  const fitting = isTight ? kept.filter(({ edits }) => staysInQuota(place, edits)) : kept;
  return fitting.slice(0, MOST_OFFERS);
}

function inStatement(place: StatementPlace): readonly Rewrite[] {
  const { view, statement, catalogue, write, span } = place;
  const { node, sid, effect, actions, resources, principals, condition } = statement;
  const isOn = (blocks: readonly { readonly member: { readonly span: Span } }[]): boolean =>
    blocks.some(({ member }) => overlaps(member.span, span));
  if (onOpening(node, span) || (sid && overlaps(sid.span, span)) || onKey(effect, span)) {
    return [
      ...offerSplit(place),
      ...offerMerge(place),
      ...offerSid(place),
      ...offerStatementLayout(place),
      ...offerConditions(place, 'statement'),
    ];
  }
  if (isOn(actions)) {
    return [
      ...offerExpand(place),
      ...offerCollapse(place),
      ...offerInvert(place),
      ...offerSplit(place, 'service'),
      ...offerSort(place),
      ...offerListForm(place),
    ];
  }
  if (isOn(resources)) {
    const [first, ...more] = wideResources(statement, catalogue);
    const wide = more.find((one) => overlaps(one.node.span, span)) ?? first;
    const scoped = wide ? scopeProposals(view, statement, wide, catalogue, write).map(toRewrite) : [];
    return [...scoped, ...offerSplit(place, 'resource'), ...offerSort(place), ...offerListForm(place)];
  }
  if (isOn(principals)) return [...offerConditions(place, 'principal'), ...offerSort(place), ...offerListForm(place)];
  if (condition && overlaps(condition.span, span)) {
    return [...offerSort(place), ...offerListForm(place), ...offerConditions(place, 'condition')];
  }
  return [];
}

/** What a proposal works out is worked out when it is looked at. */
function toRewrite(proposal: ScopeProposal): Rewrite {
  const { title, effect } = proposal;
  return {
    title,
    effect,
    kind: 'rewrite',
    get edits() {
      return proposal.edits;
    },
    get placeholders() {
      return proposal.placeholders;
    },
  };
}

function onPolicy(place: Place): readonly Rewrite[] {
  const { view, span } = place;
  if (view.node.span.end - view.node.span.start > MOST_TEXT) return [];
  const brace = onOpening(view.node, span);
  if (!brace && !view.elements.some((element) => onKey(element, span))) return [];
  return [
    ...offerExtractTrust(place),
    ...offerLayout(place),
    ...offerListForm(place),
    ...(brace ? offerMinify(place) : []),
  ];
}
