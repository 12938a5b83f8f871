import { overlaps } from '../../base/span.ts';
import type { Statement } from '../../policy/model.ts';
import type { Member } from '../../syntax/tree.ts';
import { isWhole, onKey, type Place, type Rewrite, rewrite, type StatementPlace } from './define.ts';

/** Writes what may be one or many as a list, or a list of one as a single value. */
export function offerListForm(place: Place | StatementPlace): readonly Rewrite[] {
  const { view, span, write, tree } = place;
  const members =
    'statement' in place
      ? membersOf(place.statement).filter((member) => overlaps(member.span, span))
      : [view.statementElement].filter((member) => member !== undefined && onKey(member, span));
  const offers: Rewrite[] = [];
  for (const member of members) {
    const value = member?.value;
    if (!member || !value || !isWhole(tree, value.span)) continue;
    const name = member.key.value;
    if (value.type !== 'array') {
      if (value.type === 'null' || (value.type === 'object' && member !== view.statementElement)) continue;
      offers.push(rewrite(`Write ${name} as a list`, 'equivalent', () => write.wrap(value, (inner) => [inner])));
      continue;
    }
    const [only, ...more] = value.items;
    if (!only || more.length > 0) continue;
    const title = `Write ${name} without the list`;
    offers.push(rewrite(title, 'equivalent', () => write.unwrap(value, only)));
  }
  return offers;
}

/** The elements and keys that hold one value or many. */
function membersOf({ actions, resources, principals, condition }: Statement): readonly Member[] {
  const members = [...actions, ...resources].map(({ member }) => member);
  for (const { member } of principals) if (member.value?.type === 'object') members.push(...member.value.members);
  for (const operator of condition?.value?.type === 'object' ? condition.value.members : []) {
    if (operator.value?.type === 'object') members.push(...operator.value.members);
  }
  return members;
}
