import type { TextEdit } from '../base/text-edit.ts';
import type { WritableValue, Writer } from '../syntax/json-writer.ts';
import type { Member, ValueNode } from '../syntax/tree.ts';
import { removeEntries } from './edit-entries.ts';
import { type ConditionClause, findMember, type PolicyView, type Statement, stringOf } from './model.ts';

/** What one of the statements that a split makes is about; all else is as in the statement that is split. */
export interface SplitPart {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Letters that tell its Sid from the first one's. */
  readonly label: string;
  /** Condition keys that must be equal to these values as well. */
  readonly equals?: Readonly<Record<string, string>>;
  /** A condition key that it goes without. */
  readonly without?: ConditionClause;
}

/**
 * Edits that turn a statement into several. The first part stays in its place, so that comments and order survive.
 * @returns undefined where the statement has no place for more: its list does not parse
 */
export function splitStatement(
  policy: PolicyView,
  statement: Statement,
  parts: readonly SplitPart[],
  write: Writer,
): TextEdit[] | undefined {
  const [first, ...more] = parts;
  if (!first) return undefined;
  const taken = new Set(policy.statements.map(({ sid }) => stringOf(sid)));
  const values = more.map((part) => copyStatement(statement, part, taken));
  const holder = policy.form === 'document' ? policy.statementElement?.value : policy.node;
  if (holder?.type !== 'array')
    return write.replace(statement.node, [copyStatement(statement, first, taken), ...values]);
  const edits: TextEdit[] = [];
  for (const { member, entries } of [...statement.actions, ...statement.resources]) {
    const kept = member.key.value === 'Action' ? first.actions : first.resources;
    const gone = entries.filter(({ node }) => !kept.includes(node.value)).map(({ node }) => node);
    const same = kept.every((text) => entries.some(({ node }) => node.value === text));
    if (same && gone.length === 0) continue;
    const value = replaced(member, first, member.key.value);
    const removal = same ? removeEntries(member, gone, write) : undefined;
    if (member.value && value !== undefined) edits.push(...(removal ?? write.replace(member.value, value)));
  }
  const index = holder.items.indexOf(statement.node);
  // All at one place; edits of the same place are applied in the order given.
  return [...edits, ...values.flatMap((value) => write.insertItem(holder, value, index + 1))];
}

function copyStatement(statement: Statement, part: SplitPart, taken: Set<string | undefined>): WritableValue {
  // From entries, so that `__proto__` is a name like any other.
  const copy = Object.fromEntries(
    statement.node.members.flatMap((member): readonly (readonly [string, WritableValue])[] => {
      const { key, value } = member;
      if (!value) return [];
      if (key.value === 'Sid') return [[key.value, freshSid(statement, part.label, taken)]];
      return [[key.value, replaced(member, part, key.value) ?? writableOf(value)]];
    }),
  );
  if (part.equals) return { ...copy, Condition: addEquals(statement, part.equals) };
  return part.without ? { ...copy, Condition: conditionWithout(statement, part.without) } : copy;
}

/** The condition of a statement without one key; undefined when nothing is left. */
function conditionWithout(
  { condition }: Statement,
  { operatorMember, member }: ConditionClause,
): WritableValue | undefined {
  const operators = condition?.value?.type === 'object' ? condition.value.members : [];
  const left = operators.flatMap((one): readonly (readonly [string, WritableValue])[] => {
    if (one.value?.type !== 'object') return [];
    const members = one === operatorMember ? one.value.members.filter((key) => key !== member) : one.value.members;
    return members.length > 0 ? [[one.key.value, objectOf(members)]] : [];
  });
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

/** The condition of a statement with more keys under StringEquals. */
function addEquals(statement: Statement, equals: Readonly<Record<string, string>>): WritableValue {
  const condition = statement.condition?.value;
  const members = condition?.type === 'object' ? condition.members : [];
  const old = findMember(members, 'StringEquals')?.value;
  return {
    ...objectOf(members),
    StringEquals: { ...(old?.type === 'object' ? objectOf(old.members) : {}), ...equals },
  };
}

function replaced(member: Member, part: SplitPart, name: string): WritableValue | undefined {
  if (name === 'Action') return asWritten(member, part.actions);
  if (name === 'Resource') return asWritten(member, part.resources);
  return undefined;
}

/** One value stays a single string unless the element was written as a list. */
function asWritten(member: Member, values: readonly string[]): WritableValue {
  const [only] = values;
  return values.length === 1 && only !== undefined && member.value?.type !== 'array' ? only : values;
}

function freshSid({ sid: member }: Statement, label: string, taken: Set<string | undefined>): string {
  const old = stringOf(member) ?? '';
  if (old === '' || label === '') return old;
  let sid = `${old}${label}`;
  for (let number = 2; taken.has(sid); number++) sid = `${old}${label}${number}`;
  taken.add(sid);
  return sid;
}

/** A value as data that the writer takes. */
export function writableOf(node: ValueNode): WritableValue {
  switch (node.type) {
    case 'object':
      return objectOf(node.members);
    case 'array':
      return node.items.map(writableOf);
    case 'null':
      return null;
    default:
      return node.value;
  }
}

function objectOf(members: readonly Member[]): Readonly<Record<string, WritableValue>> {
  return Object.fromEntries(members.map(({ key, value }) => [key.value, value ? writableOf(value) : null]));
}
