// npm run accuracy [-- [label=]folder-or-file …]: what the rules find in the AWS managed policies and in other
// policies that people use, as numbers, into docs/accuracy.md. A file holds one policy (.json), or one line for each
// {kind, policy[, live]} (.ndjson), where `live` is what IAM Access Analyzer itself found. Fails on an error of no
// class of explained.ts.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DEFAULT_SETTINGS, type KindSetting, parseKindSetting } from '../../server/src/lint/settings.ts';
import { SEVERITIES, type Severity } from '../../server/src/rules/define.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Analysis } from '../../server/src/service.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { service } from '../harness/data.ts';
import { EXPLAINED_CLASSES, EXPLAINED_DIFFERENCES } from './explained.ts';

const PAGE = join(__dirname, '../../docs/accuracy.md');

interface Sample {
  /** The column it is counted in. */
  readonly group: string;
  readonly name: string;
  readonly kind: KindSetting | undefined;
  readonly text: string;
  /** Checks of IAM Access Analyzer that found something. */
  readonly live?: ReadonlySet<string>;
}

interface Line {
  readonly kind?: string;
  readonly policy: unknown;
  readonly source?: string;
  readonly path?: string;
  readonly live?: readonly { readonly check: string }[];
}

const GROUPS: Readonly<Record<string, string>> = {
  identity: 'identity',
  'permissions-boundary': 'identity',
  session: 'identity',
  trust: 'trust',
  resource: 'resource',
  scp: 'SCP',
  rcp: 'RCP',
  'vpc-endpoint': 'VPC endpoint',
};

function listFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => (name === 'node_modules' ? [] : listFiles(join(path, name))))
    .filter((file) => /\.(nd)?json$/.test(file));
}

function readSamples(argument: string): readonly Sample[] {
  const named = /^([^=/\\]+)=(.+)$/.exec(argument);
  const path = named?.[2] ?? argument;
  if (!existsSync(path)) throw new Error(`There is no ${path}.`);
  const label = named?.[1] ?? basename(path);
  return listFiles(path).flatMap((file): readonly Sample[] => {
    const text = readFileSync(file, 'utf8');
    if (!file.endsWith('.ndjson')) {
      const seen = service.analyze({ path: file, text }).policies[0]?.classification.kind;
      return [{ group: groupOf(label, seen), name: basename(file), kind: undefined, text }];
    }
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => readLine(label, JSON.parse(line) as Line));
  });
}

function readLine(label: string, { kind = '', policy, source, path, live }: Line): Sample {
  const setting = kind === 'aws-managed' ? 'identity' : parseKindSetting(kind.replace(/:.*\/.*$/, ''));
  return {
    group: groupOf(label, setting),
    name: `${source ?? ''} ${path ?? ''}`,
    kind: setting,
    text: JSON.stringify(policy, null, 2),
    ...(live && { live: new Set(live.map(({ check }) => check)) }),
  };
}

function groupOf(label: string, kind: string | undefined): string {
  return `${label}: ${GROUPS[kind?.split(':')[0] ?? ''] ?? 'other'}`;
}

function judge({ kind, text }: Sample, persona: 'regular' | 'auditor' = 'regular'): Analysis['findings'] {
  return service.analyze({ path: '', text, ...(kind && { kind }) }, { ...DEFAULT_SETTINGS, persona }).findings;
}

/** Adds one to a count of counts. */
function count<Key>(counts: Map<Key, Map<string, number>>, key: Key, column: string): void {
  const row = counts.get(key) ?? new Map<string, number>();
  counts.set(key, row.set(column, (row.get(column) ?? 0) + 1));
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map((_, index) => (typeof rows[0]?.[index] === 'number' ? '--:' : '---')).join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
  '',
];

