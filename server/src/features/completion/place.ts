import type { Span } from '../../base/span.ts';
import type { Member, ObjectNode, StringNode, SyntaxTree, ValueNode } from '../../syntax/tree.ts';

/** Where in a JSON text the cursor stands, on valid and on half-typed text. */
export interface Place {
  /** The names that lead here from the top-level value, lists left out: `['Statement', 'Condition', 'Bool']`. */
  readonly names: readonly string[];
  /** The objects on the way, outermost first. */
  readonly objects: readonly ObjectNode[];
  /** A member's name is expected, or a value. */
  readonly expects: 'name' | 'value';
  /** The string that holds the cursor, if one does. */
  readonly string: StringNode | undefined;
  /** The member whose name is being typed. */
  readonly member: Member | undefined;
  /** The other values of the list in which the cursor stands. */
  readonly siblings: readonly ValueNode[];
}

export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  const root = tree.roots.findLast((one) => one.span.start < offset && offset <= one.span.end);
  if (!root) return undefined;
  const names: string[] = [];
  const objects: ObjectNode[] = [];
  let siblings: readonly ValueNode[] = [];
  let node: ValueNode = root;
  for (;;) {
    if (node.type === 'array') {
      siblings = node.items;
      const item: ValueNode | undefined = node.items.find((one) => isInside(one.span, offset));
      if (!item) return { names, objects, expects: 'value', string: undefined, member: undefined, siblings };
      node = item;
      continue;
    }
    if (node.type === 'object') {
      objects.push(node);
      siblings = [];
      const next = enter(tree.text, node, offset);
      if (next.expects === 'name') {
        return { names, objects, expects: 'name', string: next.key, member: next.member, siblings };
      }
      names.push(next.member.key.value);
      if (!next.value) return { names, objects, expects: 'value', string: undefined, member: undefined, siblings };
      node = next.value;
      continue;
    }
    const string = node.type === 'string' ? node : undefined;
    return { names, objects, expects: 'value', string, member: undefined, siblings };
  }
}

type Entered =
  | { readonly expects: 'name'; readonly key: StringNode | undefined; readonly member: Member | undefined }
  | { readonly expects: 'value'; readonly member: Member; readonly value: ValueNode | undefined };

function enter(text: string, object: ObjectNode, offset: number): Entered {
  const member = object.members.findLast((one) => one.span.start < offset);
  if (!member) return { expects: 'name', key: undefined, member: undefined };
  if (offset <= member.key.span.end) return { expects: 'name', key: member.key, member };
  if (member.value && isInside(member.value.span, offset)) return { expects: 'value', member, value: member.value };
  // Between members: after a colon without a value comes a value, after a comma a name.
  const gap = text.slice((member.value ?? member.key).span.end, offset);
  if (!member.value && gap.includes(':')) return { expects: 'value', member, value: undefined };
  return { expects: 'name', key: undefined, member: undefined };
}

/** Strictly inside a container, or anywhere on a scalar. */
function isInside(span: Span, offset: number): boolean {
  return span.start < offset && offset <= span.end;
}
