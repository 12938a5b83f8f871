import type { Member, ValueNode } from '../syntax/tree.ts';
import { hasHole } from './hole.ts';
import { oneOrMany, type Statement } from './model.ts';

/**
 * A statement without some of its elements in one spelling, to be compared with others: Sid never matters, nor do the
 * order of values and the letter case of actions and condition keys.
 * @returns undefined where a template fills in part of it, or nothing is said
 */
export function describeStatement({ node, actions }: Statement, without: readonly string[] = []): string | undefined {
  const members = node.members.filter(({ key }) => key.value !== 'Sid' && !without.includes(key.value));
  if (actions.length === 0 || members.some(({ value }) => !value)) return undefined;
  const text = `{${members.map(describeElement).sort().join()}}`;
  return hasHole(text) ? undefined : text;
}

function describeElement({ key, value }: Member): string {
  const name = key.value;
  if (name === 'Action' || name === 'NotAction') return `${name}:${describeValues(value, true)}`;
  if (name !== 'Condition') return `${name}:${describeValues(value, false)}`;
  return `${name}:${describeMembers(value, (operator) => {
    const keys = describeMembers(operator.value, (one) => {
      return `${quote(one.key.value.toLowerCase())}:${describeValues(one.value, false)}`;
    });
    return `${quote(operator.key.value.toLowerCase())}:${keys}`;
  })}`;
}

/** One value is a list of one, and the order of values says nothing. */
function describeValues(value: ValueNode | undefined, ignoreCase: boolean): string {
  const values = oneOrMany(value).map((one) => {
    if (one.type === 'string') return quote(ignoreCase ? one.value.toLowerCase() : one.value);
    if (one.type === 'number' || one.type === 'boolean') return quote(String(one.value));
    return describeMembers(one, ({ key, value: inner }) => `${quote(key.value)}:${describeValues(inner, false)}`);
  });
  return `[${[...new Set(values)].sort().join()}]`;
}

function describeMembers(value: ValueNode | undefined, describeOne: (member: Member) => string): string {
  if (value?.type !== 'object') return value?.type ?? '';
  return `{${value.members.map(describeOne).sort().join()}}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
