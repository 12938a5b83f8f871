import { isPrivateRange, parseIpRange } from '../base/ip-range.ts';
import { removeItems } from '../policy/edit-condition.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-ip-private',
  title: 'Private addresses in aws:SourceIp',
  accessAnalyzer: [
    'PRIVATE_IP_ADDRESS',
    'PRIVATE_NOT_IP_ADDRESS',
    'PRIVATE_IP_ADDRESS_SUBSET',
    'PRIVATE_NOT_IP_ADDRESS_SUBSET',
  ],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'equivalent',
  docs: {
    what: '`aws:SourceIp` is compared with addresses of a private network, such as `10.0.0.0/8`.',
    why: 'The key holds the public address that a request comes from. Private addresses never occur there: `IpAddress` with them is never met, `NotIpAddress` always.',
    how: 'Use the public addresses of your network. For requests through a VPC endpoint, use `aws:VpcSourceIp` together with `aws:SourceVpc`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
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
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    never:
      "'{value}' is private, and aws:SourceIp holds public addresses only, so this condition is never met. {instead}",
    always:
      "'{value}' is private, and aws:SourceIp holds public addresses only, so this condition is always met. {instead}",
    some: "'{value}' is private, and aws:SourceIp holds public addresses only, so it never matches. Remove it, or compare it with aws:VpcSourceIp.",
  },
  check({ operator, key, member, values }, { report, write }) {
    if (operator.family !== 'IpAddress' || key.toLowerCase() !== 'aws:sourceip') return;
    const own = values.filter(({ text }) => {
      const range = parseIpRange(text);
      return range !== undefined && isPrivateRange(range);
    });
    const [first, ...others] = own;
    if (!first) return;
    const check = operator.negated ? 'PRIVATE_NOT_IP_ADDRESS' : 'PRIVATE_IP_ADDRESS';
    const related = others.map(({ node, text }) => ({ span: node.span, message: `'${text}' is private, too.` }));
    const at = first.node.span;
    const value = first.text;
    // A value that is not known, or is no range at all, may be anything.
    if (own.length === values.length) {
      report({
        at,
        message: operator.negated ? 'always' : 'never',
        data: { value, instead: INSTEAD },
        accessAnalyzer: [check],
        related,
      });
      return;
    }
    report({
      at,
      message: 'some',
      severity: 'info',
      data: { value },
      accessAnalyzer: [`${check}_SUBSET`],
      related,
      tag: 'unnecessary',
      fixes: () => [
        {
          title: own.length === 1 ? `Remove '${value}'` : 'Remove the private addresses',
          effect: 'equivalent',
          edits: removeItems(
            write,
            member,
            own.map(({ node }) => node),
          ),
          preferred: true,
        },
      ],
    });
  },
});

const INSTEAD = 'Use public addresses, or aws:VpcSourceIp for requests through a VPC endpoint.';
