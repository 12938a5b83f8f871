import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { fixAll } from '../../server/src/features/fix-all.ts';
import type { Finding, Fix } from '../../server/src/rules/define.ts';

/** A judge that objects to a word wherever it stands and offers another for it. */
function objectTo(words: Readonly<Record<string, Partial<Fix> & { readonly to: string }>>) {
  return (text: string): readonly Finding[] =>
    Object.entries(words).flatMap(([word, { to, ...fix }]) =>
      [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => {
        const span = { start: index, end: index + word.length };
        const edits = [{ span, newText: to }];
        return {
          rule: 'r',
          accessAnalyzer: [],
          severity: 'warning',
          confidence: 'high',
          persona: 'regular',
          span,
          message: word,
          related: [],
          fixes: () => [{ title: to, effect: 'equivalent', edits, ...fix }],
        } as const;
      }),
    );
}

const run = (text: string, judge: Parameters<typeof fixAll>[1]) => {
  const { edits, fixes } = fixAll(text, judge);
  return { text: applyEdits(text, edits), fixes, edits };
};

test('fixes that stay out of each other’s way go in together, each as its own edit', () => {
  const { text, fixes, edits } = run('one two one', objectTo({ one: { to: '1' } }));
  assert.deepEqual([text, fixes, edits.length], ['1 two 1', 2, 2]);
});

test('fixes that touch wait for the next round', () => {
  const { text, fixes, edits } = run('x aa y', objectTo({ a: { to: 'b' } }));
  assert.deepEqual([text, fixes], ['x bb y', 2]);
  assert.deepEqual(edits, [{ span: { start: 2, end: 4 }, newText: 'bb' }]);
});

test('a fix that opens the way for another is followed by it', () => {
  const { text, fixes } = run('one', objectTo({ one: { to: 'two' }, two: { to: 'three' } }));
  assert.deepEqual([text, fixes], ['three', 2]);
});

test('what changes access, or leaves something to fill in, is not for all at once', () => {
  const judge = objectTo({
    a: { to: 'x', effect: 'narrows' },
    b: { to: 'x', effect: 'widens' },
    c: { to: 'x', effect: 'unknown' },
    d: { to: 'x', placeholders: ['x'] },
  });
  assert.deepEqual(fixAll('a b c d', judge), { edits: [], fixes: 0 });
});

test('fixes that undo each other come to an end', () => {
  const { text } = run('ping', objectTo({ ping: { to: 'pong' }, pong: { to: 'ping' } }));
  assert.equal(text, 'pong');
});

test('a long row of fixes that touch each other is made in one go', () => {
  const { text, fixes } = run('a'.repeat(60), objectTo({ a: { to: 'b' } }));
  assert.deepEqual([text, fixes], ['b'.repeat(60), 60]);
});

test('a huge file is not judged for ever: what is left is for the next time', () => {
  let judged = 0;
  const ones = objectTo({ '^1+': { to: '' } });
  const judge: typeof ones = (text) => {
    judged += text.length;
    const [first] = ones(text);
    const span = { start: 0, end: 1 };
    return first
      ? [{ ...first, span, fixes: () => [{ title: '', effect: 'equivalent', edits: [{ span, newText: '' }] }] }]
      : [];
  };
  const { fixes } = fixAll('1'.repeat(3_000_000), judge);
  assert.ok(judged < 25_000_000, `${judged}`);
  assert.ok(fixes > 2 && fixes < 20, `${fixes}`);
});
