import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_SETTINGS } from '../../server/src/lint/settings.ts';
import { createPolicyService } from '../../server/src/service.ts';
import { catalogue } from '../harness/data.ts';

const service = createPolicyService({ catalogue, log: assert.fail });

/** An identity policy of about so many characters. */
function policyOf(characters: number): string {
  const resources: string[] = [];
  for (let length = 0, index = 0; length < characters; index++) {
    const arn = `arn:aws:s3:::amzn-s3-demo-bucket/${index}`;
    resources.push(arn);
    length += arn.length + 3;
  }
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: resources };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

function checksOf(text: string): readonly string[] {
  const { findings } = service.analyze({ path: '', text, kind: 'identity' }, DEFAULT_SETTINGS);
  assert.ok(findings.some(({ rule }) => rule === 'policy-size'));
  return findings.flatMap(({ accessAnalyzer }) => accessAnalyzer);
}

test('a finding names the checks of Access Analyzer that say the same', () => {
  assert.deepEqual(checksOf(policyOf(20_000)), ['POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA']);
});

test('where a policy is so long that Access Analyzer says nothing, the same finding names none', () => {
  assert.deepEqual(checksOf(policyOf(60_000)), []);
});
