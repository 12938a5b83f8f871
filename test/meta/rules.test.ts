import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Example } from '../../server/src/rules/define.ts';
import { RULES } from '../../server/src/rules/index.ts';
import type { Analysis } from '../../server/src/service.ts';
import { exampleText } from '../../server/tools/build-docs.ts';
import { currentRuleIndex } from '../../server/tools/build-rules.ts';
import { readCases } from '../harness/cases.ts';
import { service } from '../harness/data.ts';
import { unmark } from '../harness/markers.ts';
import { analyzeCase } from '../harness/rule-cases.ts';

const ROOT = join(__dirname, '../..');
const RULE_FILES = join(ROOT, 'server/src/rules');

test('the list of rules is fresh', () => {
  assert.equal(normalise(readFileSync(join(RULE_FILES, 'index.ts'), 'utf8')), normalise(currentRuleIndex()));
});

/** The formatter may sort imports its own way. */
function normalise(text: string): string {
  return text.split('\n').sort().join('\n');
}

test('a rule is named after its file', () => {
  const files = readdirSync(RULE_FILES).filter((file) => !['define.ts', 'index.ts'].includes(file));
  assert.deepEqual(
    RULES.map(({ id }) => `${id}.ts`),
    files.sort(),
  );
});

function analyzeExample(example: Example): Analysis {
  return service.analyze(
    { path: 'policy.json', text: exampleText(example), ...(example.kind && { kind: example.kind }) },
    { ...DEFAULT_SETTINGS, persona: example.persona ?? 'regular' },
  );
}

for (const rule of RULES) {
  describe(rule.id, () => {
    test('its bad example is found', () => {
      const analysis = analyzeExample(rule.docs.examples.bad);
      assert.ok(analysis.findings.some((finding) => finding.rule === rule.id));
    });

    test('its good example is clean', () => {
      const loud = analyzeExample(rule.docs.examples.good).findings.filter(
        ({ rule: id, severity }) => id === rule.id || severity === 'error' || severity === 'warning',
      );
      assert.deepEqual(
        loud.map((finding) => `${finding.rule}: ${finding.message}`),
        [],
      );
    });

    test('it has cases that are found and cases that are not', () => {
      const path = join(ROOT, 'test/rules', `${rule.id}.txt`);
      assert.ok(existsSync(path), `no test/rules/${rule.id}.txt`);
      const found = readCases(path).map((one) =>
        analyzeCase(one, unmark(one.marked)).findings.filter((finding) => finding.rule === rule.id),
      );
      assert.ok(
        found.some((findings) => findings.length > 0),
        'no case in which it speaks',
      );
      assert.ok(
        found.some((findings) => findings.length === 0),
        'no case in which it is silent',
      );
    });

    test('each of its messages is said in a case', () => {
      const path = join(ROOT, 'test/rules', `${rule.id}.txt`);
      const said = readCases(path).flatMap((one) =>
        analyzeCase(one, unmark(one.marked))
          .findings.filter((finding) => finding.rule === rule.id)
          .map(({ message }) => message),
      );
      const silent = Object.entries(rule.messages).filter(([, text]) => !said.some((message) => fits(message, text)));
      assert.deepEqual(
        silent.map(([id]) => id),
        [],
      );
    });

    test('it offers the fix that it declares', () => {
      const path = join(ROOT, 'test/rules', `${rule.id}.txt`);
      const fixes = readCases(path).flatMap((one) =>
        analyzeCase(one, unmark(one.marked))
          .findings.filter((finding) => finding.rule === rule.id)
          .flatMap((finding) => finding.fixes()),
      );
      assert.equal(fixes.length > 0, typeof rule.fix === 'string', 'declared and offered fixes disagree');
      for (const fix of fixes) {
        assert.ok(!fix.preferred || fix.effect !== 'widens', `'${fix.title}' widens access and is preferred`);
      }
    });

    test('it refers to AWS documentation', () => {
      assert.ok(rule.docs.references.length > 0);
      for (const url of rule.docs.references) assert.match(url, /^https:\/\/docs\.aws\.amazon\.com\/|^https:\/\//);
    });
  });
}

/** Was a message made from this template? Placeholders stand for any text. */
function fits(message: string, template: string): boolean {
  let at = 0;
  const parts = template.split(/\{\w+\}/);
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (message.startsWith(part) ? 0 : -1) : message.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return template.endsWith('}') || message.endsWith(parts.at(-1) ?? '');
}
