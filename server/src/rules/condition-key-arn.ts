import { findKey } from '../policy/edit-condition.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-arn',
  title: 'The condition key aws:ARN',
  accessAnalyzer: ['UNSUPPORTED_GLOBAL_CONDITION_KEY', 'DEPRECATED_GLOBAL_CONDITION_KEY'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition uses the key `aws:ARN`, which AWS no longer supports.',
    why: 'It does not say whose ARN is meant, and requests need not carry it. Two keys took its place.',
    how: 'Use `aws:PrincipalArn` for who makes the request, or `aws:SourceArn` for the resource on whose behalf a service calls. For a session of a role, `aws:PrincipalArn` holds the ARN of the role.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcearn',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 's3:DeleteBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { ArnNotEquals: { 'aws:ARN': 'arn:aws:iam::111122223333:role/admin' } },
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
              Action: 's3:DeleteBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/admin' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    principal: "'{key}' is an old name that AWS no longer supports. Use aws:PrincipalArn, which names who calls.",
    source:
      "'{key}' is an old name that AWS no longer supports. Use aws:SourceArn for the resource that a service calls for, or aws:PrincipalArn for who calls.",
  },
  check({ key, member, operatorMember, values }, { report, write }) {
    if (key.toLowerCase() !== 'aws:arn') return;
    const principals = values.length > 0 && values.every(({ text }) => /^arn:[^:]*:(?:iam|sts):/.test(text));
    const unknown = values.some(({ text }) => text.includes('${') || hasHole(text));
    const near = principals ? 'aws:PrincipalArn' : 'aws:SourceArn';
    const object = operatorMember.value;
    report({
      at: member.key.span,
      message: principals ? 'principal' : 'source',
      data: { key },
      tag: 'deprecated',
      fixes: () => {
        if (unknown || object?.type !== 'object' || findKey(object, near)) return [];
        return [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.rename(member, near) }];
      },
    });
  },
});
