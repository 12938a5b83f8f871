import { matchesWildcard } from '../base/wildcard.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { fillTemplate, namesIn } from '../policy/arn-names.ts';
import { addConditions } from '../policy/edit-condition.ts';
import { type ActionEntry, isAllow, type PolicyView, type ResourceEntry, type Statement } from '../policy/model.ts';
import { splitStatement } from '../policy/split.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'pass-role-any-resource',
  title: 'Any role may be passed',
  accessAnalyzer: [
    'PASS_ROLE_WITH_STAR_IN_RESOURCE',
    'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE',
    'PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    'PASS_ROLE_WITH_NOT_RESOURCE',
    'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE',
    'PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE',
  ],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: '`iam:PassRole` lets a principal hand a role to a service, such as EC2 or Lambda. Here any role may be handed over, to any service.',
    why: 'Who may pass every role can start a machine or a function that has an administrator role, and so become an administrator.',
    how: 'Name the roles in Resource, and the service in a condition on `iam:PassedToService`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-security-warning-pass-role-with-star-in-resource',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:PassRole',
              Resource: 'arn:aws:iam::111122223333:role/app',
              Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    any: "'{action}' with '{resource}' lets any role be passed, an administrator's too. Name the roles, or the service with iam:PassedToService.",
    notAction:
      "NotAction does not leave out iam:PassRole, so with '{resource}' any role may be passed, an administrator's too. Add iam:PassRole to NotAction.",
    notResource: "'{action}' with NotResource lets every role but a few be passed. Name the roles in Resource instead.",
    notBoth: 'NotAction with NotResource lets nearly any role be passed. Name the actions and roles instead.',
  },
  check(statement, context) {
    const { report, catalogue, write } = context;
    if (
      !isAllow(statement) ||
      statement.conditions.some(({ operator, key }) => isPassedTo(key) && !operator.ifExists)
    ) {
      return;
    }
    const [actions] = statement.actions;
    const [resources] = statement.resources;
    if (!actions || !resources) return;
    const action = actions.entries.find(({ pattern }) => takesPassRole(pattern.text));
    if (actions.negated ? action !== undefined || actions.entries.length === 0 : action === undefined) return;
    const wildcard = action?.pattern.wildcard ?? false;
    const name = action?.pattern.text ?? '';

    if (resources.negated) {
      const at = resources.member.key.span;
      const related = action ? [{ span: action.node.span, message: 'This allows iam:PassRole.' }] : [];
      if (actions.negated) {
        const fixes = () => leaveOut(statement, write);
        return report({
          at,
          message: 'notBoth',
          accessAnalyzer: ['PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE'],
          fixes,
        });
      }
      const check = wildcard ? 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE' : 'PASS_ROLE_WITH_NOT_RESOURCE';
      return report({ at, message: 'notResource', accessAnalyzer: [check], data: { action: name }, related });
    }
    const resource = resources.entries.find(isAnyRole);
    if (!resource) return;
    const at = resource.node.span;
    if (!action) {
      return report({
        at,
        message: 'notAction',
        accessAnalyzer: ['PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION'],
        data: { resource: resource.text },
        fixes: () => leaveOut(statement, write),
      });
    }
    // Everything on everything is a finding of its own.
    if (action.pattern.everything && resource.text === '*') return;
    report({
      at,
      message: 'any',
      accessAnalyzer: [wildcard ? 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE' : 'PASS_ROLE_WITH_STAR_IN_RESOURCE'],
      data: { action: name, resource: resource.text },
      related: [{ span: action.node.span, message: 'This allows iam:PassRole.' }],
      fixes: () => (!wildcard ? findFixes(action, resource, statement, context.policy, catalogue, write) : []),
    });
  },
});

type Write = Parameters<typeof addConditions>[0];

function isPassedTo(key: string): boolean {
  return key.toLowerCase() === 'iam:passedtoservice';
}

function isPassRole(name: string): boolean {
  return name.toLowerCase() === 'iam:passrole';
}

function takesPassRole(pattern: string): boolean {
  return matchesWildcard(pattern, 'iam:PassRole', { ignoreCase: true });
}

