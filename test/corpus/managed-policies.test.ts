import assert from 'node:assert/strict';
import { test } from 'node:test';
import { service } from '../harness/data.ts';
import { EXPLAINED_ERRORS } from './explained-errors.ts';
import { readManagedPolicies } from './managed-policies.ts';

const POLICIES = readManagedPolicies();

const lineOf = (policy: string, rule: string, message: string): string => `${policy}: ${rule}: ${message}`;

test('no error in what AWS itself publishes, but for those explained', (context) => {
  assert.ok(POLICIES.length > 1500);
  const errors = new Set<string>();
  const start = performance.now();
  for (const { name, text } of POLICIES) {
    for (const { severity, rule, message } of service.analyze({ path: '', text, kind: 'identity' }).findings) {
      if (severity === 'error') errors.add(lineOf(name, rule, message));
    }
  }
  context.diagnostic(`${POLICIES.length} policies judged in ${Math.round(performance.now() - start)} ms`);
  const explained = EXPLAINED_ERRORS.map(({ policy, rule, message }) => lineOf(policy, rule, message));
  assert.deepEqual([...errors].sort(), explained.sort());
});

test('every managed policy is seen to be one; only a policy that just denies may look like an SCP, and never surely', () => {
  const others = POLICIES.flatMap(({ name, text }) => {
    const seen = service.analyze({ path: '', text }).policies.map(({ classification }) => classification);
    const [{ kind, confidence } = { kind: 'none', confidence: 'certain' }] = seen;
    const fine = kind === 'identity' || (kind === 'scp' && confidence === 'ambiguous' && !text.includes('"Allow"'));
    return fine && seen.length === 1 ? [] : [`${name}: ${kind} (${confidence})`];
  });
  assert.deepEqual(others, []);
});
