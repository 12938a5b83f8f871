import { quote } from '../base/quote.ts';
import type { Span } from '../base/span.ts';
import { lengthStripped } from '../catalogue/quotas.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { Confidence, PolicyKind } from '../policy/kind.ts';
import type { PolicyView, Statement } from '../policy/model.ts';
import { type AnyRule, type Finding, PERSONAS, type Severity } from '../rules/define.ts';
import { createJsonWriter, type Writer } from '../syntax/json-writer.ts';
import type { ParseProblem, ValueNode } from '../syntax/tree.ts';
import { type ActiveRule, activeRules, type StatementRules, statementRules } from './active-rules.ts';
import type { AnalyzedFile, AnalyzedPolicy } from './analyze.ts';
import type { LintSettings } from './settings.ts';
import { move, type Verdict, type Verdicts } from './verdicts.ts';

export interface LintOptions {
  readonly rules: readonly AnyRule[];
  readonly catalogue: Catalogue;
  readonly settings: LintSettings;
  /** Told of each rule that throws, once for each policy; the others go on. */
  readonly onRuleError: (ruleId: string, error: unknown) => void;
}

/** What was found in a file, and what of it may be said again when the file is read anew. */
export interface Judgement {
  /** Sorted by place, then by rule. */
  readonly findings: readonly Finding[];
  readonly verdicts: Verdicts;
}

/**
 * Judges every policy of a file with every rule that applies.
 * @param earlier from an earlier text of the same file: statements that are still the same are not judged anew
 */
export function lint(file: AnalyzedFile, options: LintOptions, earlier?: Verdicts): Judgement {
  const rules = activeRules(options.rules, options.settings);
  const findings: Finding[] = [];
  const known = new Map<string, Map<string, Verdict>>();
  if (file.policies.length > 0 || isPolicyFile(file)) {
    new Context(file, undefined, options, findings).visit(rules('file'), [file.tree]);
  }
  for (const policy of file.policies) {
    const context = new Context(file, policy, options, findings);
    const ofStatement = statementRules(rules, context.kind);
    context.visit(rules('policy', context.kind), [policy.view]);
    context.visit(ofStatement.elements, [policy.view]);
    const circumstances = context.circumstances();
    const before = earlier?.rules === rules ? earlier.known.get(circumstances) : undefined;
    const verdicts = known.get(circumstances) ?? new Map<string, Verdict>();
    known.set(circumstances, verdicts);
    for (const statement of policy.view.statements) {
      // What is still being typed is judged anew each time: the same text may come to mean something else.
      if (context.isHalfTyped(statement.node)) {
        context.judge(statement, ofStatement);
        continue;
      }
      const { start, end } = statement.node.span;
      const text = file.input.text.slice(start, end);
      const verdict = before?.get(text);
      if (verdict) context.repeat(statement, verdict);
      verdicts.set(text, verdict ?? context.judge(statement, ofStatement));
    }
  }
  findings.sort((a, b) => a.span.start - b.span.start || compare(a.rule, b.rule) || a.span.end - b.span.end);
  return { findings, verdicts: { rules, known } };
}

