import { rememberEach } from '../base/remember.ts';
import { compileWildcard, hasWildcard } from '../base/wildcard.ts';
import type { Action } from '../catalogue/types.ts';
import { type PolicyView, type Statement, stringOf } from './model.ts';

/** The statements of one effect by the action patterns they name, in lower case. */
interface PatternIndex {
  readonly spelledOut: Map<string, Statement[]>;
  /** By prefix; under the empty one those whose prefix has a wildcard. */
  readonly wild: Map<string, Map<string, WildPattern>>;
}

interface WildPattern {
  readonly matches: (id: string) => boolean;
  readonly statements: Statement[];
}

const indexPatterns = rememberEach((policy: PolicyView): ReadonlyMap<string, PatternIndex> => {
  const index = new Map<string, PatternIndex>();
  for (const statement of policy.statements) {
    const effect = stringOf(statement.effect) ?? '';
    const all = index.get(effect) ?? { spelledOut: new Map(), wild: new Map() };
    index.set(effect, all);
    for (const { negated, entries } of statement.actions) {
      for (const { pattern } of negated ? [] : entries) {
        const text = pattern.everything ? '*' : pattern.text.toLowerCase();
        const statements = hasWildcard(text) ? wildStatements(all.wild, text) : (all.spelledOut.get(text) ?? []);
        if (!hasWildcard(text)) all.spelledOut.set(text, statements);
        if (statements.at(-1) !== statement) statements.push(statement);
      }
    }
  }
  return index;
});

function wildStatements(wild: PatternIndex['wild'], text: string): Statement[] {
  const prefix = text.slice(0, Math.max(0, text.indexOf(':')));
  const key = hasWildcard(prefix) ? '' : prefix;
  const patterns = wild.get(key) ?? new Map<string, WildPattern>();
  wild.set(key, patterns);
  const pattern = patterns.get(text) ?? { matches: compileWildcard(text), statements: [] };
  patterns.set(text, pattern);
  return pattern.statements;
}

/** The statements of an effect that name an action, spelled out or by a wildcard. */
export function statementsNaming(action: Action, effect: string, policy: PolicyView): readonly Statement[] {
  const index = indexPatterns(policy).get(effect);
  if (!index) return [];
  const id = action.id.toLowerCase();
  const found = [...(index.spelledOut.get(id) ?? [])];
  for (const prefix of ['', id.slice(0, id.indexOf(':'))]) {
    for (const { matches, statements } of index.wild.get(prefix)?.values() ?? []) {
      if (matches(id)) for (const statement of statements) found.push(statement);
    }
  }
  return found;
}
