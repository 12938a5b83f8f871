import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '../../server/src/base/span.ts';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { mentionsIn } from '../../server/src/features/mentions.ts';
import type { Analysis, PolicySymbol } from '../../server/src/service.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { catalogue, service } from '../harness/data.ts';
import { createRandom, EXTREMES, mutate, POLICIES } from './texts.ts';

const PATH = 'policy.jsonc';

function inside(outer: Span, { start, end }: Span): void {
  assert.ok(outer.start <= start && start <= end && end <= outer.end, `${start}-${end}`);
}

function checkSymbols(outer: Span, symbols: readonly PolicySymbol[]): void {
  for (const { name, span, nameSpan, children } of symbols) {
    assert.notEqual(name, '');
    inside(outer, span);
    inside(span, nameSpan);
    checkSymbols(span, children);
  }
}

/** Asks all of navigation about a text, at some of its offsets. */
function probe(text: string, offsets: Iterable<number>): void {
  const analysis = service.analyze({ path: PATH, text });
  const all = { start: 0, end: text.length };
  checkSymbols(all, service.symbols(analysis));
  for (const { span } of service.foldings(analysis)) inside(all, span);
  for (const { span, target } of service.links(analysis)) {
    inside(all, span);
    assert.match(target, /^https:\/\/docs\.aws\.amazon\.com\//);
  }
  const workspace = service.createWorkspace();
  workspace.set('file:///team/a.json', analysis);
  workspace.symbols('a');
  workspace.names();
  for (const offset of offsets) {
    const spans = service.selections(analysis, offset);
    for (const [index, span] of spans.entries()) {
      inside(all, span);
      inside(span, { start: offset, end: offset });
      const outer = spans[index + 1];
      if (!outer) continue;
      inside(outer, span);
      assert.ok(outer.end - outer.start > span.end - span.start, 'a selection that does not grow');
    }
    for (const span of service.highlights(analysis, offset)) inside(all, span);
    const found = workspace.references(analysis, offset).length;
    assert.equal(found, service.highlights(analysis, offset).length, 'the workspace is this file');
    workspace.definitions('file:///team/a.json', analysis, offset);
    service.prepareRename(analysis, offset);
  }
}

test('every offset of every policy, whole and cut off there', () => {
  for (const policy of POLICIES) {
    probe(
      policy,
      Array.from({ length: policy.length + 1 }, (_, offset) => offset),
    );
    for (let length = 0; length < policy.length; length += 3) probe(policy.slice(0, length), [length, length >> 1]);
  }
});

test('300 texts with random damage', () => {
  const random = createRandom(20_121_017);
  for (let times = 0; times < 300; times++) {
    const text = mutate(random.pick(POLICIES), random);
    probe(
      text,
      Array.from({ length: 20 }, () => random.below(text.length + 1)),
    );
  }
});

test('extreme texts', () => {
  for (const text of Object.values(EXTREMES)) probe(text, [0, text.length >> 1, text.length]);
});

/** Renames everything that can be renamed, one after the other, and back again. */
function renameAll(analysis: Analysis, what: string): number {
  const { text } = analysis.input;
  const seen = new Set<string>();
  let count = 0;
  for (const { key, span } of mentionsIn(analysis, catalogue)) {
    if (seen.has(key)) continue;
    const renaming = service.prepareRename(analysis, span.start);
    if (!renaming?.ok || renaming.mention.key !== key) continue;
    const { mention } = renaming;
    seen.add(mention.key);
    const name = mention.kind === 'account' ? '987698769876' : 'zzznew1';
    if (service.refuseName(analysis, mention, name) !== undefined) continue;
    const edits = service.renameIn(analysis, mention, name);
    assert.ok(edits.length > 0, what);
    const after = service.analyze({ path: PATH, text: applyEdits(text, edits) });
    assert.deepEqual(after.tree.problems.length, analysis.tree.problems.length, `${what}: ${mention.text}`);
    const first = Math.min(...edits.map(({ span }) => span.start));
    const back = service.prepareRename(after, first);
    assert.ok(back?.ok, `${what}: ${mention.text} cannot be renamed back`);
    // What was written as a number comes back as a string.
    if (!mentionsNumber(text)) {
      assert.equal(applyEdits(after.input.text, service.renameIn(after, back.mention, mention.text)), text, what);
    }
    count += 1;
  }
  return count;
}

const mentionsNumber = (text: string): boolean => /:\s*\d{12}\b/.test(text);

test('a rename changes nothing else, and renaming back gives the text again', () => {
  let count = 0;
  for (const [index, text] of POLICIES.entries()) {
    count += renameAll(service.analyze({ path: PATH, text }), `policy ${index}`);
  }
  for (const { name, text } of readManagedPolicies().filter((_, index) => index % 8 === 0)) {
    count += renameAll(service.analyze({ path: PATH, text }), name);
  }
  assert.ok(count > 500, `only ${count} names`);
});
