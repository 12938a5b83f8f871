import type { TextEdit } from '../../base/text-edit.ts';
import { describeStatement } from '../../policy/describe-statement.ts';
import { type ActionEntry, type ResourceEntry, type Statement, stringOf } from '../../policy/model.ts';
import { isWhole, type PlainStatement, type Rewrite, readPlain, rewrite, type StatementPlace } from './define.ts';

const MOST_STATEMENTS = 500;

interface Twin extends PlainStatement {
  readonly statement: Statement;
}

/** Draws statements together that differ in nothing but their actions, or in nothing but their resources. */
export function offerMerge(place: StatementPlace): readonly Rewrite[] {
  const { view, statement, write, tree } = place;
  const list = view.form === 'document' ? view.statementElement?.value : view.node;
  if (list?.type !== 'array' || view.statements.length > MOST_STATEMENTS || !isWhole(tree, list.span)) return [];
  const offers: Rewrite[] = [];
  for (const name of ['Action', 'Resource'] as const) {
    const twins = findTwins(place, name);
    const [first, ...others] = twins;
    if (!first || others.length === 0) continue;
    const gone = new Set<unknown>(others.map((one) => one.statement.node));
    const make = (): readonly TextEdit[] => {
      const inner = [...addEntries(place, name, first, others), ...keepSid(place, first, others)];
      const plan = list.items.map((item, child) => {
        if (gone.has(item)) return { child, gone: true };
        return item === first.statement.node ? { child, inner } : { child };
      });
      return write.arrange(list, plan);
    };
    const noun = `${name.toLowerCase()}s`;
    const other = statement === first.statement ? others[0]?.statement : first.statement;
    const sid = stringOf(other?.sid);
    const named = sid ? `the statement '${sid}'` : `statement ${(other?.index ?? 0) + 1}`;
    const title =
      twins.length === 2
        ? `Merge with ${named}, which differs only in its ${noun}`
        : `Merge ${twins.length} statements that differ only in their ${noun}`;
    offers.push(rewrite(title, 'equivalent', make));
  }
  return offers;
}

/** The statement and those that are the same but for one element; in source order. */
function findTwins({ view, statement }: StatementPlace, name: 'Action' | 'Resource'): readonly Twin[] {
  const key = readTwin(statement, name) && describeStatement(statement, [name]);
  if (key === undefined) return [];
  return view.statements.flatMap((one) => {
    const plain = readTwin(one, name);
    return plain && describeStatement(one, [name]) === key ? { statement: one, ...plain } : [];
  });
}

/** What two lists exclude is not what their union excludes, so only the plain form of the element will do. */
function readTwin(statement: Statement, name: 'Action' | 'Resource'): PlainStatement | undefined {
  const plain = readPlain(statement);
  const block = name === 'Action' ? plain?.action : plain?.resource;
  return block && !block.negated ? plain : undefined;
}

function addEntries(
  { write }: StatementPlace,
  name: 'Action' | 'Resource',
  first: Twin,
  others: readonly Twin[],
): readonly TextEdit[] {
  const entriesOf = (twin: Twin): readonly (ActionEntry | ResourceEntry)[] =>
    (name === 'Action' ? twin.action.entries : twin.resource?.entries) ?? [];
  const fold = (text: string): string => (name === 'Action' ? text.toLowerCase() : text);
  const seen = new Set(entriesOf(first).map(({ node }) => fold(node.value)));
  const fresh = others.flatMap(entriesOf).filter(({ node }) => {
    const known = seen.has(fold(node.value));
    seen.add(fold(node.value));
    return !known;
  });
  const value = (name === 'Action' ? first.action : first.resource)?.member.value;
  if (!value || fresh.length === 0) return [];
  const texts = fresh.map(({ node }) => node.value);
  if (value.type === 'array') return texts.flatMap((text) => write.insertItem(value, text));
  return write.wrap(value, (inner) => [inner, ...texts]);
}

/** Where only one of them has a name, that is the name of all. */
function keepSid({ write }: StatementPlace, { statement }: Twin, others: readonly Twin[]): readonly TextEdit[] {
  const sid = others.map((one) => stringOf(one.statement.sid)).find((text) => text);
  if (statement.sid || sid === undefined) return [];
  return write.insertMember(statement.node, 'Sid', sid, 0);
}
