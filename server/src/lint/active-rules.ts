import type { PolicyKind } from '../policy/kind.ts';
import { type AnyRule, PERSONAS, type Severity, type Visit } from '../rules/define.ts';
import type { LintSettings } from './settings.ts';

/** The loose form in which the engine calls every rule. */
export interface ActiveRule {
  readonly rule: AnyRule;
  /** What the user set it to; undefined leaves it to the rule. */
  readonly severity: Severity | undefined;
  readonly check: (node: unknown, context: unknown) => void;
}

/** The rules that the settings leave on, by what they visit and the kind they judge. */
export type ActiveRules = (visit: Visit, kind?: PolicyKind) => readonly ActiveRule[];

/** The rules that judge a statement and its parts. */
export interface StatementRules {
  readonly elements: readonly ActiveRule[];
  readonly statement: readonly ActiveRule[];
  readonly principal: readonly ActiveRule[];
  readonly action: readonly ActiveRule[];
  readonly resource: readonly ActiveRule[];
  readonly condition: readonly ActiveRule[];
}

const ACTIVE = new WeakMap<LintSettings, { readonly rules: readonly AnyRule[]; readonly active: ActiveRules }>();

/** Chosen once for the same settings, and the same ones then. */
export function activeRules(rules: readonly AnyRule[], settings: LintSettings): ActiveRules {
  const known = ACTIVE.get(settings);
  if (known?.rules === rules) return known.active;
  const chosen = rules.filter((rule) => isOn(rule, settings));
  const lists = new Map<string, readonly ActiveRule[]>();
  const active: ActiveRules = (visit, kind) => {
    const key = `${visit} ${kind}`;
    const list =
      lists.get(key) ??
      chosen
        .filter((rule) => rule.visit === visit)
        .filter(({ kinds }) => kinds === 'all' || kind === undefined || kinds.includes(kind))
        .map((rule) => ({ rule, severity: severityOf(rule, settings), check: rule.check as ActiveRule['check'] }));
    lists.set(key, list);
    return list;
  };
  ACTIVE.set(settings, { rules, active });
  return active;
}

export function statementRules(active: ActiveRules, kind: PolicyKind): StatementRules {
  return {
    elements: active('elements', kind),
    statement: active('statement', kind),
    principal: active('principal', kind),
    action: active('action', kind),
    resource: active('resource', kind),
    condition: active('condition', kind),
  };
}

function isOn(rule: AnyRule, settings: LintSettings): boolean {
  const setting = settings.rules[rule.id];
  if (setting === 'off') return false;
  if (rule.jsonOnly && settings.jsonReportedElsewhere) return false;
  return setting !== undefined || PERSONAS.indexOf(rule.persona) <= PERSONAS.indexOf(settings.persona);
}

function severityOf({ id }: AnyRule, { rules }: LintSettings): Severity | undefined {
  const setting = rules[id];
  return setting === 'off' ? undefined : setting;
}
