import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewPolicy } from '../../server/src/protocol.ts';
import { connect, PULL } from './client.ts';

const ask = async (params: unknown): Promise<NewPolicy> => {
  const client = await connect({ capabilities: PULL });
  const answer = await client.request<NewPolicy>('iamPolicy/newPolicy', params);
  await client.end();
  return answer;
};

test('a client is asked one question after the other, and gets the policies that its answers amount to', async () => {
  const first = await ask({ answers: {} });
  assert.equal(first.question?.id, 'who');
  const second = await ask({ answers: { who: ['ec2'] } });
  assert.equal(second.question?.id, 'when');
  assert.deepEqual(
    second.policies.map(({ kind }) => kind),
    ['trust'],
  );
  const last = await ask({ answers: { who: ['ec2'], when: [], what: ['s3-read'], bucket: ['reports'], never: [] } });
  assert.equal(last.question, undefined);
  assert.deepEqual(
    last.policies.map(({ kind }) => kind),
    ['trust', 'identity'],
  );
  assert.match(last.policies[1]?.text ?? '', /arn:aws:s3:::reports/);
});

test('whatever a client sends, it is asked on', async () => {
  for (const answers of [undefined, null, 7, 'who', { who: 'ec2' }, { who: [7] }, { who: [] }]) {
    const { policies } = await ask({ answers });
    assert.deepEqual(policies, []);
  }
});
