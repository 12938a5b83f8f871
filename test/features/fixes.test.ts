import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { RULES } from '../../server/src/rules/index.ts';
import type { FileInput } from '../../server/src/service.ts';
import { exampleText } from '../../server/tools/build-docs.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { readCases } from '../harness/cases.ts';
import { type Counts, checkEveryFix, type Options, oracle } from '../harness/fixes.ts';
import { unmark } from '../harness/markers.ts';
import { analyzeCase } from '../harness/rule-cases.ts';
import { SPOILS, spoil } from '../harness/spoil.ts';
import { KINDS } from '../robust/probe.ts';
import { createRandom, mutateValue, POLICIES } from '../robust/texts.ts';

/** One policy of so many; all of them with FIXES=all. */
const EVERY = process.env['FIXES'] === 'all' ? 1 : 43;

const RULE_CASES = join(__dirname, '../rules');

interface Source {
  readonly name: string;
  readonly input: FileInput;
}

const CASES: readonly Source[] = readdirSync(RULE_CASES)
  .filter((file) => file.endsWith('.txt'))
  .flatMap((file) => readCases(join(RULE_CASES, file)).map((one) => ({ file, one })))
  .map(({ file, one }) => ({ name: `${file}:${one.line}`, input: analyzeCase(one, unmark(one.marked)).input }));

const EXAMPLES: readonly Source[] = RULES.flatMap(({ id, docs: { examples } }) =>
  [examples.bad, examples.good].map((example) => ({
    name: `an example of ${id}`,
    input: { path: 'policy.json', text: exampleText(example), ...(example.kind && { kind: example.kind }) },
  })),
);

