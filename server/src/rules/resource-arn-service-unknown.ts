import { hasWildcard } from '../base/wildcard.ts';
import { formerService } from '../catalogue/former.ts';
import { nearest } from '../catalogue/suggest.ts';
import { isOpen, RESOURCE_KINDS } from '../policy/resource-field.ts';
import { isArnService } from '../policy/resource-type.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-arn-service-unknown',
  title: 'ARN of a service that does not exist',
  accessAnalyzer: ['INVALID_SERVICE'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'The third field of an ARN is the service, mostly by the prefix that its actions have: `s3`, `dynamodb`, `elasticloadbalancing`.',
    why: 'An ARN of a service that does not exist matches no resource, and AWS may refuse the policy.',
    how: 'Take the suggested name. If the service is newer than the reference data, leave it and ignore this rule.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'dynamodb:GetItem',
              Resource: 'arn:aws:dynamdb:eu-west-1:111122223333:table/orders',
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
              Action: 'dynamodb:GetItem',
              Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders',
            },
          ],
        },
      },
    },
  },
  messages: {
    misspelt: "There is no service '{value}' in ARNs; did you mean '{near}'?",
    former: "The service '{value}' no longer exists, so this ARN matches nothing.",
    empty: 'The service is missing: an ARN is arn:partition:service:region:account:resource.',
    unknown:
      "'{value}' is not among the services as of {date}, so this ARN may match nothing. Check the spelling, unless it is newer.",
  },
  check({ node, arn }, { report, write, catalogue, statement }) {
    if (!arn || isOpen(arn.service.text) || hasWildcard(arn.service.text)) return;
    const { text: value, start, end } = arn.service;
    if (isArnService(value, catalogue) || catalogue.serviceName(value) !== undefined) return;
    const at = spanInString(node, start, end);
    if (value === '') {
      return report({ at: spanInString(node, Math.max(0, start - 1), end + 1), message: 'empty' });
    }
    if (formerService(value) || catalogue.retiredService(value)) {
      return report({ at, message: 'former', severity: 'info', tag: 'deprecated', data: { value } });
    }
    const prefixes = statement?.actions.flatMap(({ entries }) => entries.map(({ pattern }) => pattern.prefix)) ?? [];
    const near =
      catalogue.prefixOfAlias(value) ?? nearest(value, prefixes) ?? nearest(value, catalogue.servicePrefixes());
    if (near === undefined) {
      return report({ at, message: 'unknown', data: { value, date: catalogue.date } });
    }
    report({
      at,
      message: 'misspelt',
      data: { value, near },
      fixes: () => [
        { title: `Change to '${near}'`, effect: 'unknown', edits: write.replaceSpan(at, near), preferred: true },
      ],
    });
  },
});
