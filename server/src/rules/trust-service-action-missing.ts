import { namesAction } from '../policy/assume.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** Services that assume roles in more than one step, and the actions that takes. */
const SERVICES = [
  {
    // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
    principal: 'rolesanywhere.amazonaws.com',
    name: 'IAM Roles Anywhere',
    actions: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    accessAnalyzer: ['MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'],
    severity: 'error',
  },
  {
    // Session tags can be turned off in an association, so sts:TagSession is no certain need.
    // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
    principal: 'pods.eks.amazonaws.com',
    name: 'EKS Pod Identity',
    actions: ['sts:AssumeRole', 'sts:TagSession'],
    accessAnalyzer: [],
    severity: 'warning',
  },
] as const;

export default defineRule({
  id: 'trust-service-action-missing',
  title: 'Service needs more actions to assume the role',
  accessAnalyzer: ['MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'policy',
  fix: 'widens',
  docs: {
    what: 'A trust policy lets in IAM Roles Anywhere or EKS Pod Identity, but does not allow all the actions with which they assume a role.',
    why: 'IAM Roles Anywhere sets a source identity and session tags on every session, EKS Pod Identity session tags (unless turned off). AWS refuses the whole request when one of these is not allowed, so the role cannot be assumed.',
    how: 'Add `sts:TagSession`, and for IAM Roles Anywhere also `sts:SetSourceIdentity`, beside `sts:AssumeRole`.',
    references: [
      'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
      'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'rolesanywhere.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: {
                ArnEquals: {
                  'aws:SourceArn':
                    'arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/0c4e4d5e-1b2a-4f3c-9d8e-7a6b5c4d3e2f',
                },
              },
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
              Principal: { Service: 'rolesanywhere.amazonaws.com' },
              Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
              Condition: {
                ArnEquals: {
                  'aws:SourceArn':
                    'arn:aws:rolesanywhere:eu-central-1:123456789012:trust-anchor/0c4e4d5e-1b2a-4f3c-9d8e-7a6b5c4d3e2f',
                },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    missing: '{service} needs {missing} as well to assume this role. Add {pronoun} to Action.',
  },
  check(policy, { catalogue, isHalfTyped, report, write }) {
    for (const { principal, name, actions, accessAnalyzer, severity } of SERVICES) {
      const statements = policy.statements.filter(
        (statement) =>
          isAllow(statement) &&
          statement.principals.some(
            ({ negated, everyone, entries }) =>
              !negated &&
              (everyone ||
                entries.some(({ type, node }) =>
                  type === 'Service'
                    ? catalogue.servicePrincipal(node.value)?.name === principal
                    : type === 'AWS' && node.value === '*',
                )),
          ),
      );
      const own = statements.find(
        (statement) =>
          statement.actions.some(({ negated, entries }) => !negated && entries.length > 0) &&
          statement.principals.some(({ entries }) =>
            entries.some(({ node }) => catalogue.servicePrincipal(node.value)?.name === principal),
          ),
      );
      const missing = actions.filter((action) => statements.every((one) => namesAction(one, action) === 'no'));
      const block = own?.actions[0];
      const container = block?.member.value;
      const [first] = block?.entries ?? [];
      if (missing.length === 0 || !own || !container || !first || isHalfTyped(own.node)) continue;
      const [one = '', ...more] = missing.map((action) => `'${action}'`);
      report({
        at: container.type === 'array' ? first.node.span : container.span,
        message: 'missing',
        data: {
          service: name,
          missing: more.length > 0 ? `${[one, ...more.slice(0, -1)].join(', ')} and ${more.at(-1)}` : one,
          pronoun: more.length > 0 ? 'them' : 'it',
        },
        accessAnalyzer,
        severity,
        fixes: () => {
          const names = block?.entries.map(({ node }) => node.value) ?? [];
          return [
            {
              title: `Add ${missing.map((action) => `'${action}'`).join(' and ')} to Action`,
              effect: 'widens',
              edits:
                missing.length === 1
                  ? write.addToOneOrMany(container, missing[0] ?? '')
                  : write.replace(container, [...names, ...missing]),
            },
          ];
        },
      });
    }
  },
});
