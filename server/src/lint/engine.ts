import type { Span } from '../base/span.ts';
import { lengthStripped } from '../catalogue/quotas.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { Confidence, PolicyKind } from '../policy/kind.ts';
import type { PolicyView, Statement } from '../policy/model.ts';
import { type AnyRule, type Finding, PERSONAS, type Severity, type Visit } from '../rules/define.ts';
import { createJsonWriter, type Writer } from '../syntax/json-writer.ts';
import type { ParseProblem, ValueNode } from '../syntax/tree.ts';
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
  const rules = activeRules(options);
  const context = new Context(file, options);
  if (file.policies.length > 0 || isPolicyFile(file)) context.visit(rules('file'), [file.tree]);
  for (const policy of file.policies) {
    const { kind } = policy.classification;
    context.enter(policy);
    context.visit(rules('policy', kind), [policy.view]);
    const ofStatement = rules('statement', kind);
    const ofPrincipal = rules('principal', kind);
    const ofAction = rules('action', kind);
    const ofResource = rules('resource', kind);
    const ofCondition = rules('condition', kind);
    for (const statement of policy.view.statements) {
      context.statement = statement;
      context.visit(ofStatement, [statement]);
      for (const { entries } of statement.principals) context.visit(ofPrincipal, entries);
      for (const { entries } of statement.actions) context.visit(ofAction, entries);
      for (const { entries } of statement.resources) context.visit(ofResource, entries);
      context.visit(ofCondition, statement.conditions);
    }
    context.statement = undefined;
  }
  return context.findings.sort(
    (a, b) => a.span.start - b.span.start || compare(a.rule, b.rule) || a.span.end - b.span.end,
  );
}

/** An unreadable file is judged as JSON only where it was meant to be a policy. */
function isPolicyFile(file: AnalyzedFile): boolean {
  return file.input.languageId === 'iam-policy' || file.input.kind !== undefined;
}

type ActiveRules = (visit: Visit, kind?: PolicyKind) => readonly ActiveRule[];

const ACTIVE = new WeakMap<LintSettings, { readonly rules: readonly AnyRule[]; readonly active: ActiveRules }>();

/** The rules that the settings leave on, by what they visit and judge; chosen once for the same settings. */
function activeRules({ rules, settings }: LintOptions): ActiveRules {
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

function isOn(rule: AnyRule, settings: LintSettings): boolean {
  const setting = settings.rules[rule.id];
  if (setting === 'off') return false;
  if (rule.jsonOnly && settings.jsonReportedElsewhere) return false;
  return setting !== undefined || PERSONAS.indexOf(rule.persona) <= PERSONAS.indexOf(settings.persona);
}

/** What the user set it to; undefined leaves it to the rule. */
function severityOf({ id }: AnyRule, { rules }: LintSettings): Severity | undefined {
  const setting = rules[id];
  return setting === 'off' ? undefined : setting;
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

/** What every rule is called with, one after the other: a `RuleContext` that knows which rule is at work. */
class Context {
  readonly findings: Finding[] = [];
  readonly catalogue: Catalogue;
  policy: PolicyView | undefined;
  statement: Statement | undefined;
  kind: PolicyKind = 'none';
  service: string | null = null;
  certainty: Confidence = 'certain';
  readonly report: (report: LooseReport) => void;
  readonly isHalfTyped: (node: ValueNode) => boolean;
  readonly #file: AnalyzedFile;
  readonly #options: LintOptions;
  readonly #failed = new Set<string>();
  #writer: Writer | undefined;
  #active: ActiveRule | undefined;
  #answers = true;

  constructor(file: AnalyzedFile, options: LintOptions) {
    this.#file = file;
    this.#options = options;
    this.catalogue = options.catalogue;
    this.report = (report) => {
      if (this.#active) this.#add(this.#active, report);
    };
    this.isHalfTyped = ({ span }) => {
      const first = firstFrom(file.tree.problems, span.start);
      return first !== undefined && first.span.start <= span.end;
    };
  }

  get write(): Writer {
    this.#writer ??= createJsonWriter(this.#file.tree);
    return this.#writer;
  }

  enter({ view, classification }: AnalyzedPolicy): void {
    this.policy = view;
    this.kind = classification.kind;
    this.service = classification.service;
    this.certainty = classification.confidence;
    this.#answers = hasAnswers(view, classification.kind);
  }

  visit(rules: readonly ActiveRule[], nodes: readonly unknown[]): void {
    if (nodes.length === 0) return;
    for (const active of rules) {
      const { id } = active.rule;
      if (this.#failed.size > 0 && this.#failed.has(id)) continue;
      this.#active = active;
      try {
        for (const node of nodes) active.check(node, this);
      } catch (error) {
        this.#failed.add(id);
        this.#options.onRuleError(id, error);
      }
    }
  }

  #add({ rule, severity }: ActiveRule, report: LooseReport): void {
    const persona = report.persona ?? rule.persona;
    const shown = PERSONAS.indexOf(this.#options.settings.persona);
    if (severity === undefined && PERSONAS.indexOf(persona) > shown) return;
    // Where the kind is a guess, a flaw that depends on the kind is not certain either.
    const unsure = this.certainty === 'ambiguous' && rule.kinds !== 'all';
    const own = report.severity ?? rule.severity;
    this.findings.push({
      rule: rule.id,
      accessAnalyzer: this.#answers ? (report.accessAnalyzer ?? rule.accessAnalyzer) : [],
      severity: severity ?? (unsure && own === 'error' ? 'warning' : own),
      confidence: report.confidence ?? rule.confidence,
      persona,
      span: report.at,
      message: fill(rule.messages[report.message] ?? report.message, report.data ?? {}),
      related: report.related ?? [],
      ...(report.tag && { tag: report.tag }),
      fixes: report.fixes ?? (() => []),
    });
  }
}

/** Characters. Of identity policies longer than this Access Analyzer says nothing at all, so no check of its is named. */
const ANALYZED_AT_MOST = 50_000;

function hasAnswers({ node, tree }: PolicyView, kind: PolicyKind): boolean {
  const { start, end } = node.span;
  if (kind !== 'identity' || end - start <= ANALYZED_AT_MOST) return true;
  return lengthStripped(tree.text.slice(start, end)) <= ANALYZED_AT_MOST;
}

function fill(message: string, data: Readonly<Record<string, string | number>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

/** The first of problems in source order that starts at an offset or behind it. */
function firstFrom(problems: readonly ParseProblem[], offset: number): ParseProblem | undefined {
  let low = 0;
  let high = problems.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((problems[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return problems[low];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
