import { joinWords } from '../base/words.ts';
import type { Writer } from '../syntax/json-writer.ts';
import { removeCondition } from './edit-condition.ts';
import type { ActionEntry, ConditionClause, PolicyView, Statement } from './model.ts';
import { splitStatement } from './split.ts';

/**
 * Edits that leave some actions without a condition key that they do not take: in a statement of their own, or, where they
 * are all the statement has, by taking the key out.
 */
export function releaseActions(
  policy: PolicyView,
  statement: Statement,
  entries: readonly ActionEntry[],
  clause: ConditionClause,
  write: Writer,
): { readonly split: boolean; readonly edits: ReturnType<Writer['replace']> } | undefined {
  const names = entries.map(({ node }) => node.value);
  const kept = statement.actions.flatMap((block) => block.entries).filter((entry) => !entries.includes(entry));
  if (kept.length === 0) return { split: false, edits: removeCondition(write, statement, clause) };
  const resources = statement.resources.flatMap((block) => block.entries.map(({ text }) => text));
  const rest = { actions: kept.map(({ node }) => node.value), resources, label: '' };
  const own = { actions: names, resources, label: 'Unconditional', without: clause };
  const edits = splitStatement(policy, statement, [rest, own], write);
  return edits && { split: true, edits };
}

/** The actions for a sentence, three at most by name. */
export function nameEntries(entries: readonly ActionEntry[]): string {
  const names = entries.slice(0, 3).map(({ node }) => `'${node.value}'`);
  return joinWords(entries.length > 3 ? [...names, `${entries.length - 3} more`] : names);
}
