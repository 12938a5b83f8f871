import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import type { Action } from '../catalogue/types.ts';
import { type PolicyView, type Statement, stringOf } from './model.ts';

/** The statements of one effect by the action patterns they name, in lower case. */
interface PatternIndex {
  readonly spelledOut: Map<string, Statement[]>;
  readonly wild: Map<string, Statement[]>;
}

const PATTERNS = new WeakMap<PolicyView, ReadonlyMap<string, PatternIndex>>();

function indexPatterns(policy: PolicyView): ReadonlyMap<string, PatternIndex> {
  const known = PATTERNS.get(policy);
  if (known) return known;
  const index = new Map<string, PatternIndex>();
  for (const statement of policy.statements) {
    const effect = stringOf(statement.effect) ?? '';
    const all = index.get(effect) ?? { spelledOut: new Map(), wild: new Map() };
    index.set(effect, all);
    for (const { negated, entries } of statement.actions) {
      for (const { pattern } of negated ? [] : entries) {
        const text = pattern.everything ? '*' : pattern.text.toLowerCase();
        const byPattern = hasWildcard(text) ? all.wild : all.spelledOut;
        const statements = byPattern.get(text) ?? [];
        byPattern.set(text, statements);
        if (statements.at(-1) !== statement) statements.push(statement);
      }
    }
  }
  PATTERNS.set(policy, index);
  return index;
}

/** The statements of an effect that name an action, spelled out or by a wildcard. */
export function statementsNaming(action: Action, effect: string, policy: PolicyView): readonly Statement[] {
  const index = indexPatterns(policy).get(effect);
  if (!index) return [];
  const id = action.id.toLowerCase();
  const found = [...(index.spelledOut.get(id) ?? [])];
  for (const [pattern, statements] of index.wild) if (matchesWildcard(pattern, id)) found.push(...statements);
  return found;
}
