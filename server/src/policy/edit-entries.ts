import type { TextEdit } from '../base/text-edit.ts';
import type { Writer } from '../syntax/json-writer.ts';
import type { Member, StringNode } from '../syntax/tree.ts';

/**
 * Edits that take values out of a list.
 * @returns undefined when nothing would be left: an element without values is an error of its own
 */
export function removeEntries(member: Member, nodes: readonly StringNode[], write: Writer): TextEdit[] | undefined {
  const list = member.value;
  if (list?.type !== 'array' || list.items.length <= nodes.length) return undefined;
  const [only] = nodes;
  const gone: ReadonlySet<unknown> = new Set(nodes);
  if (write.hasComments(list.span)) {
    return write.arrange(
      list,
      list.items.map((item, child) => ({ child, gone: gone.has(item) })),
    );
  }
  if (nodes.length === 1 && only) return write.removeItem(list, only);
  const kept = list.items.flatMap((item) => (item.type === 'string' && !gone.has(item) ? item.value : []));
  return kept.length === list.items.length - nodes.length ? write.replace(list, kept) : undefined;
}
