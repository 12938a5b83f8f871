import { formatRange, networkOf, parseIpRange } from '../base/ip-range.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-ip-host-bits',
  title: 'Address range with bits that count for nothing',
  accessAnalyzer: ['IMPROVE_IP_RANGE'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'equivalent',
  docs: {
    what: 'An address range does not begin at its network address: `203.0.113.77/24`.',
    why: 'AWS ignores the bits behind the prefix, so this is the whole of `203.0.113.0/24`. Somebody may read it as the one address.',
    how: 'Write the network address, or `/32` (`/128` for IPv6) if one address is meant.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress',
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
              Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.77/24' } },
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
    bits: "AWS reads '{value}' as the whole range {near}. Write it so, or {single} for the one address.",
  },
  check({ operator, values }, { report, write }) {
    if (operator.family !== 'IpAddress') return;
    for (const { node, text } of values) {
      const range = parseIpRange(text);
      const network = range && networkOf(range);
      if (!network || network.address === range.address) continue;
      const near = formatRange(network);
      const single = `${text.split('/')[0] ?? text}/${range.version === 4 ? 32 : 128}`;
      report({
        at: node.span,
        message: 'bits',
        data: { value: text, near, single },
        fixes: () => [
          { title: `Change to '${near}'`, effect: 'equivalent', edits: write.replace(node, near), preferred: true },
        ],
      });
    }
  },
});
