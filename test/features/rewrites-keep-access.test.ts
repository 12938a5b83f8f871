import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Span } from '../../server/src/base/span.ts';
import { type Analysis, titleOf } from '../../server/src/service.ts';
import { innerSpan, type ValueNode } from '../../server/src/syntax/tree.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { createOracle, statementsOf } from '../harness/access.ts';
import { type Case, readCases } from '../harness/cases.ts';
import { catalogue, service } from '../harness/data.ts';
import { unmark } from '../harness/markers.ts';
import { spread } from '../harness/oracle/text.ts';
import { analyzeText, applyRewrite, SPELLINGS } from '../harness/rewrites.ts';
import { SPOILS, spoil } from '../harness/spoil.ts';
import { createRandom } from '../robust/texts.ts';

const oracle = createOracle(catalogue);

/** Every text and every place in it with FIXES=all, which takes half an hour. */
const ALL = process.env['FIXES'] === 'all';

/** One of so many, and at so many places each. Primes, so that each spelling and each flaw has its turn. */
const SAMPLE = ALL
  ? { policies: 1, spoilt: 7, cases: 1, places: Number.POSITIVE_INFINITY }
  : { policies: 127, spoilt: 1_999, cases: 41, places: 40 };

interface Source {
  readonly name: string;
  readonly text: string;
  readonly options: Case['options'];
}

/** Every place where a rewrite can be asked for, by the path that leads there: it may be there after one as well. */
function placesIn({ policies }: Analysis): ReadonlyMap<string, Span> {
  const places = new Map<string, Span>();
  const visit = (node: ValueNode | undefined, path: string): void => {
    if (!node) return;
    const { start } = node.type === 'string' ? innerSpan(node) : node.span;
    places.set(path, { start, end: start });
    if (node.type === 'array') for (const [index, item] of node.items.entries()) visit(item, `${path}[${index}]`);
    if (node.type !== 'object') return;
    for (const { key, value } of node.members) {
      places.set(`${path}.${key.value}`, key.span);
      visit(value, `${path}.${key.value}:`);
    }
  };
  for (const [index, { view }] of policies.entries()) visit(view.node, `policy ${index}`);
  return places;
}

/** Which rewrite it is, by its title. */
function familyOf(title: string): string {
  return (
    /^(?:Split into \d+ statements by (?:service|the)|Write \w+ (?:as|without)|Replace (?:NotAction|Action|all|')|\w+)/
      .exec(title)?.[0]
      .replace(/\d+ /, '') ?? ''
  );
}

/** What there is nothing left to do for after it was done, in other words neither. */
const DONE_ONCE = new Set(['Sort', 'Remove', 'Draw', 'Put', 'Minify', 'Name']);

/** These leave out, or add, pairs that never come to anything. */
const EFFECTIVE = new Set([
  'Split into statements by service',
  'Split into statements by the',
  'Replace NotAction',
  'Replace Action',
]);

/** Makes every rewrite that is offered at some places of a text, each for itself. */
function checkEveryRewrite({ name, text, options }: Source, counts: Map<string, number>): void {
  const analysis = analyzeText(text, options);
  const plain = isPlain(analysis);
  const seen = new Set<string>();
  for (const [path, span] of spread([...placesIn(analysis)], SAMPLE.places)) {
    for (const offer of service.rewritesAt(analysis, span)) {
      const key = JSON.stringify([offer.title, offer.edits]);
      if (seen.has(key)) continue;
      seen.add(key);
      const family = familyOf(offer.title);
      const where = `${name}, ${path}: ${titleOf(offer)}`;
      counts.set(family, (counts.get(family) ?? 0) + 1);
      const after = applyRewrite(analysis, offer, options);
      if (plain && offer.effect === 'equivalent') assertSameAccess(text, after, EFFECTIVE.has(family), where);
      const again = analyzeText(after, options);
      const there = placesIn(again).get(path);
      // Of several resources that stand for everything, each is scoped for itself.
      const left = there && family !== 'Scope' ? service.rewritesAt(again, there) : [];
      const same = left.filter(
        ({ title }) => title === offer.title || (DONE_ONCE.has(family) && familyOf(title) === family),
      );
      assert.deepEqual(same.map(titleOf), [], `${where}: offered again`);
    }
  }
}

/** What AWS refuses for these says nothing at all. */
const UNREADABLE: ReadonlySet<string> = new Set(['element-duplicate', 'element-type']);

/** One policy, of which it can be told what it says. */
function isPlain({ tree, policies, findings }: Analysis): boolean {
  const isBroken = tree.problems.length > 0 || findings.some(({ rule }) => UNREADABLE.has(rule));
  return !isBroken && tree.roots.length === 1 && policies.length === 1 && policies[0]?.view.form === 'document';
}

/** @returns how often each rewrite was made */
function checkAll(sources: readonly Source[], context: TestContext): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const source of sources) {
    try {
      checkEveryRewrite(source, counts);
    } catch (error) {
      if (error instanceof Error) error.message = `${source.name}: ${error.message}`;
      throw error;
    }
  }
  const total = [...counts.values()].reduce((sum, one) => sum + one, 0);
  context.diagnostic(`${total} rewrites of ${sources.length} texts`);
  return counts;
}

