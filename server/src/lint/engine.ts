import type { Span } from '../base/span.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { Statement } from '../policy/model.ts';
import { type AnyRule, type Finding, PERSONAS, type Severity, type Visit, type VisitNodes } from '../rules/define.ts';
import { createJsonWriter, type Writer } from '../syntax/json-writer.ts';
import type { ValueNode } from '../syntax/tree.ts';
import type { AnalyzedFile, AnalyzedPolicy } from './analyze.ts';
import type { LintSettings } from './settings.ts';

export interface LintOptions {
  readonly rules: readonly AnyRule[];
  readonly catalogue: Catalogue;
  readonly settings: LintSettings;
  /** Told once for each rule that throws; the others go on. */
  readonly onRuleError: (ruleId: string, error: unknown) => void;
}

/** The loose form in which the engine calls every rule. */
interface ActiveRule {
  readonly rule: AnyRule;
  readonly severity: Severity | undefined;
  readonly check: (node: unknown, context: unknown) => void;
}

/** Judges every policy of a file with every rule that applies; sorted by place, then by rule. */
export function lint(file: AnalyzedFile, options: LintOptions): readonly Finding[] {
  const findings: Finding[] = [];
  const active = activeRules(options);
  const failed = new Set<string>();
  const writer = lazy(() => createJsonWriter(file.tree));

  const run = (active: ActiveRule, node: unknown, context: unknown): void => {
    if (failed.size > 0 && failed.has(active.rule.id)) return;
    try {
      active.check(node, context);
    } catch (error) {
      failed.add(active.rule.id);
      options.onRuleError(active.rule.id, error);
    }
  };

  const expected = file.policies.length > 0;
  if (expected || isPolicyFile(file)) {
    for (const one of active.get('file') ?? []) {
      run(
        one,
        file.tree,
        createContext(one, undefined, () => undefined, file, options, writer, findings),
      );
    }
  }
  for (const policy of file.policies) {
    let statement: Statement | undefined;
    const visitors = new Map<Visit, readonly { rule: ActiveRule; context: unknown }[]>();
    for (const [visit, rules] of active) {
      if (visit === 'file') continue;
      visitors.set(
        visit,
        rules
          .filter(({ rule }) => rule.kinds === 'all' || rule.kinds.includes(policy.classification.kind))
          .map((rule) => ({
            rule,
            context: createContext(rule, policy, () => statement, file, options, writer, findings),
          })),
      );
    }
    const call = <On extends Exclude<Visit, 'file'>>(visit: On, node: VisitNodes[On]): void => {
      for (const { rule, context } of visitors.get(visit) ?? []) run(rule, node, context);
    };
    call('policy', policy.view);
    for (const current of policy.view.statements) {
      statement = current;
      call('statement', current);
      for (const { entries } of current.principals) for (const entry of entries) call('principal', entry);
      for (const { entries } of current.actions) for (const entry of entries) call('action', entry);
      for (const { entries } of current.resources) for (const entry of entries) call('resource', entry);
      for (const clause of current.conditions) call('condition', clause);
    }
  }
  return findings.sort((a, b) => a.span.start - b.span.start || compare(a.rule, b.rule) || a.span.end - b.span.end);
}

/** An unreadable file is judged as JSON only where it was meant to be a policy. */
function isPolicyFile(file: AnalyzedFile): boolean {
  return file.input.languageId === 'iam-policy' || file.input.kind !== undefined;
}

type ActiveRules = ReadonlyMap<Visit, readonly ActiveRule[]>;

const ACTIVE = new WeakMap<LintSettings, { readonly rules: readonly AnyRule[]; readonly active: ActiveRules }>();

/** The rules that the settings leave on, by what they visit; chosen once for the same settings. */
function activeRules({ rules, settings }: LintOptions): ActiveRules {
  const known = ACTIVE.get(settings);
  if (known?.rules === rules) return known.active;
  const active = chooseRules(rules, settings);
  ACTIVE.set(settings, { rules, active });
  return active;
}

function chooseRules(rules: readonly AnyRule[], settings: LintSettings): ActiveRules {
  const byVisit = new Map<Visit, ActiveRule[]>();
  const shown = PERSONAS.indexOf(settings.persona);
  for (const rule of rules) {
    const setting = settings.rules[rule.id];
    if (setting === 'off') continue;
    if (rule.jsonOnly && settings.jsonReportedElsewhere) continue;
    if (setting === undefined && PERSONAS.indexOf(rule.persona) > shown) continue;
    const list = byVisit.get(rule.visit) ?? [];
    byVisit.set(rule.visit, list);
    list.push({ rule, severity: setting, check: rule.check as (node: unknown, context: unknown) => void });
  }
  return byVisit;
}

interface LooseReport {
  readonly at: Span;
  readonly message: string;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly accessAnalyzer?: readonly string[];
  readonly severity?: Severity;
  readonly confidence?: Finding['confidence'];
  readonly persona?: Finding['persona'];
  readonly related?: Finding['related'];
  readonly tag?: Finding['tag'];
  readonly fixes?: Finding['fixes'];
}

function createContext(
  { rule, severity }: ActiveRule,
  policy: AnalyzedPolicy | undefined,
  statement: () => Statement | undefined,
  file: AnalyzedFile,
  { catalogue, settings }: LintOptions,
  writer: () => Writer,
  findings: Finding[],
): object {
  const classification = policy?.classification;
  // Where the kind is a guess, a flaw that depends on the kind is not certain either.
  const unsure = classification?.confidence === 'ambiguous' && rule.kinds !== 'all';
  return {
    policy: policy?.view,
    get statement() {
      return statement();
    },
    kind: classification?.kind ?? 'none',
    service: classification?.service ?? null,
    certainty: classification?.confidence ?? 'certain',
    catalogue,
    get write() {
      return writer();
    },
    isHalfTyped: (node: ValueNode) =>
      file.tree.problems.some(({ span }) => span.start >= node.span.start && span.start <= node.span.end),
    report: (report: LooseReport) => {
      const persona = report.persona ?? rule.persona;
      if (severity === undefined && PERSONAS.indexOf(persona) > PERSONAS.indexOf(settings.persona)) return;
      const own = report.severity ?? rule.severity;
      findings.push({
        rule: rule.id,
        accessAnalyzer: report.accessAnalyzer ?? rule.accessAnalyzer,
        severity: severity ?? (unsure && own === 'error' ? 'warning' : own),
        confidence: report.confidence ?? rule.confidence,
        persona,
        span: report.at,
        message: fill(rule.messages[report.message] ?? report.message, report.data ?? {}),
        related: report.related ?? [],
        ...(report.tag && { tag: report.tag }),
        fixes: report.fixes ?? (() => []),
      });
    },
  };
}

function fill(message: string, data: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function lazy<T>(make: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}
