import { wildcardsOverlap } from '../base/wildcard.ts';
import type { ConditionKey } from '../catalogue/types.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-kms-key',
  title: 'Not the ARN of a KMS key',
  accessAnalyzer: ['INVALID_KMS_KEY_VALUE'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: { none: 'The id of the key behind an alias is known to your account only.' },
  docs: {
    what: 'A condition key that holds the ARN of a KMS key, such as `s3:x-amz-server-side-encryption-aws-kms-key-id`, is compared with an alias, a key id or another ARN.',
    why: 'The request carries the ARN of the key itself, so the comparison never succeeds.',
    how: 'Write `arn:aws:kms:<region>:<account>:key/<key id>`.',
    references: ['https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'alias/reports' } },
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
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: {
                StringEquals: {
                  's3:x-amz-server-side-encryption-aws-kms-key-id':
                    'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
                },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    alias: "'{value}' is an alias, but '{key}' holds the ARN of the key itself, so nothing matches it. {how}",
    other: "'{value}' is not the ARN of a KMS key, which '{key}' holds, so nothing matches it. {how}",
  },
  check({ operator, key, values }, { catalogue, report }) {
    if ((operator.family !== 'String' && operator.family !== 'Arn') || !/kms/i.test(key)) return;
    const known = catalogue.conditionKey(key);
    if (!known || !holdsKmsKeyArn(known)) return;
    for (const { node, text } of values) {
      if (text.includes('${') || hasHole(text) || wildcardsOverlap(text, 'arn:?*:kms:?*:?*:key/?*')) continue;
      report({
        at: node.span,
        message: /(?:^|:)alias\//.test(text) ? 'alias' : 'other',
        data: { value: text, key, how: "Write 'arn:aws:kms:<region>:<account>:key/<key id>'." },
      });
    }
  },
});

function holdsKmsKeyArn({ name, type }: ConditionKey): boolean {
  return type === 'ARN' || /KmsKeyArn/i.test(name);
}
