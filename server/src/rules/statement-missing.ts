import { ACCOUNT_TO_FILL_IN } from '../policy/edit-principal.ts';
import { grammarOf, isIntended } from '../policy/grammar.ts';
import type { PolicyKind } from '../policy/kind.ts';
import { DOCUMENT_ELEMENTS, openingOf } from '../policy/model.ts';
import type { WritableValue } from '../syntax/json-writer.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'statement-missing',
  title: 'No statement',
  accessAnalyzer: ['MISSING_STATEMENT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
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
  check(policy, { kind, report, write, isHalfTyped }) {
    if (policy.form !== 'document' || policy.node.type !== 'object' || isHalfTyped(policy.node)) return;
    const { statementElement, node } = policy;
    const title = 'Add a statement to fill in';
    const { statement, placeholders } = draftStatement(kind);
    if (!statementElement) {
      if (isIntended(policy.elements, ['Statement'], DOCUMENT_ELEMENTS)) return;
      const fixes = (): readonly Fix[] => [
        { title, effect: 'unknown', edits: write.insertMember(node, 'Statement', [statement]), placeholders },
      ];
      report({ at: openingOf(node), message: 'missing', fixes });
    } else if (statementElement.value?.type === 'array' && statementElement.value.items.length === 0) {
      const list = statementElement.value;
      const fixes = (): readonly Fix[] => [
        { title, effect: 'unknown', edits: write.insertItem(list, statement), placeholders },
      ];
      report({ at: list.span, message: 'empty', fixes });
    }
  },
});

interface Draft {
  readonly statement: WritableValue;
  readonly placeholders: readonly string[];
}

/** A statement with all that its kind of policy needs, to be filled in. */
function draftStatement(kind: PolicyKind): Draft {
  const needs = grammarOf(kind)?.needs ?? ['action', 'resource'];
  const rcp = kind === 'rcp';
  const everyone = rcp || kind === 'vpc-endpoint';
  const statement = {
    Effect: rcp ? 'Deny' : 'Allow',
    Principal: needs.includes('principal') ? (everyone ? '*' : { AWS: ACCOUNT_TO_FILL_IN }) : undefined,
    Action: kind === 'trust' ? 'sts:AssumeRole' : '<action>',
    Resource: kind === 'trust' ? undefined : '<resource>',
  };
  const placeholders = ['<account-id>', '<action>', '<resource>'].filter((word) =>
    JSON.stringify(statement).includes(word),
  );
  return { statement, placeholders };
}
