import { isAllow, type Statement } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** Headers of a request that the caller fills in: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const SPOOFABLE: ReadonlyMap<string, string> = new Map([
  ['aws:referer', 'Referer'],
  ['aws:useragent', 'User-Agent'],
]);

export default defineRule({
  id: 'condition-key-spoofable',
  title: 'Condition on a header that callers choose',
  accessAnalyzer: ['UNTRUSTWORTHY_CONDITION_KEY'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: { none: 'What to ask instead depends on who is meant to have access.' },
  docs: {
    what: 'A condition uses `aws:referer` or `aws:UserAgent`.',
    why: 'Both are headers that any program can set to what it likes, so they keep nobody out.',
    how: 'Ask for what callers cannot choose: `aws:PrincipalArn`, `aws:SourceVpce`, `aws:SourceArn`. For files of a web site use CloudFront with origin access control, or signed URLs.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-referer',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-useragent',
    ],
    examples: {
      bad: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '111122223333' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringLike: { 'aws:UserAgent': 'our-app/*' } },
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
              Principal: { AWS: '111122223333' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/our-app' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    header:
      "'{key}' is the header {header}, which every caller can set at will, so it keeps nobody out. Ask for aws:PrincipalArn, aws:SourceVpce or the like.",
  },
  check({ key, member }, { kind, statement, report }) {
    const header = SPOOFABLE.get(key.toLowerCase());
    // Where nothing else says for whom a service may act, the rule on services tells what to ask instead.
    if (kind === 'resource' && isAllow(statement) && statement.conditions.length === 1 && namesService(statement))
      return;
    if (header) report({ at: member.key.span, message: 'header', data: { key, header } });
  },
});

function namesService({ principals }: Statement): boolean {
  return principals.some(({ negated, entries }) => !negated && entries.some(({ type }) => type === 'Service'));
}
