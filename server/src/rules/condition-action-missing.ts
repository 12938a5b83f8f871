import { namesAction } from '../policy/assume.ts';
import { needsKey } from '../policy/caller-keys.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

/**
 * Keys that describe what a caller passes along when assuming a role, and the action that passing it takes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-sts
 */
const PASSED = [
  { key: /^sts:sourceidentity$/i, action: 'sts:SetSourceIdentity', what: 'a source identity', sure: true },
  { key: /^(aws:requesttag\/|aws:tagkeys$|sts:transitivetagkeys$)/i, action: 'sts:TagSession', what: 'session tags' },
  { key: /^sts:requestcontext(\/|providers$)/i, action: 'sts:SetContext', what: 'context' },
] as const;

/** The calls in which these keys occur. */
const CALLS = [
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:GetFederationToken',
] as const;

export default defineRule({
  id: 'condition-action-missing',
  title: 'Condition on something that may not be passed',
  accessAnalyzer: ['MISSING_ACTION_FOR_CONDITION_KEY'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity', 'trust'],
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'A statement allows to assume a role under a condition on what the caller passes along (a source identity, session tags), but does not allow the action that passing it takes.',
    why: 'Passing a source identity takes `sts:SetSourceIdentity` besides `sts:AssumeRole`, passing tags takes `sts:TagSession`. Without it AWS refuses every request that has the value, so the condition is never met.',
    how: 'Add the missing action to the statement.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'sts:SourceIdentity': 'anna' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' },
              Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
              Condition: { StringEquals: { 'sts:SourceIdentity': 'anna' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    never:
      "'{key}' is there only when the caller passes {what}, which takes '{action}' as well. Without it nobody can meet this condition; add it.",
    useless:
      "'{key}' is about passing {what}, which takes '{action}' as well, and this policy does not allow that. Add it, or remove the condition.",
  },
  check(statement, context) {
    const { kind, report, write } = context;
    if (!isAllow(statement) || statement.actions.length !== 1 || statement.conditions.length === 0) return;
    const [block] = statement.actions;
    const entries = block?.negated ? [] : (block?.entries ?? []);
    const container = block?.member.value;
    const call = CALLS.find((one) => namesAction(statement, one) === 'yes');
    const first = entries.find(({ pattern }) => /^(sts:.*|\*)$/i.test(pattern.text));
    // With actions of other services, a key that they know too is likely about those.
    const mixed = entries.some(({ pattern }) => pattern.prefix.toLowerCase() !== 'sts');
    if (!first || !container || !call) return;
    for (const passed of PASSED) {
      const { action, what } = passed;
      const clauses = statement.conditions.filter(({ key }) => passed.key.test(key));
      const clause = clauses.find(needsKey) ?? clauses[0];
      if (!clause || (mixed && clause.key.toLowerCase().startsWith('aws:'))) continue;
      // That nothing is passed is what `Null` with true asks for.
      if (clause.operator.family === 'Null' && !needsKey(clause)) continue;
      if (context.policy.statements.some((other) => isAllow(other) && namesAction(other, action) !== 'no')) continue;
      const never = needsKey(clause);
      report({
        at: first.node.span,
        message: never ? 'never' : 'useless',
        data: { key: clause.key, what, action },
        // Tags may come from an earlier session, and permissions from another policy of the caller.
        severity: never && 'sure' in passed && kind === 'trust' ? 'error' : 'warning',
        related: [{ span: clause.member.key.span, message: 'The condition.' }],
        fixes: () => [
          { title: `Add '${action}' to Action`, effect: 'widens', edits: write.addToOneOrMany(container, action) },
        ],
      });
    }
  },
});
