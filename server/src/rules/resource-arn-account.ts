import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { isAccountId, splitArn } from '../policy/arn.ts';
import { ARN_PLACEHOLDERS } from '../policy/arn-names.ts';
import { isOpen, RESOURCE_KINDS, useOfField } from '../policy/resource-field.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-arn-account',
  title: 'Account of an ARN is not right',
  accessAnalyzer: ['INVALID_ARN_ACCOUNT', 'ARN_ACCOUNT_NOT_ALLOWED', 'MISSING_ARN_ACCOUNT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'The fifth field of an ARN is the account: twelve digits, a pattern for them, or nothing for resources such as S3 buckets, whose ARN has no account.',
    why: 'An ARN with a wrong account field matches no resource, so the statement does less than it says.',
    how: 'Write the twelve digits of the account that owns the resource, or leave the field empty where the ARN has none.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:11112222333:orders' },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn:aws:sqs:us-east-1:111122223333:orders' },
          ],
        },
      },
    },
  },
  messages: {
    length: "'{value}' has {count} digits; an account id has twelve.",
    invalid: "'{value}' is not an account id, which is twelve digits.",
    placeholder: "Replace '{value}' by the twelve digits of your account.",
    notAllowed:
      "ARNs of {service} for this kind of resource have no account. With '{value}' in it, this one matches nothing.",
    missing:
      'The account is missing: without it, this ARN of {service} matches nothing. Add the twelve digits of the account.',
  },
  check({ node, arn }, { report, write, catalogue }) {
    if (!arn || isOpen(arn.account.text)) return;
    const { text: value, start, end } = arn.account;
    const at = spanInString(node, start, end);
    const service = catalogue.serviceName(arn.service.text) ?? arn.service.text;
    if (value === '') {
      // One that stands in the field before is a finding about the Region.
      if (isAccountId(arn.region.text)) return;
      if (!NEEDS_ACCOUNT.has(arn.service.text) || useOfField(arn, 'account', catalogue) !== 'filled') return;
      return report({
        at: spanInString(node, Math.max(0, start - 1), Math.min(end + 1, arn.text.length)),
        message: 'missing',
        accessAnalyzer: ['MISSING_ARN_ACCOUNT'],
        data: { service },
        fixes: () => [
          {
            title: 'Add an account id',
            effect: 'unknown',
            edits: write.replaceSpan(at, ARN_PLACEHOLDERS.account),
            placeholders: [ARN_PLACEHOLDERS.account],
          },
        ],
      });
    }
    if (value === '*') return;
    if (isNoAccount(value, arn.service.text, catalogue)) {
      const accessAnalyzer = ['INVALID_ARN_ACCOUNT'];
      if (value === 'account-id') {
        report({ at, message: 'placeholder', severity: 'warning', accessAnalyzer, data: { value } });
      } else if (/^\d+$/.test(value)) {
        report({ at, message: 'length', accessAnalyzer, data: { value, count: value.length } });
      } else report({ at, message: 'invalid', accessAnalyzer, data: { value } });
      return;
    }
    if (useOfField(arn, 'account', catalogue) !== 'empty' || !isAccountId(value)) return;
    report({
      at,
      message: 'notAllowed',
      accessAnalyzer: ['ARN_ACCOUNT_NOT_ALLOWED'],
      data: { service, value },
      fixes: () => [
        { title: `Remove '${value}'`, effect: 'unknown', edits: write.replaceSpan(at, ''), preferred: true },
      ],
    });
  },
});

/** Services without resources that AWS itself owns: there an ARN without account is a slip, not AWS's own. */
const NEEDS_ACCOUNT: ReadonlySet<string> = new Set([
  'sqs',
  'sns',
  'dynamodb',
  'kinesis',
  'secretsmanager',
  'lambda',
  'ecs',
  'ecr',
  'kms',
  'states',
  'iam',
]);

/** Words that stand for AWS's own accounts in ARNs. */
const WORDS: ReadonlySet<string> = new Set([
  'aws',
  'amazon',
  'aws-marketplace',
  'aws-managed',
  'cloudfront',
  'third-party',
]);

function isNoAccount(value: string, service: string, catalogue: Catalogue): boolean {
  if (isAccountId(value) || WORDS.has(value)) return false;
  if (hasWildcard(value)) return /^[\d*?]+$/.test(value) ? !canBeTwelve(value) : /^\d/.test(value);
  const types = catalogue.service(service)?.resourceTypes.values() ?? [];
  return ![...types].some(({ arns }) => arns.some((template) => splitArn(template)[4]?.text === value));
}

/** A pattern of digits that twelve of them can match. */
function canBeTwelve(pattern: string): boolean {
  const fixed = pattern.replace(/\*/g, '').length;
  return pattern.includes('*') ? fixed <= 12 : fixed === 12 && matchesWildcard(pattern, pattern.replace(/\?/g, '0'));
}
