import { attachedService, findForeignResource, refusesOthers } from '../policy/attached.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'resource-policy-arn',
  title: 'Resource that the policy of another cannot hold',
  accessAnalyzer: ['UNSUPPORTED_RESOURCE_ARN_IN_POLICY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'A policy that is attached to a resource, such as a bucket or a table, is about that resource only: its Resource names it or what is in it.',
    why: 'S3 and DynamoDB refuse a policy that names another resource; elsewhere it matches no request.',
    how: 'Name the resource that the policy is attached to. For another one write a policy there.',
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-resource-arn-in-policy',
    ],
    examples: {
      bad: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
              Action: 's3:GetObject',
              Resource: ['arn:aws:s3:::shared-bucket/*', 'arn:aws:sqs:eu-west-1:111122223333:orders'],
            },
          ],
        },
      },
      good: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    service:
      'This names a resource of {other}, but the policy is attached to one of {service} and can be about that only. Name that one.',
    type: "No resource policy of {service} can be about '{arn}'. Name the resource that the policy is attached to.",
  },
  check(entry, context) {
    const { catalogue, report, write } = context;
    const attached = attachedService(context);
    const why = attached === undefined ? undefined : findForeignResource(entry, attached, catalogue);
    if (attached === undefined || why === undefined) return;
    const { node, text, arn, block } = entry;
    const name = (prefix: string) => catalogue.serviceName(prefix) ?? prefix;
    const common = {
      at: node.span,
      ...((why === 'type' || !refusesOthers(attached)) && { severity: 'warning' as const }),
      fixes: (): readonly Fix[] => {
        const edits = removeEntries(block.member, [node], write);
        return edits ? [{ title: `Remove '${text}'`, effect: 'unknown', edits, preferred: true }] : [];
      },
    };
    if (why === 'type') return report({ ...common, message: 'type', data: { arn: text, service: name(attached) } });
    report({ ...common, message: 'service', data: { service: name(attached), other: name(arn?.service.text ?? '') } });
  },
});
