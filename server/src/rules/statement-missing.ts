import { isIntended } from '../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, openingOf } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'statement-missing',
  title: 'No statement',
  accessAnalyzer: ['MISSING_STATEMENT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: { none: 'only you know what the policy is to say' },
  docs: {
    what: 'A policy must have a `Statement` that holds one statement or a list of them.',
    why: 'The statements are what the policy says; AWS refuses a policy without any.',
    how: 'Add `Statement` with at least one statement: its Effect, its Action and, in most policies, its Resource.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_statement.html'],
    examples: {
      bad: { kind: 'identity', policy: { Version: '2012-10-17', Statement: [] } },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    missing: 'The policy has no Statement, so it says nothing and AWS refuses it. Add one.',
    empty: 'The list of statements is empty, so the policy says nothing and AWS refuses it. Add a statement.',
  },
  check(policy, { report, isHalfTyped }) {
    if (policy.form !== 'document' || policy.node.type !== 'object' || isHalfTyped(policy.node)) return;
    const { statementElement } = policy;
    if (!statementElement) {
      if (isIntended(policy.elements, ['Statement'], DOCUMENT_ELEMENTS)) return;
      report({ at: openingOf(policy.node), message: 'missing' });
    } else if (statementElement.value?.type === 'array' && statementElement.value.items.length === 0) {
      report({ at: statementElement.value.span, message: 'empty' });
    }
  },
});
