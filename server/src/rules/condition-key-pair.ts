import { addConditions } from '../policy/edit-condition.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** Private addresses occur in every network, so they say nothing without the network; keys in lower case. */
const PARTNERS: ReadonlyMap<string, readonly [string, ...string[]]> = new Map([
  ['aws:vpcsourceip', ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn']],
  ['aws:ec2instancesourceprivateipv4', ['aws:Ec2InstanceSourceVpc']],
]);

export default defineRule({
  id: 'condition-key-pair',
  title: 'Private address without its network',
  accessAnalyzer: ['MISSING_PAIRED_CONDITION_KEYS'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'narrows',
  docs: {
    what: 'A condition compares a private address (`aws:VpcSourceIp`, `aws:Ec2InstanceSourcePrivateIPv4`), and none says in which network.',
    why: 'The same private addresses occur in everybody’s networks, so a stranger can have a matching one.',
    how: 'Add a condition on the network: `aws:SourceVpc` or `aws:SourceVpce`, for instances `aws:Ec2InstanceSourceVpc`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpcsourceip',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateip4',
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
              Condition: { IpAddress: { 'aws:VpcSourceIp': '10.0.1.0/24' } },
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
              Condition: {
                IpAddress: { 'aws:VpcSourceIp': '10.0.1.0/24' },
                StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    pair: "'{key}' holds private addresses, which occur in every network, so strangers can have one too. Add a condition on {partners}.",
  },
  check({ operator, key, member }, { statement, report, write }) {
    const partners = PARTNERS.get(key.toLowerCase());
    if (!partners || operator.family === 'Null') return;
    const present = new Set(statement.conditions.map((clause) => clause.key.toLowerCase()));
    if (partners.some((partner) => present.has(partner.toLowerCase()))) return;
    const [first] = partners;
    report({
      at: member.key.span,
      message: 'pair',
      data: { key, partners: partners.slice(0, 2).join(' or ') },
      fixes: () => {
        // One more condition on a Deny forbids less.
        if (!isAllow(statement)) return [];
        const edits = addConditions(write, statement, [{ operator: 'StringEquals', key: first, value: VPC }]);
        return [{ title: `Require ${first}`, effect: 'narrows', edits, placeholders: [VPC] }];
      },
    });
  },
});

const VPC = '<vpc-id>';
