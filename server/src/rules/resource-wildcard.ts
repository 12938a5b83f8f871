import type { Action, Catalogue, ResourceType } from '../catalogue/types.ts';
import { type ConditionClause, isAllow } from '../policy/model.ts';
import { actionsOf, nameTypes, neededTypes, scopeProposals, sortTypes, wideResources } from '../policy/scope.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-wildcard',
  title: 'Resource could name what is meant',
  accessAnalyzer: [],
  severity: 'hint',
  confidence: 'medium',
  persona: 'regular',
  kinds: ['identity'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: 'The statement allows its actions on every resource, although the actions can be limited to certain ones.',
    why: 'Whoever gets this policy reaches everything of that kind in the account, today and later. Naming the resources keeps a mistake or a stolen key small.',
    how: 'Replace the wildcard by the ARNs that are needed. Keep `*` for actions that take no ARN, in a statement of their own.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject'],
              Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    kinds: "'{resource}' lets {actions} reach every {types}. Name the ones that are needed.",
    many: "'{resource}' lets {actions} reach every resource of many kinds. Name the ones that are needed.",
  },
  check(statement, context) {
    const { report, catalogue, write } = context;
    if (!isAllow(statement) || statement.actions.some(({ negated }) => negated)) return;
    if (statement.conditions.some(limitsResources)) return;
    const entries = statement.actions.flatMap((block) => block.entries);
    if (entries.some(({ pattern }) => pattern.everything || pattern.wildcardInPrefix || pattern.hole)) return;
    for (const wide of wideResources(statement, catalogue)) {
      const service = wide.arn?.service.text;
      const concerned = entries
        .filter(({ pattern }) => service === undefined || pattern.prefix.toLowerCase() === service)
        .map((entry) => ({ entry, named: actionsOf(entry, catalogue) }))
        .filter(({ named }) => !named.every(({ id }) => OWN_RULES.has(id)));
      if (!concerned.some(({ named }) => named.some(isWorthLimiting))) continue;
      const limitable = concerned.filter(({ named }) => named.some(takesArn));
      const types = firstTypes(
        limitable.flatMap(({ named }) => named),
        catalogue,
      );
      const actions =
        limitable.length === 1 ? `'${limitable[0]?.entry.pattern.text}'` : `these ${limitable.length} actions`;
      const fixes = () => scopeProposals(context.policy, statement, wide, catalogue, write);
      const data = { resource: wide.text, actions };
      if (types.size === 0 || types.size > MOST_NAMED) report({ at: wide.node.span, message: 'many', data, fixes });
      else {
        const names = nameTypes(sortTypes([...types], catalogue));
        report({ at: wide.node.span, message: 'kinds', data: { ...data, types: names }, fixes });
      }
    }
  },
});

/** Wildcards with these have findings of their own. */
const OWN_RULES: ReadonlySet<string> = new Set(['iam:PassRole', 'iam:CreateServiceLinkedRole']);

/** More types than this are not named. */
const MOST_NAMED = 3;

/** The types that the actions need, until they are too many to name. */
function firstTypes(actions: readonly Action[], catalogue: Catalogue): ReadonlySet<ResourceType> {
  const types = new Set<ResourceType>();
  for (const action of actions) {
    for (const type of neededTypes(action, catalogue)) types.add(type);
    if (types.size > MOST_NAMED) break;
  }
  return types;
}

function takesArn(action: Action): boolean {
  return action.resourceTypes.length > 0 && !action.scenarioDependent;
}

/** Names in a list give less away than what is read or changed. */
function isWorthLimiting(action: Action): boolean {
  return takesArn(action) && action.level !== 'List';
}

/** A condition on the resource's own tags, account or organization limits it as well. */
function limitsResources({ key }: ConditionClause): boolean {
  return /^aws:resource|resourcetag\//i.test(key);
}
