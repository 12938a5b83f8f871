import { overlaps } from '../../base/span.ts';
import type { Statement } from '../../policy/model.ts';
import type { Placed } from '../../syntax/json-arrange.ts';
import type { WritableValue } from '../../syntax/json-writer.ts';
import type { ArrayNode, Member } from '../../syntax/tree.ts';
import { count, isWhole, type Rewrite, rewrite, type StatementPlace } from './define.ts';

const MOST_ITEMS = 5_000;

/** A list whose order says nothing, with what one of its values is called. */
interface List {
  readonly member: Member;
  readonly noun: string;
  readonly ignoreCase: boolean;
}

/** Sorts the list at the span and takes out what stands in it twice. */
export function offerSort({ statement, span, write, tree }: StatementPlace): readonly Rewrite[] {
  const offers: Rewrite[] = [];
  for (const { member, noun, ignoreCase } of listsOf(statement)) {
    const { value } = member;
    if (value?.type !== 'array' || !overlaps(member.span, span) || !isWhole(tree, value.span)) continue;
    const plan = sortItems(value, ignoreCase);
    if (!plan) continue;
    const twice = plan.filter(({ gone }) => gone).length;
    const left = value.items.length - twice;
    const sorted = plan.every(({ child }, index) => child === index);
    const sort = `Sort the ${count(left, noun)}`;
    const remove = twice === 1 ? 'the one that stands twice' : `the ${twice} that repeat others`;
    const title = sorted ? `Remove ${remove} among the ${noun}s` : twice > 0 ? `${sort} and remove ${remove}` : sort;
    offers.push(rewrite(title, 'equivalent', () => write.arrange(value, plan)));
  }
  return offers;
}

/** Undefined when nothing would change, or a value is no plain one. */
function sortItems({ items }: ArrayNode, ignoreCase: boolean): readonly Placed<WritableValue>[] | undefined {
  if (items.length < 2 || items.length > MOST_ITEMS) return undefined;
  const texts: string[] = [];
  for (const item of items) {
    if (item.type !== 'string' && item.type !== 'number' && item.type !== 'boolean') return undefined;
    texts.push(String(item.value));
  }
  const folded = ignoreCase ? texts.map((text) => text.toLowerCase()) : texts;
  const order = texts.map((_, child) => child);
  order.sort((a, b) => compare(folded[a] ?? '', folded[b] ?? '') || a - b);
  const seen = new Set<string>();
  const plan = order.map((child): Placed<WritableValue> => {
    const text = folded[child] ?? '';
    if (seen.has(text)) return { child, gone: true };
    seen.add(text);
    return { child };
  });
  return seen.size < items.length || order.some((child, index) => child !== index) ? plan : undefined;
}

/** By letters alone: the same for every user. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function listsOf({ actions, resources, principals, condition }: Statement): readonly List[] {
  const lists: List[] = [
    ...actions.map(({ member }) => ({ member, noun: 'action', ignoreCase: true })),
    ...resources.map(({ member }) => ({ member, noun: 'resource', ignoreCase: false })),
  ];
  for (const { member } of principals) {
    const members = member.value?.type === 'object' ? member.value.members : [];
    lists.push(...members.map((one) => ({ member: one, noun: 'principal', ignoreCase: false })));
  }
  for (const operator of condition?.value?.type === 'object' ? condition.value.members : []) {
    const members = operator.value?.type === 'object' ? operator.value.members : [];
    lists.push(...members.map((one) => ({ member: one, noun: 'value', ignoreCase: false })));
  }
  return lists;
}
