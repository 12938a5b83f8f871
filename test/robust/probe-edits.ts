import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { mapLines, rangeOf } from '../../server/src/base/lines.ts';
import type { Span } from '../../server/src/base/span.ts';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Analysis } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';
import { CHARS, mutate, type Random } from './texts.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, persona: 'auditor' } as const;

/** What the keys of a keyboard, and a clipboard, put into a text. */
const TYPED: readonly [string, ...string[]] = ['\r\n', '\n', '\r', '\t', ' ', '"', ',', '}', '{', 'a', '*', ...CHARS];

/** A short span whose ends are places that a position can name: not inside a line break. */
export function somewhere(random: Random, text: string): Span {
  const settle = (offset: number): number => (text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);
  const start = settle(random.below(text.length + 1));
  return { start, end: Math.max(start, settle(Math.min(text.length, start + random.below(30)))) };
}

/**
 * Edits a text as a client does, change by change, and holds after each message that the server has the same text, and
 * says the same of it as if it had just been opened.
 */
export function probeEdits(start: string, random: Random, messages: number): void {
  const document = TextDocument.create('file:///team/a.json', 'json', 1, start);
  const read = (text: string, previous?: Analysis) => service.analyze({ path: 'a.json', text }, SETTINGS, previous);
  let text = start;
  let kept = read(text);
  for (let version = 2; version < messages + 2; version++) {
    const changes: { range: ReturnType<typeof rangeOf>; text: string }[] = [];
    for (let times = 1 + random.below(3); times > 0; times--) {
      const span = somewhere(random, text);
      const before = text.slice(span.start, span.end);
      const newText = random.below(2) === 0 ? random.pick(TYPED) : mutate(before, random);
      changes.push({ range: rangeOf(mapLines(text), span), text: newText });
      text = text.slice(0, span.start) + newText + text.slice(span.end);
    }
    // Half of the time nobody has looked at the findings in between.
    if (random.below(2) === 0) assert.ok(kept.findings.length >= 0);
    TextDocument.update(document, changes, version);
    assert.equal(document.getText(), text);
    kept = read(document.getText(), kept);
    if (random.below(3) > 0) assert.deepEqual(everything(kept), everything(read(text)), JSON.stringify(text));
  }
}

/** What is said of a file without being asked about a place in it. */
function everything(analysis: Analysis): unknown {
  const all = { start: 0, end: analysis.input.text.length };
  return {
    problems: analysis.tree.problems,
    kinds: analysis.policies.map(({ classification }) => classification),
    findings: analysis.findings.map(({ fixes, ...finding }) => ({ ...finding, fixes: fixes() })),
    symbols: service.symbols(analysis),
    foldings: service.foldings(analysis),
    tokens: service.tokens(analysis),
    links: service.links(analysis),
    lenses: service.lenses(analysis, DEFAULT_EDITOR_SETTINGS.lens).map((lens) => [lens.span, service.sayLens(lens)]),
    hints: service.hints(analysis, all, DEFAULT_EDITOR_SETTINGS).map(({ offset, label }) => [offset, label]),
  };
}
