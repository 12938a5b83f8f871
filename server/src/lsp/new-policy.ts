import { NEW_POLICY, type NewPolicyParams } from '../protocol.ts';
import type { NewPolicy, PolicyAnswers } from '../service.ts';
import type { Part } from './part.ts';

/** Longer than any answer that AWS would take. */
const MOST_ANSWERS = 2000;

export const newPolicy: Part = {
  capabilities: () => ({}),
  serve({ connection, service, guard }) {
    connection.onRequest(
      NEW_POLICY,
      guard<NewPolicyParams, NewPolicy>('Asking for a new policy', { policies: [] }, (params) =>
        service.newPolicy(readAnswers(params.answers)),
      ),
    );
  },
};

/** What a client sends is not trusted: only lists of texts are answers. */
function readAnswers(value: unknown): PolicyAnswers {
  if (typeof value !== 'object' || value === null) return {};
  const answers = Object.entries(value).filter(([, texts]) => Array.isArray(texts));
  return Object.fromEntries(
    answers.map(([id, texts]: [string, readonly unknown[]]) => [
      id,
      texts.filter((text) => typeof text === 'string').slice(0, MOST_ANSWERS),
    ]),
  );
}
