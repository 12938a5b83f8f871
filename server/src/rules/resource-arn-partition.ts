import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { findPartition, PARTITIONS, partitionOf } from '../catalogue/partitions.ts';
import { nearest } from '../catalogue/suggest.ts';
import { resourcesOf } from '../policy/arn-names.ts';
import type { PolicyView } from '../policy/model.ts';
import { isOpen, RESOURCE_KINDS } from '../policy/resource-field.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-arn-partition',
  title: 'ARN of a partition that does not exist',
  accessAnalyzer: ['INVALID_PARTITION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'The second field of an ARN is the partition: `aws` nearly everywhere, `aws-cn` in China, `aws-us-gov` in GovCloud.',
    why: 'AWS refuses a partition that does not exist, and an ARN whose Region lies in another partition matches nothing.',
    how: 'Write the partition that your account is in.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws-china:s3:::amzn-s3-demo-bucket/*' },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws-cn:s3:::amzn-s3-demo-bucket/*' }],
        },
      },
    },
  },
  messages: {
    unknown:
      "There is no partition '{value}'. It is 'aws' nearly everywhere, 'aws-cn' in China, 'aws-us-gov' in GovCloud.",
    empty: "The partition is missing: write 'aws' between the first two colons.",
    foreignRegion: "The Region {region} lies in the partition '{right}', not '{value}', so this ARN matches nothing.",
  },
  check({ node, arn }, context) {
    const { report, write } = context;
    if (!arn || isOpen(arn.partition.text)) return;
    const { text: value, start, end } = arn.partition;
    const at = spanInString(node, start, end);
    // AWS takes a wildcard here.
    if (hasWildcard(value)) {
      if (PARTITIONS.some(({ id }) => matchesWildcard(value, id))) return;
      return report({ at, message: 'unknown', severity: 'warning', data: { value } });
    }
    const known = findPartition(value);
    const change = (to: string, preferred: boolean) => () => [
      {
        title: `Change to '${to}'`,
        effect: 'unknown' as const,
        edits: write.replaceSpan(at, to),
        ...(preferred && { preferred }),
      },
    ];
    if (known) {
      const home = isOpen(arn.region.text) || hasWildcard(arn.region.text) ? undefined : partitionOf(arn.region.text);
      if (!home || home === known) return;
      const data = { value, region: arn.region.text, right: home.id };
      return report({ at, message: 'foreignRegion', severity: 'warning', data, fixes: change(home.id, false) });
    }
    const home = partitionOf(arn.region.text)?.id;
    const near =
      home ??
      ALIASES.get(value) ??
      nearest(
        value,
        PARTITIONS.map(({ id }) => id),
      ) ??
      mostUsed(context.policy);
    if (value === '') {
      const before = spanInString(node, 0, end);
      return report({ at: before, message: 'empty', fixes: change(near, true) });
    }
    // AWS has opened partitions before, and names them so.
    const severity = value.startsWith('aws-') && !ALIASES.has(value) ? 'warning' : 'error';
    report({ at, message: 'unknown', severity, data: { value }, fixes: change(near, true) });
  },
});

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['aws-china', 'aws-cn'],
  ['aws-gov', 'aws-us-gov'],
  ['aws-govcloud', 'aws-us-gov'],
  ['aws-gov-us', 'aws-us-gov'],
  ['amazon', 'aws'],
]);

/** The partition of most ARNs of the document. */
function mostUsed(policy: PolicyView | undefined): string {
  const counts = new Map<string, number>();
  for (const { arn } of policy ? resourcesOf(policy) : []) {
    const id = arn && findPartition(arn.partition.text)?.id;
    if (id) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'aws';
}
