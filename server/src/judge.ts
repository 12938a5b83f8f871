import { type Range, rangeOf } from './base/lines.ts';
import { messageOf } from './base/message-of.ts';
import type { Catalogue } from './catalogue/types.ts';
import { type AnalyzedFile, analyze, type FileInput } from './lint/analyze.ts';
import { lint } from './lint/engine.ts';
import { DEFAULT_SETTINGS, type LintSettings } from './lint/settings.ts';
import type { Verdicts } from './lint/verdicts.ts';
import type { AnyRule, Finding } from './rules/define.ts';
import { RULES } from './rules/index.ts';

// What the command line needs to name; it imports nothing below this façade.
export type { Range } from './base/lines.ts';
export { openCatalogue } from './catalogue/catalogue.ts';
export { nearest } from './catalogue/suggest.ts';
export { titleOf } from './features/code-actions.ts';
export type { AnalyzedPolicy, FileInput } from './lint/analyze.ts';
export { DEFAULT_SETTINGS, type KindSetting, type LintSettings, parseKindSetting } from './lint/settings.ts';
export { type Classification, POLICY_KINDS, type PolicyKind } from './policy/kind.ts';
export {
  type AnyRule,
  type Finding,
  type Fix,
  PERSONAS,
  type Persona,
  SEVERITIES,
  type Severity,
} from './rules/define.ts';

/** What the hosts hand in: all that the engine may know of the outside. */
export interface Runtime {
  readonly catalogue: Catalogue;
  /** Told what went wrong inside, once for each cause, with what was thrown. */
  readonly log: (message: string, error: unknown) => void;
  /** The rules to judge with; all of them unless told otherwise. */
  readonly rules?: readonly AnyRule[];
}

/** A file that has been read; findings are computed on first need and kept. */
export interface Analysis extends AnalyzedFile {
  readonly settings: LintSettings;
  readonly findings: readonly Finding[];
}

/** The part of the engine that reads and judges, without what only an editor asks for: it starts sooner. */
export interface Judge {
  readonly catalogue: Catalogue;
  readonly rules: readonly AnyRule[];
  /**
   * Reads a text. Never throws, whatever the text.
   * @param previous of an earlier text of the same file: what has not changed since is not judged anew
   */
  analyze(input: FileInput, settings?: LintSettings, previous?: Analysis): Analysis;
  /** The line and character range of a span of the analysed text. */
  range(analysis: AnalyzedFile, span: { readonly start: number; readonly end: number }): Range;
}

export function createJudge({ catalogue, log, rules = RULES }: Runtime): Judge {
  const tellOnce = oncePerMessage(log);
  // Classification must go on when the reference data cannot be opened.
  const rcp = {
    isRcpService: (prefix: string): boolean => {
      try {
        return catalogue.isRcpService(prefix);
      } catch (error) {
        tellOnce(messageOf(error), error);
        return false;
      }
    },
  };
  const onRuleError = (id: string, error: unknown): void =>
    tellOnce(isCatalogueError(error) ? messageOf(error) : `Rule ${id} failed: ${messageOf(error)}`, error);
  const verdicts = new WeakMap<Analysis, Verdicts>();
  return {
    catalogue,
    rules,
    analyze(input, settings = DEFAULT_SETTINGS, previous = undefined) {
      const file = analyze(input, settings, rcp);
      const earlier = previous && verdicts.get(previous);
      let findings: readonly Finding[] | undefined;
      const analysis: Analysis = {
        ...file,
        settings,
        get findings() {
          if (findings) return findings;
          const judgement = lint(file, { rules, catalogue, settings, onRuleError }, earlier);
          verdicts.set(analysis, judgement.verdicts);
          findings = judgement.findings;
          return findings;
        },
      };
      if (earlier) verdicts.set(analysis, earlier);
      return analysis;
    },
    range: (analysis, span) => rangeOf(analysis.lines, span),
  };
}

/** A log that hears each message once. */
export function oncePerMessage(log: Runtime['log']): Runtime['log'] {
  const told = new Set<string>();
  return (message, error) => {
    if (told.has(message)) return;
    told.add(message);
    log(message, error);
  };
}

/** Whether the reference data cannot be read, which is no flaw of the code. */
export function isCatalogueError(error: unknown): boolean {
  return error instanceof Error && error.name === 'CatalogueError';
}