/** Compares what is not the same before and after; only where that differs all, since one may say what another said. */
function assertSameAccess(before: string, after: string, effective: boolean, where: string): void {
  const [old, now] = [statementsOf(before), statementsOf(after)];
  const [oldTexts, nowTexts] = [old, now].map((all) => new Set(all.map((one) => JSON.stringify(one))));
  const unlisted = oracle.unlisted([...old, ...now]);
  const say = (statements: typeof old): readonly string[] =>
    [...oracle.access(statements, effective, unlisted)]
      .flatMap(([who, pairs]) => [...pairs].map((pair) => `${who} ${pair}`))
      .sort();
  const gone = say(old.filter((one) => !nowTexts?.has(JSON.stringify(one))));
  const come = say(now.filter((one) => !oldTexts?.has(JSON.stringify(one))));
  if (isDeepStrictEqual(gone, come)) return;
  const [all, left] = [new Set(say(old)), new Set(say(now))];
  const lost = [...all].filter((pair) => !left.has(pair));
  const won = [...left].filter((pair) => !all.has(pair));
  assert.deepEqual({ lost: lost.slice(0, 5), won: won.slice(0, 5) }, { lost: [], won: [] }, where);
}

/** A comment behind every third line, and one above every fifth. */
function withComments(text: string): string {
  const lines = text.split('\n').map((line, index) => {
    const above = index % 5 === 4 ? `// above ${index}\n` : '';
    return above + line + (index % 3 === 0 ? ` // behind ${index}` : '');
  });
  return lines.join('\n');
}

const POLICIES = readManagedPolicies();

test('in the policies of AWS every rewrite keeps its word', (context) => {
  const spellings = [...Object.values(SPELLINGS), withComments];
  const sources = POLICIES.flatMap(({ name, text }, index): readonly Source[] => {
    if (index % SAMPLE.policies !== 7 % SAMPLE.policies) return [];
    const spelt = spellings[index % spellings.length]?.(text) ?? text;
    return [
      { name, text: spelt, options: { kind: 'identity', file: spelt.includes('// above') ? 'a.jsonc' : 'a.json' } },
    ];
  });
  const counts = checkAll(sources, context);
  for (const family of ["Replace '", 'Draw', 'Sort', 'Split into statements by service', 'Merge', 'Minify', 'Name']) {
    assert.ok((counts.get(family) ?? 0) > 1, `${family}: ${JSON.stringify([...counts])}`);
  }
});

test('in the policies of AWS with a flaw put into them', (context) => {
  const random = createRandom(7);
  let number = 0;
  const sources = POLICIES.flatMap(({ name, text }, index) =>
    Object.keys(SPOILS).flatMap((flaw): readonly Source[] => {
      if (index % 10 !== 3 || text.length > 20_000 || number++ % SAMPLE.spoilt !== 0) return [];
      const spoilt = spoil(text, flaw, random);
      return spoilt === undefined ? [] : [{ name: `${name}, ${flaw}`, text: spoilt, options: { kind: 'identity' } }];
    }),
  );
  const counts = checkAll(sources, context);
  assert.ok(counts.size > 8, JSON.stringify([...counts]));
});

test('in the cases of the rules', (context) => {
  const folder = join(__dirname, '../rules');
  const sources = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .flatMap((file) =>
      readCases(join(folder, file)).map(
        ({ line, marked, options }): Source => ({ name: `${file}:${line}`, text: unmark(marked), options }),
      ),
    )
    .filter((_, index) => index % SAMPLE.cases === 0);
  const counts = checkAll(sources, context);
  assert.ok(counts.size > 8, JSON.stringify([...counts]));
});

test('in the examples', (context) => {
  const folder = join(__dirname, '../../examples');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.jsonc?$/.test(file))
    .map((file): Source => ({ name: file, text: readFileSync(join(folder, file), 'utf8'), options: { file } }));
  const counts = checkAll(sources, context);
  assert.ok(counts.size > 8, JSON.stringify([...counts]));
});
