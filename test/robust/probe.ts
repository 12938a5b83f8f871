import assert from 'node:assert/strict';
import { applyEdits, type TextEdit } from '../../server/src/base/text-edit.ts';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { POLICY_KINDS, type PolicyKind } from '../../server/src/policy/kind.ts';
import type { Analysis, FileInput } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';
import { createRandom } from './texts.ts';

// The most fixes tried out on one text: each one makes a text of its own.
const MAX_FIXES = 12;

// At how many places of one text a hover and the like are asked for.
const OFFSETS = 3;

const SETTINGS = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;
const EDITOR = { ...DEFAULT_EDITOR_SETTINGS, accounts: { '111122223333': 'Production' } };
export const KINDS: readonly (PolicyKind | undefined)[] = [undefined, ...POLICY_KINDS];

/** Asks everything the engine can be asked about a text, and holds the answers against what must always be true. */
export function probe(text: string, index: number): Analysis {
  const kind = KINDS[index % KINDS.length];
  const path = index % 3 === 0 ? 'policy.jsonc' : index % 7 === 0 ? '' : 'trust/policy.json';
  const input: FileInput = { path, text, ...(kind && { kind }) };
  const analysis = service.analyze(input, SETTINGS);
  const inside = (span: { readonly start: number; readonly end: number }, what: string): void => {
    assert.ok(
      0 <= span.start && span.start <= span.end && span.end <= text.length,
      `${what}: ${span.start}-${span.end}`,
    );
  };
  for (const { span, code } of analysis.tree.problems) inside(span, code);
  for (const { view, classification } of analysis.policies) {
    inside(view.node.span, 'policy');
    for (const { span } of classification.evidence) if (span) inside(span, 'evidence');
  }
  let last = 0;
  for (const { rule, span, related, message } of analysis.findings) {
    inside(span, rule);
    for (const one of related) inside(one.span, `${rule}, related`);
    assert.ok(span.start >= last, `${rule} is out of order`);
    assert.ok(message.length > 0, rule);
    last = span.start;
  }
  const fixes = analysis.findings
    .slice(0, MAX_FIXES)
    .flatMap((finding) => finding.fixes().map((fix) => ({ fix, rule: finding.rule })));
  const keepsParsing = (edits: readonly TextEdit[], what: string): void => {
    const after = applyEdits(text, edits);
    if (analysis.tree.problems.length > 0 || edits.length === 0) return;
    assert.deepEqual(service.analyze({ ...input, text: after }, SETTINGS).tree.problems, [], `after ${what}: ${after}`);
  };
  for (const { fix, rule } of fixes) keepsParsing(fix.edits, `${rule}: ${fix.title}`);
  for (const lens of service.lenses(analysis, EDITOR.lens)) {
    inside(lens.span, 'lens');
    assert.match(service.sayLens(lens), /^.{1,400}$/);
  }
  let end = 0;
  for (const { start, end: next, type } of service.tokens(analysis)) {
    inside({ start: end, end: start }, `${type}, after the one before it`);
    inside({ start, end: next }, type);
    end = next;
  }
  for (const { offset, label } of service.hints(analysis, { start: 0, end: text.length }, EDITOR)) {
    inside({ start: offset, end: offset }, label);
    assert.match(label, /^.{1,100}$/);
  }
  const random = createRandom(index);
  for (let times = 0; times < OFFSETS; times++) {
    const offset = random.below(text.length + 1);
    const hover = service.hover(analysis, offset);
    if (hover) inside(hover.span, 'hover');
    const list = service.complete(analysis, offset);
    if (list) inside(list.span, 'completion');
    for (const { title, edits } of service.rewritesAt(analysis, { start: offset, end: offset })) {
      keepsParsing(edits, title);
    }
  }
  if (text.length < 10_000) {
    keepsParsing(service.fixAll(analysis).edits, 'fix all');
    keepsParsing(service.format(analysis, { tabSize: 2, insertSpaces: true }), 'format');
  }
  return analysis;
}

/** Says which text it was when one fails. */
export function probeAll(texts: Iterable<string>): void {
  let index = 0;
  for (const text of texts) {
    try {
      probe(text, index);
    } catch (error) {
      throw new Error(
        `${error} in text ${index}, kind ${KINDS[index % KINDS.length]}: ${JSON.stringify(text.slice(0, 3000))}`,
        { cause: error },
      );
    }
    index++;
  }
}
