import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Span } from '../../server/src/base/span.ts';
import type { Statement } from '../../server/src/policy/model.ts';
import { type Analysis, titleOf } from '../../server/src/service.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { createOracle, statementsOf } from '../harness/access.ts';
import { catalogue, service } from '../harness/data.ts';
import { analyzeText, applyRewrite, SPELLINGS } from '../harness/rewrites.ts';

const oracle = createOracle(catalogue);

/** One policy of so many: all of them take minutes. A prime, so that each spelling has its turn. */
const EVERY = 61;

/** A place that is still the same place after a rewrite. */
interface Spot {
  readonly name: string;
  readonly find: (analysis: Analysis) => Span | undefined;
}

const inStatement = (index: number, name: string, find: (statement: Statement) => Span | undefined): Spot => ({
  name: `${name} of statement ${index}`,
  find: ({ policies: [policy] }) => {
    const statement = policy?.view.statements[index];
    return statement && find(statement);
  },
});

function spotsOf(analysis: Analysis): readonly Spot[] {
  const statements = analysis.policies[0]?.view.statements ?? [];
  const brace: Spot = { name: 'the policy', find: ({ policies: [policy] }) => policy?.view.node.span };
  const start = (span: Span | undefined): Span | undefined => span && { start: span.start, end: span.start };
  return [
    { ...brace, find: (one) => start(brace.find(one)) },
    { name: 'Statement', find: ({ policies: [policy] }) => start(policy?.view.statementElement?.span) },
    ...[...statements.keys()]
      .slice(0, 6)
      .flatMap((index) => [
        inStatement(index, 'the brace', ({ node }) => start(node.span)),
        inStatement(index, 'the actions', ({ actions }) => start(actions[0]?.member.span)),
        inStatement(index, 'the first pattern', ({ actions }) =>
          start(actions[0]?.entries.find(({ pattern }) => pattern.wildcard)?.node.inner),
        ),
        inStatement(index, 'the resources', ({ resources }) => start(resources[0]?.member.span)),
        inStatement(index, 'the condition', ({ conditions }) => start(conditions[0]?.member.span)),
      ]),
  ];
}

/** Which rewrite it is, by its title. */
function familyOf(title: string): string {
  return (
    /^(?:Split into \d+ statements by (?:service|the)|Write \w+ (?:as|without)|Replace (?:NotAction|Action|all|')|\w+)/
      .exec(title)?.[0]
      .replace(/\d+ /, '') ?? ''
  );
}

/** What there is nothing left to do for after it was done. */
const DONE_ONCE = new Set(['Sort', 'Remove', 'Draw', 'Put', 'Minify', 'Name']);

/** These leave out, or add, pairs that never come to anything. */
const EFFECTIVE = new Set([
  'Split into statements by service',
  'Split into statements by the',
  'Replace NotAction',
  'Replace Action',
]);

function checkAll(name: string, text: string, counts: Map<string, number>): void {
  const options = { kind: 'identity', file: text.includes('// above') ? 'a.jsonc' : 'a.json' };
  const analysis = analyzeText(text, options);
  for (const spot of spotsOf(analysis)) {
    const span = spot.find(analysis);
    if (!span) continue;
    for (const offer of service.rewritesAt(analysis, span)) {
      const family = familyOf(offer.title);
      const where = `${name}, ${spot.name}: ${titleOf(offer)}`;
      counts.set(family, (counts.get(family) ?? 0) + 1);
      const after = applyRewrite(analysis, offer, options);
      if (offer.effect === 'equivalent') assertSameAccess(text, after, EFFECTIVE.has(family), where);
      if (!DONE_ONCE.has(family)) continue;
      const again = analyzeText(after, options);
      const there = spot.find(again) ?? { start: 0, end: 0 };
      const left = service.rewritesAt(again, there).filter(({ title }) => familyOf(title) === family);
      assert.deepEqual(left.map(titleOf), [], `${where}: offered again`);
    }
  }
}

/** Statements that are the same before and after say the same. */
function assertSameAccess(before: string, after: string, effective: boolean, where: string): void {
  const texts = (text: string) => new Map(statementsOf(withoutComments(text)).map((one) => [JSON.stringify(one), one]));
  const [old, now] = [texts(before), texts(after)];
  const only = (here: typeof old, there: typeof old) =>
    [...here].flatMap(([key, one]) => (there.has(key) ? [] : [one]));
  const unlisted = oracle.unlisted([...old.values(), ...now.values()]);
  const say = (statements: Parameters<typeof oracle.access>[0]) => oracle.access(statements, effective, unlisted);
  const [gone, come] = [say(only(old, now)), say(only(now, old))];
  assert.deepEqual([...come.keys()].sort(), [...gone.keys()].sort(), where);
  for (const [key, pairs] of gone) {
    const others = come.get(key) ?? new Set();
    const lost = [...pairs].filter((pair) => !others.has(pair));
    const won = [...others].filter((pair) => !pairs.has(pair));
    assert.deepEqual({ lost: lost.slice(0, 5), won: won.slice(0, 5) }, { lost: [], won: [] }, where);
  }
}

/** A comment behind every third line, and one above every fifth. */
function withComments(text: string): string {
  const lines = text.split('\n').map((line, index) => {
    const above = index % 5 === 4 ? `// above ${index}\n` : '';
    return above + line + (index % 3 === 0 ? ` // behind ${index}` : '');
  });
  return lines.join('\n');
}

function withoutComments(text: string): string {
  return text.replace(/ ?\/\/ (?:above|behind) \d+/g, '');
}

test('in the policies of AWS every rewrite that says so keeps the pairs of action and resource', () => {
  const counts = new Map<string, number>();
  const spellings = [...Object.values(SPELLINGS), withComments];
  for (const [index, { name, text }] of readManagedPolicies().entries()) {
    if (index % EVERY !== 7) continue;
    checkAll(name, spellings[index % spellings.length]?.(text) ?? text, counts);
  }
  for (const family of ["Replace '", 'Draw', 'Sort', 'Split into statements by service', 'Merge', 'Minify', 'Name']) {
    assert.ok((counts.get(family) ?? 0) > 1, `${family}: ${JSON.stringify([...counts])}`);
  }
});