/** `*`, or an ARN for any role. */
function isAnyRole({ text, arn }: ResourceEntry): boolean {
  if (text === '*') return true;
  if (!arn || !matchesWildcard(arn.service.text, 'iam')) return false;
  return /^(?:role\/?)?\*+$/.test(arn.resource.text);
}

function leaveOut({ actions }: Statement, write: Write): readonly Fix[] {
  const list = actions[0]?.member.value;
  if (!list) return [];
  return [
    { title: "Add 'iam:PassRole' to NotAction", effect: 'narrows', edits: write.addToOneOrMany(list, 'iam:PassRole') },
  ];
}

function findFixes(
  action: ActionEntry,
  resource: ResourceEntry,
  statement: Statement,
  policy: PolicyView,
  catalogue: Catalogue,
  write: Write,
): readonly Fix[] {
  const fixes: Fix[] = [];
  const others = statement.actions[0]?.entries.filter(({ pattern }) => !isPassRole(pattern.text)) ?? [];
  // What a pattern allows as well stays allowed.
  if (others.some(({ pattern }) => takesPassRole(pattern.text))) return [];
  const resources = statement.resources.flatMap(({ entries }) => entries.map(({ text }) => text));
  const [service, guessed] = guessService(policy, catalogue);
  const placeholders = guessed ? {} : { placeholders: [service] };
  const role = catalogue.action('iam', 'PassRole')?.resourceTypes[0]?.type;
  const arn = role && fillTemplate(role, namesIn(policy, catalogue), catalogue, resource);
  const container = resource.block.member.value;
  if (others.length === 0) {
    const key = 'iam:PassedToService';
    fixes.push({
      title: `Allow passing roles to ${guessed ? service : 'one service'} only`,
      effect: 'narrows',
      edits: addConditions(write, statement, [{ operator: 'StringEquals', key, value: service }]),
      ...placeholders,
    });
    if (arn && container) {
      fixes.push({
        title: 'Scope Resource to role ARN',
        effect: 'narrows',
        edits: write.replaceInOneOrMany(container, resource.node, [arn.text]),
        placeholders: arn.placeholders,
      });
    }
    return fixes;
  }
  // A condition on the whole statement would take away its other actions.
  const rest = { actions: others.map(({ node }) => node.value), resources, label: '' };
  const own = { actions: [action.node.value], resources, label: 'PassRole' };
  const limited = splitStatement(
    policy,
    statement,
    [rest, { ...own, equals: { 'iam:PassedToService': service } }],
    write,
  );
  if (limited) {
    const title = `Move 'iam:PassRole' to a statement for ${guessed ? service : 'one service'}`;
    fixes.push({ title, effect: 'narrows', edits: limited, ...placeholders });
  }
  const scoped = arn && splitStatement(policy, statement, [rest, { ...own, resources: [arn.text] }], write);
  if (arn && scoped) {
    const title = "Move 'iam:PassRole' to a statement for one role";
    fixes.push({ title, effect: 'narrows', edits: scoped, placeholders: arn.placeholders });
  }
  return fixes;
}

/** The service principal of the one other service that the policy names, else a word to replace. */
function guessService(policy: PolicyView, catalogue: Catalogue): readonly [service: string, guessed: boolean] {
  const names = policy.statements.flatMap(({ actions }) => actions.flatMap(({ entries }) => entries));
  const prefixes = new Set(names.map(({ pattern }) => pattern.prefix.toLowerCase()));
  const services = [...prefixes].filter((prefix) => {
    return !NEVER_PASSED.has(prefix) && catalogue.servicePrincipal(`${prefix}.amazonaws.com`)?.listed;
  });
  const [only] = services;
  if (only === undefined || services.length > 1) return ['<service>.amazonaws.com', false];
  return [`${only}.amazonaws.com`, true];
}

/** Services that stand in many policies and take no role. */
const NEVER_PASSED: ReadonlySet<string> = new Set(['', 'iam', 'sts', 's3', 'logs', 'kms', 'cloudwatch', 'sns', 'sqs']);
