import { isAllow, isDeny } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 's3-prefix-negative',
  title: 'Hiding a folder of a bucket by its prefix',
  accessAnalyzer: ['S3_PREFIX_IN_NEGATIVE_CONTEXT'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: { none: 'The prefixes to allow are not those that are written.' },
  docs: {
    what: 'A `Deny` lists prefixes in `s3:prefix`, or an `Allow` excludes some with a negated operator.',
    why: 'It hides nothing: whoever lists the bucket with a shorter prefix, or none, does not meet the condition and sees those objects all the same.',
    how: 'Name what may be listed: `Allow` with `StringLike`, or `Deny` with `StringNotLike`.',
    references: [
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { StringLike: { 's3:prefix': 'private/*' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { StringNotLike: { 's3:prefix': 'public/*' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    deny: "Listing the bucket with a prefix shorter than '{value}' is not denied and shows these objects all the same. Deny with StringNotLike and the prefixes that may be listed.",
    allow:
      "Listing the bucket with a prefix shorter than '{value}' is allowed and shows these objects all the same. Allow with StringLike the prefixes that may be listed.",
  },
  check({ operator, key, member, values }, { statement, report }) {
    if (key.toLowerCase() !== 's3:prefix' || operator.family !== 'String') return;
    const deny = isDeny(statement) && !operator.negated;
    if (!deny && !(isAllow(statement) && operator.negated)) return;
    // No prefix is shorter than the empty one; to deny it alone stops nobody who knows a folder, and means no more.
    const value = values.find(({ text }) => text !== '')?.text;
    if (value === undefined) return;
    report({ at: member.key.span, message: deny ? 'deny' : 'allow', data: { value } });
  },
});
