import { nearest } from '../catalogue/suggest.ts';
import { VERSIONS } from '../policy/grammar.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'version-invalid',
  title: 'Not a version of the policy language',
  accessAnalyzer: ['INVALID_VERSION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
  docs: {
    what: '`Version` must be `2012-10-17` or, for old policies, `2008-10-17`.',
    why: 'It names the version of the policy language, not of your policy, and there are only these two. AWS refuses any other date.',
    how: 'Write `"Version": "2012-10-17"`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: '2012-10-7',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    near: "'{value}' is not a version of the policy language; did you mean '{near}'?",
    unknown: "'{value}' is not a version of the policy language. It is not your policy's own date: write 2012-10-17.",
  },
  check({ version }, { kind, report, write }) {
    const node = version?.value;
    if (node?.type !== 'string' || hasHole(node.value)) return;
    const { value } = node;
    if (VERSIONS.some((one) => one === value)) return;
    // A resource control policy may not have the older one.
    const near = nearest(value.trim(), kind === 'rcp' ? [VERSIONS[0]] : VERSIONS);
    const fixes = () => [
      {
        title: `Change to ${near ?? VERSIONS[0]}`,
        effect: 'unknown' as const,
        edits: write.replace(node, near ?? VERSIONS[0]),
        preferred: true,
      },
    ];
    if (near === undefined) report({ at: node.span, message: 'unknown', data: { value }, fixes });
    else report({ at: node.span, message: 'near', data: { value, near }, fixes });
  },
});
