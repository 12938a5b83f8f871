import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { parseKindSetting } from '../../server/src/lint/settings.ts';
import type { Finding } from '../../server/src/rules/define.ts';
import { type Analysis, type Rewrite, titleOf } from '../../server/src/service.ts';
import type { Case } from './cases.ts';
import { service } from './data.ts';
import { assertEffect, oracle, serviceOf } from './fixes.ts';

export interface Offered {
  readonly analysis: Analysis;
  readonly offers: readonly Rewrite[];
}

/** Reads a text as the options of a case say. */
export function analyzeText(text: string, { kind: word, file = 'policy.json' }: Case['options']): Analysis {
  const kind = word === undefined ? undefined : parseKindSetting(word);
  return service.analyze({ path: file, text, ...(kind && { kind }) });
}

/** What is offered at the `|` of a text, or between two of them. */
export function rewritesAt(marked: string, options: Case['options'] = {}): Offered {
  const [before = '', selected = '', ...after] = marked.split('|');
  const start = before.length;
  const cursor = after.length === 0;
  const analysis = analyzeText(marked.replaceAll('|', ''), options);
  return { analysis, offers: service.rewritesAt(analysis, { start, end: cursor ? start : start + selected.length }) };
}

/** The same text as people on other systems write it: other line ends, tabs, a byte order mark. */
export const SPELLINGS: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with tabs': (text) => text.replace(/^ +/gm, (blanks) => '\t'.repeat(blanks.length / 2)),
  'with a byte order mark': (text) => `\ufeff${text}`,
};

/**
 * Applies a rewrite and holds what is true of all of them: something changes, the text parses as before, no finding that
 * is an error is new, no comment is lost, and nothing is indented with what is not used in the text.
 */
export function applyRewrite({ input, tree, findings }: Analysis, rewrite: Rewrite, options: Case['options']): string {
  const after = applyEdits(input.text, rewrite.edits);
  const name = `after '${titleOf(rewrite)}':\n${after}`;
  assert.notEqual(after, input.text, `nothing changes ${name}`);
  const again = analyzeText(after, options);
  if (tree.problems.length === 0) assert.deepEqual(again.tree.problems, [], `does not parse ${name}`);
  // What is too long as it stands, and said to be, may become a little longer.
  const isKnown = ({ severity, rule }: Finding): boolean => severity === 'error' || rule === 'policy-size';
  const known = new Set(findings.filter(isKnown).map(({ rule }) => rule));
  const fresh = again.findings.filter(({ severity, rule }) => severity === 'error' && !known.has(rule));
  assert.deepEqual(
    fresh.map(({ rule, message }) => `${rule}: ${message}`),
    [],
    `a new error ${name}`,
  );
  // What goes to a file of its own is not lost.
  if (!rewrite.newFile && tree.problems.length === 0) {
    assertEffect(rewrite.effect, oracle.compare(input.text, after, serviceOf(again)), name);
  }
  const everywhere = after + (rewrite.newFile?.text ?? '');
  for (const comment of commentsOf(input.text)) {
    assert.ok(everywhere.includes(comment), `the comment ${comment} is lost ${name}`);
  }
  if (!/^ +/m.test(input.text) && /^\t/m.test(input.text)) assert.doesNotMatch(everywhere, /^ /m, name);
  if (input.text.includes('\r\n')) assert.doesNotMatch(everywhere, /(?<!\r)\n/, name);
  return after;
}

function commentsOf(text: string): readonly string[] {
  return (text.match(/"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g) ?? []).filter((one) => one.startsWith('/'));
}