/** An unreadable file is judged as JSON only where it was meant to be a policy. */
function isPolicyFile(file: AnalyzedFile): boolean {
  return file.input.languageId === 'iam-policy' || file.input.kind !== undefined;
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

/** What the rules are called with for one policy, one after the other: a `RuleContext` that knows which is at work. */
class Context {
  readonly catalogue: Catalogue;
  readonly kind: PolicyKind;
  readonly service: string | null;
  readonly certainty: Confidence;
  readonly report: (report: LooseReport) => void;
  readonly isHalfTyped: (node: ValueNode) => boolean;
  statement: Statement | undefined;
  readonly #file: AnalyzedFile;
  readonly #policy: AnalyzedPolicy | undefined;
  readonly #options: LintOptions;
  readonly #findings: Finding[];
  readonly #answers: boolean;
  /** The rules that threw, by id. */
  readonly #failed = new Set<string>();
  /** The rules that looked at more than the statement at hand, by id. */
  readonly #beyond = new Set<string>();
  #writer: Writer | undefined;
  #active: ActiveRule | undefined;

  constructor(file: AnalyzedFile, policy: AnalyzedPolicy | undefined, options: LintOptions, findings: Finding[]) {
    this.#file = file;
    this.#policy = policy;
    this.#options = options;
    this.#findings = findings;
    this.catalogue = options.catalogue;
    this.kind = policy?.classification.kind ?? 'none';
    this.service = policy?.classification.service ?? null;
    this.certainty = policy?.classification.confidence ?? 'certain';
    this.#answers = !policy || hasAnswers(policy.view, this.kind);
    this.report = (report) => {
      if (this.#active) this.#add(this.#active, report);
    };
    this.isHalfTyped = ({ span }) => {
      const first = firstFrom(file.tree.problems, span.start);
      return first !== undefined && first.span.start <= span.end;
    };
  }

  get policy(): PolicyView | undefined {
    if (this.#active) this.#beyond.add(this.#active.rule.id);
    return this.#policy?.view;
  }

  get write(): Writer {
    this.#writer ??= createJsonWriter(this.#file.tree);
    return this.#writer;
  }

  /** All that a verdict on a statement depends on, apart from its text. */
  circumstances(): string {
    return `${this.kind} ${this.service} ${this.certainty} ${this.#answers}`;
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
    this.#active = undefined;
  }

  judge(statement: Statement, rules: StatementRules): Verdict {
    const first = this.#findings.length;
    this.#beyond.clear();
    this.#visitStatement(statement, rules);
    for (const id of this.#failed) this.#beyond.add(id);
    const found = this.#findings.slice(first).filter(({ rule }) => !this.#beyond.has(rule));
    return {
      // Without its fixes, which would keep the whole file.
      found: found.map(({ fixes, ...finding }) => move(finding, -statement.node.span.start)),
      again: this.#beyond.size === 0 ? undefined : this.#choose((id) => this.#beyond.has(id)),
    };
  }

  /** Says of a statement what was said of the same one before. */
  repeat(statement: Statement, { found, again }: Verdict): void {
    const counts = new Map<string, number>();
    for (const finding of found) {
      const { rule } = finding;
      const nth = counts.get(rule) ?? 0;
      counts.set(rule, nth + 1);
      const fixes = () => this.#findAgain(statement, rule)[nth]?.fixes() ?? [];
      this.#findings.push({ ...move(finding, statement.node.span.start), fixes });
    }
    if (again) this.#visitStatement(statement, again);
  }

  /** What one rule finds in a statement, with fixes for the text as it is now. */
  #findAgain(statement: Statement, id: string): readonly Finding[] {
    const findings: Finding[] = [];
    const context = new Context(this.#file, this.#policy, this.#options, findings);
    context.#visitStatement(
      statement,
      this.#choose((one) => one === id),
    );
    return findings;
  }

  #choose(wanted: (id: string) => boolean): StatementRules {
    const active = activeRules(this.#options.rules, this.#options.settings);
    return statementRules((visit, kind) => active(visit, kind).filter(({ rule }) => wanted(rule.id)), this.kind);
  }

  #visitStatement(statement: Statement, rules: StatementRules): void {
    this.statement = statement;
    this.visit(rules.elements, [statement]);
    this.visit(rules.statement, [statement]);
    for (const { entries } of statement.principals) this.visit(rules.principal, entries);
    for (const { entries } of statement.actions) this.visit(rules.action, entries);
    for (const { entries } of statement.resources) this.visit(rules.resource, entries);
    this.visit(rules.condition, statement.conditions);
    this.statement = undefined;
  }

  #add({ rule, severity }: ActiveRule, report: LooseReport): void {
    const persona = report.persona ?? rule.persona;
    const shown = PERSONAS.indexOf(this.#options.settings.persona);
    if (severity === undefined && PERSONAS.indexOf(persona) > shown) return;
    // Where the kind is a guess, a flaw that depends on the kind is not certain either.
    const unsure = this.certainty === 'ambiguous' && rule.kinds !== 'all';
    const own = report.severity ?? rule.severity;
    this.#findings.push({
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
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => quote(String(data[name] ?? whole)));
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
