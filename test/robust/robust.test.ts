import assert from 'node:assert/strict';
import { test } from 'node:test';
import { service } from '../harness/data.ts';
import { readFixtures, variantsOf } from './fixtures.ts';
import { generate } from './generate.ts';
import { ASKED, KINDS, probe, probeAll } from './probe.ts';
import { probeEdits } from './probe-edits.ts';
import { probeStart } from './probe-start.ts';
import { createRandom, mutate, mutateValue, POLICIES } from './texts.ts';

/** `npm run fuzz -- --fixtures` takes each; here it is one in so many. */
const SAMPLED = 4;

test('beginnings of policies, and policies without one of their characters', () => {
  const variants = variantsOf(POLICIES);
  probeAll(Array.from({ length: Math.floor(variants.count / SAMPLED) }, (_, index) => variants.at(index * SAMPLED)));
});

for (const [index, policy] of POLICIES.entries()) {
  test(`every offset of policy ${index}`, () => {
    probe(policy, 0, new Array(policy.length + 1).keys());
  });
}

test('beginnings of all fixtures, and fixtures without a character: 1,000 of them', () => {
  const fixtures = readFixtures();
  assert.ok(fixtures.length > 400, `only ${fixtures.length}`);
  const variants = variantsOf(fixtures);
  const random = createRandom(20_121_017);
  probeAll(Array.from({ length: 1000 }, () => variants.at(random.below(variants.count))));
});

test('every policy as every kind', () => {
  for (const policy of POLICIES) probeAll(KINDS.map(() => policy));
});

test('1,500 texts with random damage', () => {
  const random = createRandom(20_121_017);
  probeAll(Array.from({ length: 1500 }, () => mutate(random.pick(POLICIES), random)));
});

test('1,500 policies with values of the wrong type', () => {
  const random = createRandom(20_081_017);
  probeAll(
    Array.from({ length: 1500 }, () => {
      let text: string = random.pick(POLICIES);
      for (let times = 1 + random.below(3); times > 0; times--) text = mutateValue(text, random);
      return text;
    }),
  );
});

test('2,000 texts made by a grammar, then damaged', () => {
  probeAll(Array.from({ length: 2000 }, (_, index) => generate(1, index)));
});

test('a text gives the same findings each time', () => {
  for (const policy of POLICIES) {
    const findings = () => probe(policy, 0).findings.map(({ rule, span, message }) => [rule, span, message]);
    assert.deepEqual(findings(), findings());
  }
});

test('300 ways through the guided start, odd answers among them', () => {
  const random = createRandom(20_121_017);
  for (let times = 0; times < 300; times++) probeStart(service, random);
});

test('200 texts edited as a client does: the same answers as from a fresh reading', () => {
  for (let index = 0; index < 200; index++) {
    const random = createRandom(index);
    const text = index % 2 === 0 ? random.pick(POLICIES) : generate(3, index);
    try {
      probeEdits(text, random, 8);
    } catch (error) {
      throw new Error(`edits ${index}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
});

test('everything that the engine and its workspaces can be asked is asked', () => {
  const wanted = [...Object.keys(service), ...Object.keys(service.createWorkspace())];
  assert.ok(wanted.length > 20);
  // No questions but what stands behind them.
  const data = ['catalogue', 'rules'];
  assert.deepEqual(
    wanted.filter((name) => !ASKED.has(name) && !data.includes(name)),
    [],
  );
});
