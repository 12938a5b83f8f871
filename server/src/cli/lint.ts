import { type Analysis, type Judge, SEVERITIES } from '../judge.ts';
import type { LintArguments } from './arguments.ts';
import { readSources, type Source, type Tell } from './files.ts';
import { type Io, openOutput } from './io.ts';
import {
  type AnalysisReport,
  addTo,
  kindSentence,
  NOTHING,
  reportOf,
  type Summary,
  sentence,
  toJson,
} from './report.ts';
import { COLOURED, PLAIN, renderFinding, showName } from './text.ts';

/** Version of the JSON output; raised when something in it changes its meaning or goes away. */
const JSON_VERSION = 1;

/** More kinds than this are counted in the summary instead of told one by one. */
const MAX_KINDS_TOLD = 10;

/**
 * Judges files and prints what there is to say; the exit code is 0 or 1.
 * @param complain told of what cannot be read
 */
export async function lintFiles(
  asked: LintArguments,
  io: Io,
  judge: Judge,
  complain: (message: string) => void,
): Promise<0 | 1> {
  const note = (message: string): void => void io.stderr.write(`${message}\n`);
  const judged = judgeAll(asked, io, judge, { complain, note });
  const summary =
    asked.format === 'json' ? await printJson(judged, io, judge) : await printText(judged, asked, io, judge);
  return failsOn(asked.failOn, summary) ? 1 : 0;
}

/** True when a finding is at least as bad as what the run must fail on. */
export function failsOn(limit: LintArguments['failOn'], sum: Summary): boolean {
  if (limit === 'never') return false;
  const counts = [sum.errors, sum.warnings, sum.infos, sum.hints];
  return counts.slice(0, SEVERITIES.indexOf(limit) + 1).some((number) => number > 0);
}

interface Judged {
  readonly source: Source;
  readonly analysis: Analysis;
}

async function* judgeAll(asked: LintArguments, io: Io, judge: Judge, tell: Tell): AsyncGenerator<Judged> {
  for await (const source of readSources(asked.paths, io, tell)) {
    const { path, text } = source;
    const analysis = judge.analyze({ path, text, ...(asked.kind && { kind: asked.kind }) }, asked.settings);
    if (source.named && analysis.policies.length === 0 && analysis.findings.length === 0) {
      const advice = asked.kind ? '' : '; say --kind to judge it anyway';
      tell.note(`${showName(source.name)}: no IAM policy found${advice}`);
    }
    yield { source, analysis };
  }
}

async function printJson(all: AsyncIterable<Judged>, io: Io, judge: Judge): Promise<Summary> {
  const files: ({ readonly path: string } & AnalysisReport)[] = [];
  let sum = NOTHING;
  for await (const { source, analysis } of all) {
    files.push({ path: source.name, ...reportOf(judge, analysis) });
    sum = addTo(sum, analysis.policies.length, analysis.findings);
  }
  const { date, counts } = judge.catalogue;
  const catalogue = { date, services: counts.services, actions: counts.actions };
  const report = { version: JSON_VERSION, catalogue, files, summary: sum };
  await openOutput(io.stdout).write(`${toJson(report, 2)}\n`);
  return sum;
}

async function printText(all: AsyncIterable<Judged>, asked: LintArguments, io: Io, judge: Judge): Promise<Summary> {
  const out = openOutput(io.stdout);
  const paint = hasColour(asked, io) ? COLOURED : PLAIN;
  const told: string[] = [];
  const kinds = new Map<string, number>();
  let sum = NOTHING;
  for await (const { source, analysis } of all) {
    for (const finding of analysis.findings) {
      await out.write(`${renderFinding(judge, source.name, analysis, finding, paint)}\n`);
    }
    sum = addTo(sum, analysis.policies.length, analysis.findings);
    for (const { view, classification } of analysis.policies) {
      const line = judge.range(analysis, view.node.span).start.line + 1;
      const kind = kindSentence(classification);
      if (told.length <= MAX_KINDS_TOLD) {
        told.push(`${showName(source.name)}${analysis.policies.length > 1 ? `:${line}` : ''}: ${kind}`);
      }
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    if (out.closed) break;
  }
  if (!asked.quiet) {
    const counted = [...kinds].sort((a, b) => b[1] - a[1]).map(([kind, number]) => `${number} × ${kind}`);
    const lines = told.length <= MAX_KINDS_TOLD ? told : counted;
    await out.write(`${[...lines, sentence(sum)].join('\n')}\n`);
  }
  return sum;
}

/** https://no-color.org */
function hasColour(asked: LintArguments, io: Io): boolean {
  return !asked.noColor && !io.env.NO_COLOR && io.env.TERM !== 'dumb' && io.stdout.isTTY === true;
}
