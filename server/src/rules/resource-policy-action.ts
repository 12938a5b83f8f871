import { attachedService, findForeignAction, refusesOthers } from '../policy/attached.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'resource-policy-action',
  title: 'Action that the policy of this resource cannot hold',
  accessAnalyzer: ['UNSUPPORTED_ACTION_IN_POLICY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'A policy that is attached to a resource, such as a bucket or a table, can only hold actions on that resource.',
    why: 'S3 and DynamoDB refuse such a policy; elsewhere the action matches no request.',
    how: 'Remove the action, and allow it where it belongs: in the policy of the other resource or of the identity.',
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-in-policy',
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
              Action: ['s3:GetObject', 'kms:Decrypt'],
              Resource: 'arn:aws:s3:::shared-bucket/*',
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
      "'{action}' cannot stand in a resource policy of {service}: it works on resources of {other}. Allow it in a policy there, or in one of the identity.",
    type: "'{action}' works on nothing that a resource policy of {service} is attached to. Allow it in a policy of the identity.",
  },
  check(entry, context) {
    const { catalogue, report, write } = context;
    const attached = attachedService(context);
    const why =
      attached === undefined || entry.block.negated ? undefined : findForeignAction(entry, attached, catalogue);
    if (attached === undefined || why === undefined) return;
    const { node, pattern, block } = entry;
    const action = pattern.text;
    const name = (prefix: string) => catalogue.serviceName(prefix) ?? prefix;
    const common = {
      at: node.span,
      ...((why === 'type' || !refusesOthers(attached)) && { severity: 'warning' as const }),
      fixes: (): readonly Fix[] => {
        const edits = removeEntries(block.member, [node], write);
        return edits ? [{ title: `Remove '${action}'`, effect: 'unknown', edits, preferred: true }] : [];
      },
    };
    if (why === 'type') return report({ ...common, message: 'type', data: { action, service: name(attached) } });
    report({
      ...common,
      message: 'service',
      data: { action, service: name(attached), other: name(pattern.prefix.toLowerCase()) },
    });
  },
});
