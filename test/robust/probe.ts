import assert from 'node:assert/strict';
import { plainSnippet } from '../../server/src/base/snippet.ts';
import type { Span } from '../../server/src/base/span.ts';
import { applyEdits, type TextEdit } from '../../server/src/base/text-edit.ts';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { POLICY_KINDS, type PolicyKind } from '../../server/src/policy/kind.ts';
import type { Analysis, CompletionList, FileInput, Finding, PolicySymbol } from '../../server/src/service.ts';
import { service as engine } from '../harness/data.ts';
import { probeStart } from './probe-start.ts';
import { createRandom, type Random } from './texts.ts';

// The most fixes tried out on one text: each one makes a text of its own.
const MAX_FIXES = 12;

// At how many places of one text a hover and the like are asked for.
const OFFSETS = 3;

// How many of a list of completions are inserted.
const TRIED = 4;

// Longer texts are read once.
const LONGEST_REREAD = 20_000;

const TYPED = ['', 'x', '*', '"', ',', '}', ' ', '\n', '{ "Effect": "Deny" },'] as const;

/** Below this, what changes the whole text is tried out as well. */
const SHORT = 10_000;

/** How many of a list of tooltips are read. */
const READ = 5;

/** What the engine and its workspaces have been asked so far: a test holds that nothing is left out. */
export const ASKED = new Set<string>();

function watch<Thing extends object>(thing: Thing): Thing {
  return new Proxy(thing, {
    get(target, name) {
      ASKED.add(String(name));
      return Reflect.get(target, name);
    },
  });
}

const service = watch(engine);

const URI = 'file:///team/policy.json';

const SETTINGS = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;
const EDITOR = { ...DEFAULT_EDITOR_SETTINGS, accounts: { '111122223333': 'Production' } };
export const KINDS: readonly (PolicyKind | undefined)[] = [undefined, ...POLICY_KINDS];

/**
 * Asks everything the engine can be asked about a text, and holds the answers against what must always be true.
 * @param index decides the kind, the name of the file, and what else is left to chance
 * @param places the offsets to ask at; a few by chance where none are named
 */
export function probe(text: string, index: number, places?: Iterable<number>): Analysis {
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
  checkReuse(analysis, index);
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
  const hints = service.hints(analysis, { start: 0, end: text.length }, EDITOR);
  for (const [index, { offset, label, tooltip }] of hints.entries()) {
    inside({ start: offset, end: offset }, label);
    assert.match(label, /^.{1,100}$/);
    if (index < READ) assert.notEqual(tooltip(), '');
  }
  checkSymbols({ start: 0, end: text.length }, service.symbols(analysis));
  for (const { span } of service.foldings(analysis)) inside(span, 'folding');
  for (const { span, target } of service.links(analysis)) {
    inside(span, target);
    assert.match(target, /^https:\/\/docs\.aws\.amazon\.com\//);
  }
  for (const { span } of analysis.findings) assert.ok(service.range(analysis, span).start.line >= 0);
  const workspace = watch(service.createWorkspace());
  workspace.set('file:///team/gone.json', analysis);
  workspace.clear();
  workspace.set(URI, analysis);
  for (const { range, uri } of workspace.symbols('a')) assert.ok(uri === URI && range.end.line >= range.start.line);
  const names = { ...workspace.names(), accountNames: EDITOR.accounts };
  const random = createRandom(index);
  const offsets = places ?? Array.from({ length: OFFSETS }, () => random.below(text.length + 1));
  for (const offset of offsets) {
    const at = { start: offset, end: offset };
    const hover = service.hover(analysis, offset, { accounts: EDITOR.accounts });
    if (hover) {
      inside(hover.span, 'hover');
      assert.notEqual(hover.markdown, '');
    }
    checkCompletion(analysis, offset, service.complete(analysis, offset, names), random);
    const offers = service.fixesAt(analysis, at);
    for (const { fix } of offers.slice(0, MAX_FIXES)) applyEdits(text, fix.edits);
    const rewrites = service.rewritesAt(analysis, at);
    // Their edits are made when they are looked at, which costs something.
    const tried = places ? rewrites.filter(() => random.below(20) === 0) : rewrites;
    for (const { title, edits } of tried) keepsParsing(edits, title);
    let inner = at;
    for (const span of service.selections(analysis, offset)) {
      inside(span, 'selection');
      assert.ok(span.start <= inner.start && inner.end <= span.end, 'a selection that does not grow');
      inner = span;
    }
    const highlights = service.highlights(analysis, offset);
    for (const span of highlights) inside(span, 'highlight');
    assert.equal(workspace.references(analysis, offset).length, highlights.length, 'the workspace is this file');
    workspace.definitions(URI, analysis, offset);
    const renaming = service.prepareRename(analysis, offset);
    if (!renaming?.ok) continue;
    const { mention } = renaming;
    if (mention.kind !== 'sid') assert.deepEqual(workspace.filesThatName(mention), [URI]);
    inside(mention.span, 'rename');
    const name = mention.kind === 'account' ? '987698769876' : 'Zzznew1';
    if (service.refuseName(analysis, mention, name) !== undefined) continue;
    keepsParsing(service.renameIn(analysis, mention, name), `renaming ${mention.text}`);
  }
  workspace.delete(URI);
  assert.equal(workspace.size, 0);
  if (text.length < SHORT) {
    keepsParsing(service.fixAll(analysis).edits, 'fix all');
    const options = { tabSize: 1 + random.below(8), insertSpaces: random.below(2) === 0 };
    keepsParsing(service.format(analysis, options), 'format');
    const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)];
    keepsParsing(service.format(analysis, options, { start: Math.min(a, b), end: Math.max(a, b) }), 'format a part');
  }
  if (index % 16 === 0) probeStart(service, random);
  return analysis;
}

