import { matchesWildcard } from '../base/wildcard.ts';
import { addConditions } from '../policy/edit-condition.ts';
import {
  type ActionEntry,
  type ConditionClause,
  isAllow,
  type PolicyView,
  type ResourceEntry,
  type Statement,
} from '../policy/model.ts';
import { splitStatement } from '../policy/split.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'service-linked-role-open',
  title: 'Service-linked roles of any service may be created',
  accessAnalyzer: [
    'CREATE_SLR_WITH_STAR_IN_RESOURCE',
    'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE',
    'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    'CREATE_SLR_WITH_NOT_RESOURCE',
    'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
    'CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE',
  ],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: '`iam:CreateServiceLinkedRole` makes a role through which a service acts in the account. Here it may be made for any service.',
    why: 'Each such role gives one more service rights in the account that nobody may have meant to give.',
    how: 'Name the service in a condition on `iam:AWSServiceName`, and its role in Resource: `role/aws-service-role/ecs.amazonaws.com/*`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html#service-linked-role-permissions',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-general-warning-create-slr-with-star-in-resource',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:CreateServiceLinkedRole', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:CreateServiceLinkedRole',
              Resource: 'arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/*',
              Condition: { StringEquals: { 'iam:AWSServiceName': 'ecs.amazonaws.com' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    any: "'{action}' with '{resource}' lets any service get a service-linked role. Name the service with iam:AWSServiceName.",
    notAction:
      "NotAction does not leave out iam:CreateServiceLinkedRole, so with '{resource}' any service may get a role. Add it to NotAction.",
    notResource:
      "'{action}' with NotResource lets nearly any service get a service-linked role. Name the roles in Resource instead.",
    notBoth:
      'NotAction with NotResource lets nearly any service get a service-linked role. Name the actions and roles instead.',
  },
  check(statement, context) {
    const { report, write } = context;
    if (!isAllow(statement) || statement.conditions.some(namesService)) return;
    const [actions] = statement.actions;
    const [resources] = statement.resources;
    if (!actions || !resources) return;
    const action = actions.entries.find(({ pattern }) => !pattern.hole && takes(pattern.text, CREATE));
    if (actions.negated ? action !== undefined || actions.entries.length === 0 : action === undefined) return;
    const wildcard = action?.pattern.wildcard ?? false;
    const name = action?.pattern.text ?? '';
    // With these, any role may be passed as well, which is worse and said elsewhere.
    const worse = action ? takes(name, 'iam:PassRole') : !actions.entries.some(takesPassRole);
    const common = { ...(worse && { severity: 'info' as const }) };
    const related = action ? [{ span: action.node.span, message: `This allows ${CREATE}.` }] : [];

    if (resources.negated) {
      const at = resources.member.key.span;
      if (!action) {
        const accessAnalyzer = ['CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE'];
        return report({ ...common, at, message: 'notBoth', accessAnalyzer, fixes: () => leaveOut(statement, write) });
      }
      const check = wildcard ? 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE' : 'CREATE_SLR_WITH_NOT_RESOURCE';
      return report({
        ...common,
        at,
        message: 'notResource',
        accessAnalyzer: [check],
        data: { action: name },
        related,
      });
    }
    const resource = resources.entries.find(isAnyServiceRole);
    if (!resource) return;
    if (!action) {
      return report({
        ...common,
        at: resource.node.span,
        message: 'notAction',
        accessAnalyzer: ['CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION'],
        data: { resource: resource.text },
        fixes: () => leaveOut(statement, write),
      });
    }
    // Everything on everything is a finding of its own.
    if (action.pattern.everything && resource.text === '*') return;
    report({
      ...common,
      at: resource.node.span,
      message: 'any',
      accessAnalyzer: [wildcard ? 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE' : 'CREATE_SLR_WITH_STAR_IN_RESOURCE'],
      data: { action: name, resource: resource.text },
      related,
      fixes: () => (!wildcard ? findFixes(action, statement, context.policy, write) : []),
    });
  },
});

type Write = Parameters<typeof addConditions>[0];

const CREATE = 'iam:CreateServiceLinkedRole';

function takes(pattern: string, action: string): boolean {
  return matchesWildcard(pattern, action, { ignoreCase: true });
}

function takesPassRole({ pattern }: ActionEntry): boolean {
  return takes(pattern.text, 'iam:PassRole');
}

/** Access Analyzer is content with any condition on the service, unless a value begins with a wildcard. */
function namesService({ operator, key, values }: ConditionClause): boolean {
  return (
    key.toLowerCase() === 'iam:awsservicename' &&
    operator.family === 'String' &&
    !operator.ifExists &&
    // Where no wildcard is honoured, such a value is no service: another rule has that.
    (!operator.name?.endsWith('Like') || values.every(({ text }) => !/^[*?]/.test(text)))
  );
}

/** `*`, or an ARN that fits the service-linked roles of more than one service. */
function isAnyServiceRole({ text, arn }: ResourceEntry): boolean {
  if (text === '*') return true;
  if (!arn || !matchesWildcard(arn.service.text, 'iam')) return false;
  const role = arn.resource.text;
  const wildcard = role.search(/[*?]/);
  const head = role.slice(0, wildcard);
  // Anything else that it spells out is the name of one service, or of other roles.
  const spelt = role.slice(wildcard).replace(/aws-service-role|\.amazonaws\.com|AWSServiceRoleFor|[*?/]/g, '');
  return wildcard >= 0 && spelt === '' && (PATH.startsWith(head) || /^role\/aws-service-role\/[\w-]*$/.test(head));
}

const PATH = 'role/aws-service-role/';

function leaveOut({ actions }: Statement, write: Write): readonly Fix[] {
  const list = actions[0]?.member.value;
  if (!list) return [];
  return [{ title: `Add '${CREATE}' to NotAction`, effect: 'narrows', edits: write.addToOneOrMany(list, CREATE) }];
}

function findFixes(action: ActionEntry, statement: Statement, policy: PolicyView, write: Write): readonly Fix[] {
  const service = '<service>.amazonaws.com';
  const key = 'iam:AWSServiceName';
  const common = { effect: 'narrows', placeholders: [service] } as const;
  const name = action.node.value.toLowerCase();
  const others = statement.actions[0]?.entries.filter(({ node }) => node.value.toLowerCase() !== name) ?? [];
  // What another pattern allows as well stays allowed.
  if (others.some(({ pattern }) => takes(pattern.text, CREATE))) return [];
  if (others.length === 0) {
    const edits = addConditions(write, statement, [{ operator: 'StringEquals', key, value: service }]);
    return [{ ...common, title: 'Allow roles for one service only', edits }];
  }
  // A condition on the whole statement would take away its other actions.
  const resources = statement.resources.flatMap(({ entries }) => entries.map(({ text }) => text));
  const rest = { actions: others.map(({ node }) => node.value), resources, label: '' };
  const own = { actions: [action.node.value], resources, label: 'ServiceRole', equals: { [key]: service } };
  const edits = splitStatement(policy, statement, [rest, own], write);
  return edits ? [{ ...common, title: `Move '${action.node.value}' to a statement for one service`, edits }] : [];
}
