import type { TextEdit } from '../../base/text-edit.ts';
import { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS } from '../../policy/model.ts';
import type { Placed } from '../../syntax/json-arrange.ts';
import type { WritableValue, Writer } from '../../syntax/json-writer.ts';
import type { ObjectNode } from '../../syntax/tree.ts';
import { isWhole, type Place, type Rewrite, rewrite, type StatementPlace } from './define.ts';

const MOST_STATEMENTS = 1_000;

/** What editors read stays where they look for it. */
const DOCUMENT_ORDER: readonly string[] = ['$schema', ...DOCUMENT_ELEMENTS];

/** Puts the elements of a policy and its statements in the order in which AWS's documentation has them. */
export function offerLayout(place: Place): readonly Rewrite[] {
  const { view, write, tree } = place;
  const { node, statements, statementElement, form } = view;
  if (form === 'statement' || statements.length > MOST_STATEMENTS || !isWhole(tree, node.span)) return [];
  const wrong = statements.filter((one) => orderOf(one.node, STATEMENT_ELEMENTS));
  const plan = form === 'document' && node.type === 'object' ? orderOf(node, DOCUMENT_ORDER) : undefined;
  if (!plan && wrong.length === 0) return [];
  const make = (): readonly TextEdit[] => {
    const inner = wrong.flatMap((one) => arrangeElements(one.node, STATEMENT_ELEMENTS, write));
    if (!plan || node.type !== 'object') return inner;
    const whole = plan.map((one) => (node.members[one.child] === statementElement ? { ...one, inner } : one));
    return write.arrange(node, whole);
  };
  return [rewrite('Put the elements in the usual order', 'equivalent', make)];
}

/** The same for one statement. */
export function offerStatementLayout({ statement, write, tree }: StatementPlace): readonly Rewrite[] {
  const { node } = statement;
  if (!isWhole(tree, node.span) || !orderOf(node, STATEMENT_ELEMENTS)) return [];
  const make = () => arrangeElements(node, STATEMENT_ELEMENTS, write);
  return [rewrite('Put the elements in the usual order in this statement', 'equivalent', make)];
}

function arrangeElements(node: ObjectNode, names: readonly string[], write: Writer): readonly TextEdit[] {
  const plan = orderOf(node, names);
  return plan ? write.arrange(node, plan) : [];
}

/** Undefined when the order is the usual one. Elements that nobody knows come last, in the order they have. */
function orderOf({ members }: ObjectNode, names: readonly string[]): readonly Placed<WritableValue>[] | undefined {
  const ranks = members.map(({ key }) => {
    const rank = names.indexOf(key.value);
    return rank < 0 ? names.length : rank;
  });
  if (ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank)) return undefined;
  const order = members.map((_, child) => child).sort((a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b);
  return order.map((child) => ({ child }));
}
