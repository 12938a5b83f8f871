import type { Catalogue } from '../catalogue/types.ts';
import { holdsWithoutKey } from '../policy/condition.ts';
import { type ActionEntry, type ConditionClause, isAllow, isDeny } from '../policy/model.ts';
import { nameEntries, releaseActions } from '../policy/release-actions.ts';
import { actionsOf } from '../policy/scope.ts';
import { keysOfAction } from '../policy/supported-keys.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-action-unsupported',
  title: 'Action that does not take a condition key',
  accessAnalyzer: ['UNSUPPORTED_ACTION_FOR_CONDITION_KEY'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'A condition key of a service comes only with the requests of some actions: `s3:prefix` with listing a bucket, not with reading an object.',
    why: 'Where the key is missing, a condition such as `StringEquals` never holds, so the statement says nothing about that action. A negative one, such as `StringNotEquals`, always holds.',
    how: 'Move the action to a statement without the condition.',
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-for-condition-key',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:ListBucket', 's3:GetObject'],
              Resource: ['arn:aws:s3:::shared-bucket', 'arn:aws:s3:::shared-bucket/*'],
              Condition: { StringLike: { 's3:prefix': 'reports/*' } },
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
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::shared-bucket',
              Condition: { StringLike: { 's3:prefix': 'reports/*' } },
            },
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/reports/*' },
          ],
        },
      },
    },
  },
  messages: {
    never: "{actions} {take} no '{key}', so the condition never holds and this statement never {verb} {it}.",
    always: "{actions} {take} no '{key}', so the condition always holds and this statement {verb} {it} all the same.",
    session:
      "'sts:TagSession' takes no '{key}', so the condition does not count for it. Give it a statement of its own.",
  },
  check(statement, context) {
    const { report, catalogue, write } = context;
    const allow = isAllow(statement);
    const [block] = statement.actions;
    if (!block || block.negated || (!allow && !isDeny(statement))) return;
    const said = new Set<ActionEntry>();
    for (const clause of statement.conditions) {
      const sure = SURE.test(clause.key);
      const lacking = block.entries.filter((entry) => !said.has(entry) && lacksKey(entry, clause, catalogue));
      const [first, ...more] = lacking;
      if (!first) continue;
      for (const entry of lacking) said.add(entry);
      const one = more.length === 0;
      const { key } = clause;
      const always = holdsWithoutKey(clause.operator);
      const effect = allow ? 'widens' : 'narrows';
      const common = {
        at: first.node.span,
        related: [
          { span: clause.member.key.span, message: 'The condition.' },
          ...more.map(({ node }) => ({ span: node.span, message: 'The same goes for this action.' })),
        ],
        fixes: () => {
          const released = releaseActions(context.policy, statement, lacking, clause, write);
          if (!released) return [];
          const named = one ? `'${first.node.value}'` : `${lacking.length} actions`;
          const title = released.split
            ? `Move ${named} to a statement without the condition`
            : `Remove the condition on '${key}'`;
          return [{ title, effect: always ? ('equivalent' as const) : effect, edits: released.edits } as const];
        },
      };
      if (isAudience(key)) {
        report({ ...common, severity: 'info', message: 'session', data: { key } });
        continue;
      }
      const verb = allow ? 'allows' : 'denies';
      const data = { actions: nameEntries(lacking), take: one ? 'takes' : 'take', it: one ? 'it' : 'them', key, verb };
      const doubt = sure
        ? {}
        : ({ accessAnalyzer: [], severity: 'info', confidence: 'low', persona: 'pedantic' } as const);
      report({ ...common, ...doubt, message: always ? 'always' : 'never', data });
    }
  },
});

/** Where Access Analyzer says so too. AWS's own policies have other keys with actions that are not said to take them. */
const SURE = /^s3:prefix$|^kms:encryptioncontext(?::|keys$)|^cognito-identity\.amazonaws\.com:aud$/i;

function isAudience(key: string): boolean {
  return key.toLowerCase() === 'cognito-identity.amazonaws.com:aud';
}

function lacksKey(entry: ActionEntry, { key, operator }: ConditionClause, catalogue: Catalogue): boolean {
  const { pattern } = entry;
  if (pattern.wildcard || pattern.hole || operator.name === undefined || operator.family === 'Null') return false;
  if (isAudience(key)) return pattern.text.toLowerCase() === 'sts:tagsession';
  if (/^aws:/i.test(key)) return false;
  const known = catalogue.conditionKey(key);
  if (known?.scope !== 'service') return false;
  const [action] = actionsOf(entry, catalogue);
  return action !== undefined && !keysOfAction(action).has(known.name.toLowerCase());
}
