import { hasWildcard } from '../base/wildcard.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

/** The condition keys that hold the id of a VPC or of an endpoint, in lower case. */
const KEYS: ReadonlyMap<string, 'vpc' | 'vpce'> = new Map([
  ['aws:sourcevpc', 'vpc'],
  ['aws:ec2instancesourcevpc', 'vpc'],
  ['aws:sourcevpce', 'vpce'],
]);

export default defineRule({
  id: 'condition-vpc-id',
  title: 'Not the id of a VPC or an endpoint',
  accessAnalyzer: ['INVALID_VPC_FORMAT', 'INVALID_VPCE_FORMAT'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: '`aws:SourceVpc` is compared with a text that is not the id of a VPC, or `aws:SourceVpce` with one that is not the id of a VPC endpoint.',
    why: 'No request carries such a value, so the comparison never succeeds.',
    how: 'Write the id in full, in lower case: `vpc-` or `vpce-` and 8 or 17 letters and digits.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourcevpc',
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
              Condition: { StringEquals: { 'aws:SourceVpc': 'my-vpc' } },
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
              Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    vpc: "'{value}' is not the id of a VPC, so nothing matches it. Write 'vpc-' and 8 or 17 letters and digits.",
    vpce: "'{value}' is not the id of a VPC endpoint, so nothing matches it. Write 'vpce-' and 8 or 17 letters and digits.",
    other: "'{value}' is the id of a {what}, but '{key}' holds that of a {wanted}. The key for it is {near}.",
  },
  check({ operator, key, values }, { report, write }) {
    const wanted = KEYS.get(key.toLowerCase());
    if (!wanted || operator.family !== 'String') return;
    for (const { node, text } of values) {
      if (isId(text, wanted) || hasWildcard(text) || text.includes('${') || hasHole(text)) continue;
      const at = node.span;
      const accessAnalyzer = [wanted === 'vpc' ? 'INVALID_VPC_FORMAT' : 'INVALID_VPCE_FORMAT'];
      const other = wanted === 'vpc' ? 'vpce' : 'vpc';
      if (isId(text, other)) {
        const near = other === 'vpc' ? 'aws:SourceVpc' : 'aws:SourceVpce';
        const data = { value: text, what: WORDS[other], key, wanted: WORDS[wanted], near };
        report({ at, message: 'other', data, accessAnalyzer });
        continue;
      }
      const near = text.trim().toLowerCase();
      report({
        at,
        message: wanted,
        data: { value: text },
        accessAnalyzer,
        fixes: () =>
          isId(near, wanted)
            ? [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.replace(node, near), preferred: true }]
            : [],
      });
    }
  },
});

const WORDS = { vpc: 'VPC', vpce: 'VPC endpoint' } as const;

function isId(text: string, prefix: 'vpc' | 'vpce'): boolean {
  return text.startsWith(`${prefix}-`) && /^(?:[0-9a-z]{8}|[0-9a-z]{17})$/.test(text.slice(prefix.length + 1));
}