function checkAll(sources: readonly Source[], context: TestContext, options?: Options): Counts {
  const total: Counts = { fixes: 0, compared: 0, changed: 0 };
  for (const { name, input } of sources) {
    try {
      const counts = checkEveryFix(input, options);
      total.fixes += counts.fixes;
      total.compared += counts.compared;
      total.changed += counts.changed;
    } catch (error) {
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
  }
  const { fixes, compared, changed } = total;
  context.diagnostic(`${fixes} fixes of ${sources.length} texts, ${compared} compared, ${changed} change access`);
  return total;
}

// The cases of the rules are checked where they are, in test/rules.
test('in the examples of the rules', (context) => {
  const { fixes, compared, changed } = checkAll(EXAMPLES, context);
  assert.ok(fixes > 80 && compared > 40 && changed > 20);
});

/** The cases with another effect, other operators and negated elements: flaws that nobody thought of. */
const TURNED: Readonly<Record<string, (text: string) => string>> = {
  'Allow for Deny': (text) => text.replace(/"(Allow|Deny)"/g, (_, word) => (word === 'Allow' ? '"Deny"' : '"Allow"')),
  NotAction: (text) => text.replaceAll('"Action"', '"NotAction"'),
  NotResource: (text) => text.replaceAll('"Resource"', '"NotResource"'),
  NotPrincipal: (text) => text.replaceAll('"Principal"', '"NotPrincipal"'),
  IfExists: (text) =>
    text.replace(/"((?:String|Arn|Bool|Numeric|Date|IpAddress|NotIp)\w*?)(?:IfExists)?"(?=\s*:\s*\{)/g, '"$1IfExists"'),
  'negated operators': (text) => text.replace(/"(String|Arn)(Equals|Like)(\w*)"(?=\s*:\s*\{)/g, '"$1Not$2$3"'),
  'ForAnyValue:': (text) => text.replace(/"((?:String|Arn)\w*)"(?=\s*:\s*\{)/g, '"ForAnyValue:$1"'),
  'ForAllValues:': (text) => text.replace(/"((?:String|Arn)\w*)"(?=\s*:\s*\{)/g, '"ForAllValues:$1"'),
  'wildcards taken literally': (text) => text.replace(/"(String|Arn)Like"/g, '"$1Equals"'),
  'wildcards honoured': (text) => text.replaceAll('"StringEquals"', '"StringLike"'),
};

describe('in the cases of the rules, turned around', () => {
  for (const [name, turn] of Object.entries(TURNED)) {
    test(name, (context) => {
      const turned = CASES.map(({ name, input }) => ({ name, input: { ...input, text: turn(input.text) } })).filter(
        ({ input }, index) => input.text !== CASES[index]?.input.text,
      );
      const { compared } = checkAll(turned, context, { manyFlaws: true });
      assert.ok(compared > 10);
    });
  }
});

test('in the cases of the rules, taken for another kind', (context) => {
  const others = CASES.flatMap(({ name, input }, index): readonly Source[] => {
    const kind = KINDS[index % KINDS.length];
    return kind ? [{ name: `${name} as ${kind}`, input: { ...input, kind } }] : [];
  });
  const { compared } = checkAll(others, context, { manyFlaws: true });
  assert.ok(compared > 60);
});

test('in the policies of AWS', (context) => {
  const sources = readManagedPolicies()
    .filter((_, index) => index % EVERY === 0)
    .map(({ name, text }): Source => ({ name, input: { path: '', text, kind: 'identity' } }));
  const { fixes, changed } = checkAll(sources, context);
  assert.ok(fixes > 80 && changed > 60);
});

// Each flaw in a few policies, and with FIXES=all in a tenth of them all: one flaw and another make thousands of texts.
test('in the policies of AWS, with a flaw put into them', (context) => {
  const random = createRandom(5);
  const policies = readManagedPolicies().filter(({ text }, index) => text.length < 20_000 && index % 10 === 0);
  const flaws = Object.keys(SPOILS);
  const sources = policies.flatMap(({ name, text }, index) =>
    flaws.flatMap((flaw, at): readonly Source[] => {
      if (EVERY > 1 && (index + at) % (3 * EVERY) !== 0) return [];
      const spoilt = spoil(text, flaw, random);
      return spoilt === undefined
        ? []
        : [{ name: `${name}, ${flaw}`, input: { path: '', text: spoilt, kind: 'identity' } }];
    }),
  );
  const { fixes, compared, changed } = checkAll(sources, context);
  assert.ok(fixes > 100 && compared > 80 && changed > 50, JSON.stringify({ fixes, compared, changed }));
});

// The texts that are only large say nothing of access, and what does not parse has none; `robust` has those.
test('in strange policies, as every kind', (context) => {
  const random = createRandom(11);
  const texts = POLICIES.flatMap((text) => [text, ...Array.from({ length: 12 }, () => mutateValue(text, random))]);
  const sources = texts.flatMap((text, index) =>
    KINDS.filter((_, at) => index % (texts.length / POLICIES.length) === 0 || at === index % KINDS.length).map(
      (kind): Source => ({
        name: `${kind}: ${text}`,
        input: { path: 'policy.jsonc', text, ...(kind && { kind }) },
      }),
    ),
  );
  const { compared } = checkAll(sources, context, { manyFlaws: true });
  assert.ok(compared > 20);
});

describe('the oracle', () => {
  const policy = (...statements: readonly object[]): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::reports/*' };
  const seen = (before: string, after: string): string => {
    const { lost, won } = oracle.compare(before, after);
    return [lost && 'lost', won && 'won'].filter(Boolean).join(' and ');
  };
  const CHANGES: readonly (readonly [string, object, object, string])[] = [
    ['fewer actions', { ...read, Action: 's3:Get*' }, read, 'lost'],
    ['another letter case', read, { ...read, Action: 'S3:getobject' }, ''],
    [
      'the actions of a pattern',
      { ...read, Action: 's3:GetObjectVersion?cl' },
      { ...read, Action: 's3:GetObjectVersionAcl' },
      '',
    ],
    ['fewer resources', read, { ...read, Resource: 'arn:aws:s3:::reports/a' }, 'lost'],
    [
      'what the action does not work on',
      read,
      { ...read, Resource: ['arn:aws:s3:::reports/*', 'arn:aws:s3:::reports'] },
      '',
    ],
    ['less denied', { ...read, Effect: 'Deny', Action: 's3:*' }, { ...read, Effect: 'Deny' }, 'won'],
    [
      'fewer exceptions',
      { ...read, Action: undefined, NotAction: 's3:GetObject' },
      { ...read, Action: undefined, NotAction: 's3:Get*' },
      'lost',
    ],
    [
      'somebody else',
      { ...read, Principal: { AWS: '111122223333' } },
      { ...read, Principal: { AWS: '444455556666' } },
      'lost and won',
    ],
    [
      'an account by its root',
      { ...read, Principal: { AWS: '111122223333' } },
      { ...read, Principal: { AWS: 'arn:aws:iam::111122223333:root' } },
      '',
    ],
    [
      'one of an account',
      { ...read, Principal: { AWS: '111122223333' } },
      { ...read, Principal: { AWS: 'arn:aws:iam::111122223333:role/a' } },
      'lost',
    ],
    ['a condition more', read, { ...read, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'lost'],
    [
      'a value more',
      { ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } },
      { ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } } },
      'won',
    ],
    [
      'a value more that must not be',
      { ...read, Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } } },
      { ...read, Condition: { StringNotEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } } },
      'lost',
    ],
    [
      'a key that may be missing',
      { ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } },
      { ...read, Condition: { StringEqualsIfExists: { 'aws:PrincipalTag/team': 'a' } } },
      'won',
    ],
    [
      'wildcards honoured',
      { ...read, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a*' } } },
      { ...read, Condition: { StringLike: { 'aws:PrincipalTag/team': 'a*' } } },
      'won',
    ],
    [
      'any for all',
      { ...read, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } },
      { ...read, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['a', 'b'] } } },
      'lost and won',
    ],
    [
      'a wider range',
      { ...read, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/25' } } },
      { ...read, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
      'won',
    ],
    [
      'the same range',
      { ...read, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.7/24' } } },
      { ...read, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } },
      '',
    ],
  ];
  for (const [name, before, after, expected] of CHANGES) {
    test(`sees ${name}`, () => assert.equal(seen(policy(before), policy(after)), expected));
  }

  test('sees what another statement gives and takes', () => {
    assert.equal(seen(policy(read, read), policy(read)), '');
    const deny = { ...read, Effect: 'Deny' };
    assert.equal(seen(policy(read, deny), policy(deny)), '');
    assert.equal(seen(policy(read), policy(read, deny)), 'lost');
  });
});
