import { isDeny } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'rcp-action',
  title: 'An action that resource control policies do not reach',
  accessAnalyzer: ['RCP_SYNTAX_ERROR_ACTION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['rcp'],
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'The actions of a resource control policy must belong to services that these policies support, and `"*"` alone is not possible.',
    why: 'AWS refuses a policy that names other services. The list grows, so a service that is newer than our data gets a warning only.',
    how: 'Name the actions by service, such as `"s3:*"`, and leave out services that are not supported. A service control policy may do what you need.',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html'],
    examples: {
      bad: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: ['s3:*', 'ec2:*'], Resource: '*' }],
        },
      },
      good: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: ['s3:*', 'sqs:*'], Resource: '*' }],
        },
      },
    },
  },
  messages: {
    everything:
      "A resource control policy cannot deny '{action}': AWS refuses it. Name the services, such as 's3:*' and 'sqs:*'.",
    service:
      'Resource control policies do not support {service} (as of {date}), so AWS refuses this action. Leave it out or use a service control policy.',
  },
  check({ node, pattern, block }, { statement, catalogue, report, write }) {
    if (block.negated || pattern.hole) return;
    if (pattern.everything) {
      // Allow of everything is AWS's own RCPFullAWSAccess; any other Allow is reported as such.
      if (statement && isDeny(statement)) {
        report({ at: node.span, message: 'everything', data: { action: pattern.text } });
      }
      return;
    }
    const service = catalogue.serviceName(pattern.prefix);
    if (service === undefined || catalogue.isRcpService(pattern.prefix)) return;
    const list = block.member.value;
    report({
      at: node.span,
      message: 'service',
      severity: 'warning',
      data: { service, date: catalogue.date },
      fixes: () =>
        list?.type === 'array' && list.items.length > 1
          ? [{ title: `Remove '${pattern.text}'`, effect: 'unknown', edits: write.removeItem(list, node) }]
          : [],
    });
  },
});
