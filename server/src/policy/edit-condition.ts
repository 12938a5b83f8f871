import type { TextEdit } from '../base/text-edit.ts';
import type { WritableValue, Writer } from '../syntax/json-writer.ts';
import type { Member, ObjectNode, ValueNode } from '../syntax/tree.ts';
import type { ConditionClause, Statement } from './model.ts';
import { oneOrMany } from './model.ts';

/** One condition to be written: a key under an operator, with its value. */
export interface NewCondition {
  readonly operator: string;
  readonly key: string;
  readonly value: WritableValue;
}

/** Edits that add conditions to a statement, under the operators it already has where they exist. A key that already
 * stands under the operator gets the new value. */
export function addConditions(write: Writer, statement: Statement, conditions: readonly NewCondition[]): TextEdit[] {
  const wanted = new Map<string, Record<string, WritableValue>>();
  for (const { operator, key, value } of conditions) {
    wanted.set(operator, { ...wanted.get(operator), [key]: value });
  }
  const all = Object.fromEntries(wanted);
  const present = statement.condition?.value;
  if (!statement.condition) return write.insertMember(statement.node, 'Condition', all);
  if (present?.type !== 'object' || present.members.length === 0) return present ? write.replace(present, all) : [];
  const edits: TextEdit[] = [];
  const fresh: Record<string, WritableValue> = {};
  for (const [operator, keys] of wanted) {
    const member = present.members.find(({ key }) => key.value === operator);
    if (member?.value?.type !== 'object') fresh[operator] = keys;
    else edits.push(...addKeys(write, member.value, keys));
  }
  for (const [operator, keys] of Object.entries(fresh)) edits.push(...write.insertMember(present, operator, keys));
  return edits;
}

function addKeys(write: Writer, object: ObjectNode, keys: Readonly<Record<string, WritableValue>>): TextEdit[] {
  if (object.members.length === 0) return write.replace(object, keys);
  return Object.entries(keys).flatMap(([key, value]) => {
    const present = findKey(object, key);
    return present?.value ? write.replace(present.value, value) : write.insertMember(object, key, value);
  });
}

/**
 * Edits that put one condition key under another operator, with its value or a new one, leaving its neighbours where
 * they are.
 * @returns undefined when the key already stands under that operator, or its value is not plain
 */
export function changeOperator(
  write: Writer,
  statement: Statement,
  clause: ConditionClause,
  operator: string,
  newValue?: WritableValue,
): TextEdit[] | undefined {
  const condition = statement.condition?.value;
  const from = clause.operatorMember.value;
  if (condition?.type !== 'object' || from?.type !== 'object') return undefined;
  const target = condition.members.find(({ key }) => key.value === operator);
  const alone = from.members.length === 1;
  if (!target && alone) {
    const { value: old } = clause.member;
    return [
      ...write.rename(clause.operatorMember, operator),
      ...(newValue !== undefined && old ? write.replace(old, newValue) : []),
    ];
  }
  const value = newValue ?? plainValue(clause.member);
  if (value === undefined) return undefined;
  const remove = alone ? write.removeMember(condition, clause.operatorMember) : write.removeMember(from, clause.member);
  if (!target) {
    const index = condition.members.indexOf(clause.operatorMember) + 1;
    return [...remove, ...write.insertMember(condition, operator, { [clause.key]: value }, index)];
  }
  if (target.value?.type !== 'object' || findKey(target.value, clause.key)) return undefined;
  return [...remove, ...write.insertMember(target.value, clause.key, value)];
}

/** Edits that take a condition key out, with its operator and the Condition where nothing else stands in them. */
export function removeClause(write: Writer, statement: Statement, clause: ConditionClause): TextEdit[] {
  const condition = statement.condition?.value;
  const operator = clause.operatorMember.value;
  if (!statement.condition || condition?.type !== 'object' || operator?.type !== 'object') return [];
  if (operator.members.length > 1) return write.removeMember(operator, clause.member);
  if (condition.members.length > 1) return write.removeMember(condition, clause.operatorMember);
  return write.removeMember(statement.node, statement.condition);
}

/**
 * Edits that take values out of a condition key; a single one that is left stays in its list.
 * @returns no edits when nothing would be left
 */
export function removeItems(write: Writer, member: Member, gone: readonly ValueNode[]): TextEdit[] {
  const list = member.value;
  if (list?.type !== 'array' || gone.length >= list.items.length) return [];
  const [only, ...more] = gone;
  if (only && more.length === 0) return write.removeItem(list, only);
  const kept = list.items.filter((item) => !gone.includes(item)).flatMap((item) => scalarOf(item) ?? []);
  return kept.length === list.items.length - gone.length ? write.replace(list, kept) : [];
}

function scalarOf(node: ValueNode): string | number | boolean | undefined {
  return node.type === 'string' || node.type === 'number' || node.type === 'boolean' ? node.value : undefined;
}

/** The value of a condition key as data: a scalar or a list of scalars. */
export function plainValue(member: Member): WritableValue | undefined {
  const scalars: (string | number | boolean)[] = [];
  for (const node of oneOrMany(member.value)) {
    const scalar = scalarOf(node);
    if (scalar === undefined) return undefined;
    scalars.push(scalar);
  }
  return member.value?.type === 'array' ? scalars : scalars[0];
}

/** Condition keys compare without case. */
export function findKey(object: ObjectNode, key: string): Member | undefined {
  return object.members.find((member) => member.key.value.toLowerCase() === key.toLowerCase());
}

/** Edits that take one condition key out of a statement, with the operator and the Condition that hold nothing else. */
export function removeCondition(write: Writer, statement: Statement, clause: ConditionClause): TextEdit[] {
  const keys = clause.operatorMember.value;
  const { condition } = statement;
  if (condition?.value?.type !== 'object' || keys?.type !== 'object') return [];
  if (keys.members.length > 1) return write.removeMember(keys, clause.member);
  if (condition.value.members.length > 1) return write.removeMember(condition.value, clause.operatorMember);
  return write.removeMember(statement.node, condition);
}
