import type { Analysis, Classification, Finding, Judge, Range, Severity } from '../judge.ts';

/** The machine-readable answers; `version` in the envelope is raised when any of this changes its meaning. */
export interface PolicyReport {
  readonly kind: string;
  /** For a resource policy, the service it belongs to, when it can be told. */
  readonly service: string | null;
  readonly form: string;
  readonly confidence: string;
  readonly evidence: readonly string[];
  readonly range: Range;
}

export interface FindingReport {
  readonly rule: string;
  readonly accessAnalyzer: readonly string[];
  readonly severity: Severity;
  readonly confidence: string;
  readonly persona: string;
  readonly message: string;
  /** Lines and UTF-16 characters from 0. */
  readonly range: Range;
  readonly fixes: readonly { readonly title: string; readonly effect: string }[];
}

export interface AnalysisReport {
  readonly policies: readonly PolicyReport[];
  readonly findings: readonly FindingReport[];
}

/** An analysis as plain data for machines. */
export function reportOf(judge: Judge, analysis: Analysis): AnalysisReport {
  return {
    policies: analysis.policies.map(({ view, classification }) => ({
      kind: classification.kind,
      service: classification.service,
      form: view.form,
      confidence: classification.confidence,
      evidence: classification.evidence.map(({ text }) => text),
      range: judge.range(analysis, view.node.span),
    })),
    findings: analysis.findings.map((finding) => ({
      rule: finding.rule,
      accessAnalyzer: finding.accessAnalyzer,
      severity: finding.severity,
      confidence: finding.confidence,
      persona: finding.persona,
      message: finding.message,
      range: judge.range(analysis, finding.span),
      fixes: finding.fixes().map(({ title, effect }) => ({ title, effect })),
    })),
  };
}

/** Characters that a terminal may obey and JSON need not escape; and what build servers take orders from. */
const OBEYED = /##|[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** JSON that can be shown anywhere. */
export function toJson(value: object, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(OBEYED, asEscape);
}

function asEscape(text: string): string {
  return (
    text.slice(0, -1) +
    `\\u${text
      .charCodeAt(text.length - 1)
      .toString(16)
      .padStart(4, '0')}`
  );
}

/** What a whole run came to. */
export interface Summary {
  readonly files: number;
  readonly policies: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

export const NOTHING: Summary = { files: 0, policies: 0, errors: 0, warnings: 0, infos: 0, hints: 0 };

const COUNTED = { error: 'errors', warning: 'warnings', info: 'infos', hint: 'hints' } as const;

export function addTo(sum: Summary, policies: number, findings: readonly Pick<Finding, 'severity'>[]): Summary {
  const next = { ...sum, files: sum.files + 1, policies: sum.policies + policies };
  for (const { severity } of findings) next[COUNTED[severity]]++;
  return next;
}

/** `2 files, 1 policy: 1 error, 3 warnings` */
export function sentence(sum: Summary): string {
  const counts = Object.values(COUNTED).flatMap((name) => (sum[name] > 0 ? [count(sum[name], name)] : []));
  return `${count(sum.files, 'files')}, ${count(sum.policies, 'policies')}: ${counts.join(', ') || 'nothing to report'}`;
}

function count(number: number, plural: string): string {
  return `${number} ${number === 1 ? plural.replace(/ies$/, 'y').replace(/s$/, '') : plural}`;
}

const KIND_NAMES: Readonly<Record<Classification['kind'], string>> = {
  identity: 'identity policy',
  trust: 'trust policy',
  resource: 'resource policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  'permissions-boundary': 'permissions boundary',
  session: 'session policy',
  'vpc-endpoint': 'VPC endpoint policy',
  unknown: 'policy of unknown kind',
  none: 'not a policy',
};

/** `resource policy of s3 (likely)` */
export function kindSentence({ kind, service, confidence }: Classification): string {
  return `${KIND_NAMES[kind]}${service === null ? '' : ` of ${service}`} (${confidence})`;
}
