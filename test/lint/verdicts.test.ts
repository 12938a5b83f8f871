import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { type AnyRule, defineRule } from '../../server/src/rules/define.ts';
import { type Analysis, createPolicyService, type Finding } from '../../server/src/service.ts';
import { catalogue } from '../harness/data.ts';

const DOCS = { what: '', why: '', how: '', references: [], examples: { bad: { policy: {} }, good: { policy: {} } } };

/** A rule that finds every statement and keeps count of those it has been asked about. */
function countingRule(id: string, looksBeyond: boolean): { readonly rule: AnyRule; readonly asked: string[] } {
  const asked: string[] = [];
  const rule = defineRule({
    ...{ id, title: '', accessAnalyzer: [], severity: 'info', confidence: 'high', persona: 'regular', kinds: 'all' },
    ...{ visit: 'statement', fix: { none: 'It counts.' }, docs: DOCS, messages: { here: 'Here.' } },
    check({ node, sid }, context) {
      asked.push(sid?.value?.type === 'string' ? sid.value.value : '');
      if (looksBeyond && context.policy.statements.length === 0) return;
      context.report({ at: node.span, message: 'here' });
    },
  });
  return { rule, asked };
}

const statement = (sid: string, more = ''): string =>
  `{ "Sid": "${sid}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"${more} }`;
const policy = (...statements: readonly string[]): string =>
  `{ "Version": "2012-10-17", "Statement": [\n${statements.join(',\n')}\n] }`;

const plain = (findings: readonly Finding[]) => findings.map(({ fixes, ...finding }) => finding);

/** One text after the other, and what of the last was asked anew. */
function reread(looksBeyond: boolean, texts: readonly string[], settings = [DEFAULT_SETTINGS]): readonly string[] {
  const { rule, asked } = countingRule('counts', looksBeyond);
  const service = createPolicyService({ catalogue, log: assert.fail, rules: [rule] });
  let previous: Analysis | undefined;
  for (const [index, text] of texts.entries()) {
    asked.length = 0;
    const analysis = service.analyze({ path: 'a.json', text }, settings[index] ?? DEFAULT_SETTINGS, previous);
    previous = analysis;
    const { findings } = analysis;
    const now = [...asked];
    assert.deepEqual(plain(findings), plain(service.analyze({ path: 'a.json', text }).findings), text);
    asked.splice(0, asked.length, ...now);
  }
  return asked;
}

test('only the statement that has changed is judged anew, wherever the others have moved', () => {
  const [before, after] = [
    policy(statement('A'), statement('B')),
    policy(statement('New'), statement('B', ' ').trim()),
  ];
  assert.deepEqual(reread(false, [before, policy(statement('Longer'), statement('B'))]), ['Longer']);
  assert.deepEqual(reread(false, [before, policy(statement('B'), statement('A'))]), []);
  assert.deepEqual(reread(false, [before, after]), ['New', 'B']);
});

test('a rule that looks beyond the statement is asked again', () => {
  const text = policy(statement('A'), statement('B'));
  assert.deepEqual(reread(true, [text, `${text}\n`]), ['A', 'B']);
});

test('other settings, and another kind of policy, change the verdict', () => {
  const text = policy(statement('A'));
  const other = { ...DEFAULT_SETTINGS, rules: {} };
  assert.deepEqual(reread(false, [text, text], [DEFAULT_SETTINGS, other]), ['A']);
  assert.deepEqual(reread(false, [text, policy(statement('A'), statement('B', ', "Principal": "*"'))]), ['A', 'B']);
});

test('what was said of a half-typed statement is not said of the same text when it is whole', () => {
  const service = createPolicyService({ catalogue, log: assert.fail });
  const half = '{ "Version": "2012-10-17", "Statement": { "Principal": { "AWS": "*" } }';
  const earlier = service.analyze({ path: 'a.json', text: half });
  assert.ok(!earlier.findings.some(({ rule }) => rule === 'effect-missing'));
  const text = `${half} }`;
  const { findings } = service.analyze({ path: 'a.json', text }, DEFAULT_SETTINGS, earlier);
  assert.ok(findings.some(({ rule }) => rule === 'effect-missing'));
  assert.deepEqual(plain(findings), plain(service.analyze({ path: 'a.json', text }).findings));
});

test('a fix of a finding that has moved fits the text as it is now', () => {
  const service = createPolicyService({ catalogue, log: assert.fail });
  const wrong = '{ "Effect": "allow", "Action": ["s3:GetObject", "s3:GetObject"], "Resource": "*" }';
  const earlier = service.analyze({ path: 'a.json', text: policy(wrong) });
  assert.ok(earlier.findings.length > 0);
  const text = policy(statement('A'), wrong);
  const fresh = service.analyze({ path: 'a.json', text }).findings;
  const { findings } = service.analyze({ path: 'a.json', text }, DEFAULT_SETTINGS, earlier);
  const applied = (all: readonly Finding[]) =>
    all.flatMap((finding) => finding.fixes().map(({ title, edits }) => [finding.rule, title, applyEdits(text, edits)]));
  assert.ok(applied(fresh).length > 2);
  assert.deepEqual(applied(findings), applied(fresh));
});