function renderFindings(samples: readonly Sample[]): { readonly lines: readonly string[]; readonly strange: string[] } {
  const sizes = new Map<string, number>();
  const bySeverity = new Map<Severity, Map<string, number>>();
  const byRule = new Map<string, Map<string, number>>();
  const byClass = new Map<(typeof EXPLAINED_CLASSES)[number], Map<string, number>>();
  const clean = new Map<string, number>();
  const strange: string[] = [];
  for (const sample of samples) {
    const { group } = sample;
    sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const findings = judge(sample);
    if (findings.every(({ severity }) => severity !== 'error')) clean.set(group, (clean.get(group) ?? 0) + 1);
    for (const { rule, severity, message } of findings) {
      count(bySeverity, severity, group);
      count(byRule, `${severity}|${rule}`, group);
      if (severity !== 'error') continue;
      const known = EXPLAINED_CLASSES.find((one) => one.rule === rule && message.includes(one.says));
      if (known) count(byClass, known, group);
      else strange.push(`${sample.name}: ${rule}: ${message}`);
    }
  }
  const groups = [...sizes.keys()];
  const cells = (row: ReadonlyMap<string, number> | undefined) => groups.map((group) => row?.get(group) ?? 0);
  const ruleRows = SEVERITIES.flatMap((severity) =>
    RULES.map(({ id }) => [id, severity, byRule.get(`${severity}|${id}`)] as const)
      .filter(([, , row]) => row !== undefined)
      .map(([id, , row]) => [`[${id}](rules/${id}.md)`, severity, ...cells(row)]),
  );
  const lines = [
    ...table(
      ['', ...groups],
      [
        ['policies', ...cells(sizes)],
        ['without any error', ...cells(clean)],
        ...SEVERITIES.map((severity) => [`findings: ${severity}`, ...cells(bySeverity.get(severity))]),
      ],
    ),
    '## The errors',
    '',
    ...(byClass.size === 0 ? ['None.', ''] : []),
    ...(byClass.size > 0
      ? table(
          ['Rule', 'Findings', 'What they are'],
          [...byClass].map(([one, row]) => [
            `[${one.rule}](rules/${one.rule}.md)`,
            [...row.values()].reduce((sum, value) => sum + value, 0),
            one.why,
          ]),
        )
      : []),
    '## Findings by rule',
    '',
    'Rules that are not listed found nothing.',
    '',
    ...table(['Rule', 'Severity', ...groups], ruleRows),
  ];
  return { lines, strange };
}

/** Compares our findings with what IAM Access Analyzer itself said, one count for a check in a policy. */
function renderAgreement(samples: readonly Sample[]): readonly string[] {
  const judged = samples.filter(({ live }) => live !== undefined);
  if (judged.length === 0) return [];
  const counts = new Map<string, Map<string, number>>();
  for (const sample of judged) {
    const ours = new Set(judge(sample, 'auditor').flatMap(({ accessAnalyzer }) => accessAnalyzer));
    const theirs = sample.live ?? new Set<string>();
    for (const check of new Set([...ours, ...theirs])) {
      count(counts, check, !theirs.has(check) ? 'ours' : ours.has(check) ? 'both' : 'theirs');
    }
  }
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return [
    '## Agreement with IAM Access Analyzer',
    '',
    `Of ${judged.length} AWS managed policies it is known what IAM Access Analyzer said of them in March 2026. Counted is each check once for a policy; ours are those for reviewers (\`auditor\`). Our reference data is newer, so names that were unknown then are known now, and the reverse. Of policies of more than 50,000 characters it said nothing at all, so our findings there name no check.`,
    '',
    ...table(
      ['Check', 'both', 'only IAM Access Analyzer', 'only we', 'Why'],
      rows.map(([check, row]) => {
        const theirs = row.get('theirs') ?? 0;
        const ours = row.get('ours') ?? 0;
        const why = theirs + ours > 0 ? (EXPLAINED_DIFFERENCES[check] ?? '') : '';
        return [`\`${check}\``, row.get('both') ?? 0, theirs, ours, why];
      }),
    ),
  ];
}

const managed = readManagedPolicies().map(
  ({ name, text }): Sample => ({ group: 'AWS managed policies', name, kind: 'identity', text }),
);
const named = process.argv.slice(2).flatMap(readSamples);
const { lines, strange } = renderFindings([...managed, ...named.filter(({ live }) => live === undefined)]);
writeFileSync(
  PAGE,
  [
    '<!-- Written by `npm run accuracy`; do not edit. -->',
    '# Accuracy',
    '',
    'What the rules find in policies that people use. AWS accepted all of its own managed policies; most of the others were deployed or published as examples, with test data among them. An error on any of them is suspect, so each class of errors is explained.',
    '',
    ...lines,
    ...renderAgreement(named),
  ].join('\n'),
);
console.log(`docs/accuracy.md: ${managed.length + named.length} policies, ${strange.length} unexplained errors`);
for (const line of strange) console.log(`  ${line}`);
process.exitCode = strange.length > 0 ? 1 : 0;
