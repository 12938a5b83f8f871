import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import type { KindSetting } from '../../server/src/lint/settings.ts';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { type Fix, PERSONAS } from '../../server/src/rules/define.ts';
import type { Analysis } from '../../server/src/service.ts';
import { type Case, readCases } from './cases.ts';
import { service } from './data.ts';
import { checkEveryFix } from './fixes.ts';
import { mark, unmark } from './markers.ts';

/** Runs a text through all rules as a case asks for it. */
export function analyzeCase(one: Pick<Case, 'options'>, text: string): Analysis {
  const { kind, file, language, persona } = one.options;
  return service.analyze(
    {
      path: file ?? 'policy.json',
      text,
      ...(language && { languageId: language }),
      ...(kind && { kind: kind as KindSetting }),
    },
    { ...DEFAULT_SETTINGS, persona: PERSONAS.find((name) => name === persona) ?? 'regular' },
  );
}

/** Declares one test for each case of a file of marked policies. */
export function testRuleCases(path: string): void {
  for (const one of readCases(path)) {
    test(one.title, () => {
      const text = unmark(one.marked);
      const analysis = analyzeCase(one, text);
      assert.equal(mark(analysis), one.marked, `${path}:${one.line}`);
      for (const expected of one.fixed) {
        const fix = findFix(analysis, expected.title);
        assert.ok(fix, `${path}:${one.line}: no fix${expected.title ? ` '${expected.title}'` : ''}`);
        const after = applyEdits(text, fix.edits);
        assert.equal(after, expected.text, `${path}:${one.line}: ${fix.title}`);
      }
      checkEveryFix(analysis.input);
    });
  }
}

function findFix(analysis: Analysis, title: string | undefined): Fix | undefined {
  const fixes = analysis.findings.flatMap((finding) => finding.fixes());
  return title === undefined ? fixes[0] : fixes.find((fix) => fix.title === title);
}
