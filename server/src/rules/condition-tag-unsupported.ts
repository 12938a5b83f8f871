import { removeEntries } from '../policy/edit-entries.ts';
import { type ConditionClause, isAllow, isDeny } from '../policy/model.ts';
import { nameEntries, releaseActions } from '../policy/release-actions.ts';
import { actionsOf } from '../policy/scope.ts';
import { keysOfAction } from '../policy/supported-keys.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'condition-tag-unsupported',
  title: 'Condition on tags of what has no tags',
  accessAnalyzer: [
    'ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
    'DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE',
  ],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: ['identity', 'permissions-boundary', 'session', 'resource', 'scp', 'rcp'],
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'The statement has a condition on `aws:ResourceTag`, but some of its actions work on nothing that has tags.',
    why: 'For those actions the condition never holds. An Allow never allows them, and a Deny, which is worse, never denies them.',
    how: 'Put these actions in a statement of their own, without the condition. With NotAction nobody can tell which actions these are: name the actions instead.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourcetag',
    ],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: ['ec2:StopInstances', 'support:CreateCase'],
              Resource: '*',
              Condition: { StringEquals: { 'aws:ResourceTag/stage': 'production' } },
            },
          ],
        },
      },
      good: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 'ec2:StopInstances',
              Resource: '*',
              Condition: { StringEquals: { 'aws:ResourceTag/stage': 'production' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    allow:
      '{actions} {work} on nothing that has tags, so the condition on {key} never holds and this statement never allows {it}.',
    deny: '{actions} {work} on nothing that has tags, so the condition on {key} never holds and this statement never denies {it}.',
    allowNot:
      'Many actions work on nothing that has tags. This statement never allows those, because of the condition on {key}. Name the actions instead.',
    denyNot:
      'Many actions work on nothing that has tags. This statement never denies those, because of the condition on {key}. Name the actions instead.',
  },
  check(statement, context) {
    const { kind, report, catalogue, write } = context;
    const clause = statement.conditions.find(needsTag);
    const [block] = statement.actions;
    if (!clause || !block) return;
    const allow = isAllow(statement);
    if (!allow && !isDeny(statement)) return;
    const related = [{ span: clause.member.key.span, message: 'The condition.' }];
    const { key } = clause;
    if (block.negated) {
      const check = `${allow ? 'ALLOW' : 'DENY'}_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE`;
      return report({
        at: block.member.key.span,
        message: allow ? 'allowNot' : 'denyNot',
        severity: allow ? 'info' : 'warning',
        accessAnalyzer: kind === 'rcp' ? [] : [check],
        related,
        data: { key },
      });
    }
    const lacking = block.entries.filter((entry) => {
      const { pattern } = entry;
      if (pattern.everything || pattern.wildcardInPrefix) return false;
      const actions = actionsOf(entry, catalogue);
      return actions.length > 0 && !actions.some((action) => [...keysOfAction(action)].some(isTagKey));
    });
    const [first, ...more] = lacking;
    if (!first) return;
    const one = more.length === 0;
    report({
      at: first.node.span,
      message: allow ? 'allow' : 'deny',
      severity: allow ? 'info' : 'warning',
      accessAnalyzer: [`${allow ? 'ALLOW' : 'DENY'}_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE`],
      data: { actions: nameEntries(lacking), work: one ? 'works' : 'work', it: one ? 'it' : 'them', key },
      related: [
        ...related,
        ...more.map(({ node }) => ({ span: node.span, message: 'The same goes for this action.' })),
      ],
      fixes: () => {
        const fixes: Fix[] = [];
        const effect = allow ? 'widens' : 'narrows';
        const named = one ? `'${first.node.value}'` : `${lacking.length} actions`;
        const released = releaseActions(context.policy, statement, lacking, clause, write);
        if (released?.split) {
          fixes.push({ title: `Move ${named} to a statement without the condition`, effect, edits: released.edits });
        } else if (released) {
          fixes.push({ title: `Remove the condition on '${key}'`, effect, edits: released.edits });
        }
        const nodes = lacking.map(({ node }) => node);
        const removal = allow ? removeEntries(block.member, nodes, write) : undefined;
        if (removal) fixes.push({ title: `Remove ${named}`, effect: 'narrows', edits: removal });
        return fixes;
      },
    });
  },
});

/** Holds only where the resource has the tag. */
function needsTag({ operator, key }: ConditionClause): boolean {
  return (
    /^aws:resourcetag\/./i.test(key) &&
    operator.name !== undefined &&
    operator.family !== 'Null' &&
    !operator.negated &&
    !operator.ifExists &&
    operator.set !== 'ForAllValues'
  );
}

/** Access Analyzer takes an action that has to do with any tags at all for one that supports them. */
function isTagKey(key: string): boolean {
  return /(?:resourcetag|requesttag)\/|:tagkeys$/.test(key);
}
