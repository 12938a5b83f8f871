import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'service-full-access',
  title: 'All of a service is allowed',
  accessAnalyzer: [],
  severity: 'info',
  confidence: 'high',
  persona: 'auditor',
  kinds: ['identity'],
  visit: 'action',
  fix: { none: 'Which actions are needed, only the author knows.' },
  docs: {
    what: 'The statement allows every action of a service on every resource.',
    why: 'It takes in deleting, sharing and changing permissions, and whatever AWS adds to the service later.',
    how: 'Name the actions that are needed, or at least the resources.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege'],
    examples: {
      bad: {
        persona: 'auditor',
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'budgets:*', Resource: '*' }] },
      },
      good: {
        persona: 'auditor',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:*',
              Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
            },
          ],
        },
      },
    },
  },
  messages: {
    all: "'{value}' allows all {count} actions of {service} on every resource, and those that AWS adds later.",
  },
  check({ node, pattern, block }, { report, statement, catalogue }) {
    if (!statement || !isAllow(statement) || block.negated || !/^\*+$/.test(pattern.name) || pattern.hole) return;
    const service = catalogue.service(pattern.prefix);
    if (!service || !statement.resources.some((one) => !one.negated && one.entries.some(({ text }) => text === '*'))) {
      return;
    }
    const data = { value: pattern.text, count: service.actions.size, service: service.name };
    report({ at: node.span, message: 'all', data });
  },
});
