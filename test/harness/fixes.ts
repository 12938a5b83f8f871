import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Finding, Fix, FixEffect } from '../../server/src/rules/define.ts';
import type { Analysis, FileInput } from '../../server/src/service.ts';
import { catalogue, service } from './data.ts';
import { type Change, createOracle } from './oracle/oracle.ts';

/** All that is found, for whoever. */
const SETTINGS = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;

/** More preferred fixes than this, one after the other, and they go in circles. */
const MOST_STEPS = 1_000;

export interface Options {
  /** The text holds several flaws, one hidden by another: what comes to light is not the doing of a fix. */
  readonly manyFlaws?: boolean;
}

/** How many fixes were tried, how many were held against the oracle, and in how many of those it saw a change. */
export interface Counts {
  fixes: number;
  compared: number;
  changed: number;
}

export const oracle = createOracle(catalogue);

/**
 * Tries every fix of every finding of a text and holds what is true of all of them: the text still parses, the finding
 * is gone, no error is new, the same fix is not offered for it again, access becomes what the fix says, and fix after
 * fix comes to an end. A placeholder is taken for what stands there: a name like any other.
 */
export function checkEveryFix(input: FileInput, options: Options = {}): Counts {
  const before = service.analyze(input, SETTINGS);
  const counts = { fixes: 0, compared: 0, changed: 0 };
  for (const finding of before.findings) {
    for (const fix of finding.fixes()) {
      const after = service.analyze({ ...input, text: applyEdits(input.text, fix.edits) }, SETTINGS);
      const name = `after '${fix.title}' (${finding.rule}: ${finding.message})\n${after.input.text}`;
      checkFix(finding, fix, before, after, options, name);
      counts.fixes++;
      // Of a text that is broken, or has a name twice, nobody can say what it allowed.
      if (fix.effect === 'unknown' || before.tree.problems.length > 0 || hasTwice(before)) continue;
      const change = oracle.compare(input.text, after.input.text, serviceOf(before));
      assertEffect(fix.effect, change, name);
      counts.compared++;
      if (change.lost ?? change.won) counts.changed++;
    }
  }
  if (!options.manyFlaws) checkEnd(input);
  return counts;
}

function checkFix(finding: Finding, fix: Fix, before: Analysis, after: Analysis, options: Options, name: string): void {
  assert.notEqual(after.input.text, before.input.text, `nothing changes ${name}`);
  if (before.tree.problems.length === 0) assert.deepEqual(after.tree.problems, [], `does not parse ${name}`);
  const same = ({ findings }: Analysis) =>
    findings.filter(({ rule, message }) => rule === finding.rule && message === finding.message);
  assert.ok(same(after).length < same(before).length, `the finding stays ${name}`);
  const offers = (analysis: Analysis) =>
    same(analysis).flatMap((one) => one.fixes().filter(({ title }) => title === fix.title));
  assert.ok(offers(after).length < offers(before).length, `offered again ${name}`);
  if (options.manyFlaws) return;
  const known = new Map<string, number>();
  for (const { rule } of before.findings) known.set(rule, (known.get(rule) ?? 0) + 1);
  const isSplit = countStatements(after) > countStatements(before);
  const told = new Set(before.findings.map(shapeOf));
  // Both halves of a statement have the flaws that it had.
  const errors = after.findings.filter((one) => one.severity === 'error' && !(isSplit && told.has(shapeOf(one))));
  const fresh = errors.filter(({ rule }) => errors.filter((one) => one.rule === rule).length > (known.get(rule) ?? 0));
  assert.deepEqual(
    fresh.map(({ rule, message }) => `${rule}: ${message}`),
    [],
    `a new error ${name}`,
  );
}

function countStatements({ policies }: Analysis): number {
  return policies.reduce((sum, { view }) => sum + view.statements.length, 0);
}

/** What a finding says, whatever it says it of. */
function shapeOf({ rule, message }: Finding): string {
  return `${rule} ${message.replace(/'[^']*'/g, "''")}`;
}

/** A fix that narrows or widens may change nothing that is seen: another statement may say the same. */
export function assertEffect(effect: FixEffect, { lost, won }: Change, name: string): void {
  if (effect === 'unknown') return;
  if (effect !== 'narrows') assert.equal(lost, undefined, `${effect}, but this is lost ${name}`);
  if (effect !== 'widens') assert.equal(won, undefined, `${effect}, but this is won ${name}`);
}

/** The service whose resource a resource policy is attached to. */
export function serviceOf({ policies }: Analysis): string | null | undefined {
  return policies.length === 1 ? policies[0]?.classification.service : undefined;
}

function hasTwice({ findings }: Analysis): boolean {
  return findings.some(({ rule }) => rule === 'element-duplicate');
}

/** Preferred fixes taken one after the other come to an end, and so do those that are made all at once. */
function checkEnd(input: FileInput): void {
  const all = (text: string) => service.fixAll(service.analyze({ ...input, text }, SETTINGS));
  const done = applyEdits(input.text, all(input.text).edits);
  assert.deepEqual(all(done), { edits: [], fixes: 0 }, `all fixed, and not done: ${done}`);
  let { text } = input;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { findings } = service.analyze({ ...input, text }, SETTINGS);
    const fix = findings.flatMap((finding) => finding.fixes()).find(({ preferred }) => preferred);
    if (!fix) return;
    text = applyEdits(text, fix.edits);
  }
  assert.fail(`the preferred fixes go in circles: ${text}`);
}