function checkSymbols(outer: Span, symbols: readonly PolicySymbol[]): void {
  for (const { name, span, nameSpan, children } of symbols) {
    assert.notEqual(name, '');
    for (const [inner, around] of [
      [span, outer],
      [nameSpan, span],
    ] as const) {
      assert.ok(around.start <= inner.start && inner.start <= inner.end && inner.end <= around.end, name);
    }
    checkSymbols(span, children);
  }
}

/** An edit later, what is known of the rest makes no difference. */
function checkReuse(analysis: Analysis, index: number): void {
  const { input } = analysis;
  if (input.text.length > LONGEST_REREAD) return;
  const random = createRandom(index);
  const from = random.below(input.text.length + 1);
  const to = Math.min(input.text.length, from + random.below(4));
  const text = input.text.slice(0, from) + random.pick(TYPED) + input.text.slice(to);
  const fresh = service.analyze({ ...input, text }, SETTINGS).findings;
  const again = service.analyze({ ...input, text }, SETTINGS, analysis).findings;
  const plain = ({ fixes, ...finding }: Finding) => finding;
  assert.deepEqual(again.map(plain), fresh.map(plain), `after ${from}-${to} became another: ${text}`);
  const tried = random.below(Math.max(1, fresh.length));
  assert.deepEqual(again[tried]?.fixes(), fresh[tried]?.fixes(), text);
}

/** What is offered can be inserted: on one line, around the cursor, and apart from the commas that come with it. */
function checkCompletion(
  { input: { text } }: Analysis,
  offset: number,
  list: CompletionList | undefined,
  random: Random,
): void {
  if (!list) return;
  const commas = list.commas.map((at) => ({ span: { start: at, end: at }, newText: ',' }));
  for (const { label, span = list.span, newText, snippet, documentation } of list.items) {
    assert.ok(span.start <= offset && offset <= span.end, `${label}: the cursor is outside`);
    assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/, label);
    assert.match(label, /^[^\r\n]+$/);
    // All of them would be thousands at each offset.
    if (random.below(list.items.length) > TRIED) continue;
    applyEdits(text, [...commas, { span, newText }]);
    if (snippet !== undefined) plainSnippet(snippet);
    if (typeof documentation === 'function') assert.notEqual(documentation(), '');
  }
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
