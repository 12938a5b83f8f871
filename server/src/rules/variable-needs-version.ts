import { hasVariables } from '../policy/model.ts';
import { usedVariables } from '../policy/used-variables.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'variable-needs-version',
  title: 'A policy variable in the language of 2008',
  accessAnalyzer: ['VARIABLE_UNSUPPORTED_IN_VERSION', 'MISSING_VERSION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
  docs: {
    what: 'Policy variables such as `${aws:username}` work only with `"Version": "2012-10-17"`.',
    why: 'With the older version, or none, AWS takes the variable as plain text, which matches nothing.',
    how: 'Set `Version` to `2012-10-17`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2008-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/home/${aws:username}/*' },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/home/${aws:username}/*' },
          ],
        },
      },
    },
  },
  messages: {
    old: "'{variable}' is plain text in Version 2008-10-17, so it matches nothing. Variables need Version 2012-10-17.",
    none: "'{variable}' is plain text in a policy without Version, so it matches nothing. Variables need Version 2012-10-17.",
  },
  check(policy, { report, write }) {
    const { version, node } = policy;
    if (hasVariables(policy) || node.type !== 'object') return;
    if (version && !(version.value?.type === 'string' && version.value.value === '2008-10-17')) return;
    const [first, ...more] = usedVariables(policy.statements);
    if (!first) return;
    const spanOf = (one: typeof first) => spanInString(one.node, one.variable.start, one.variable.end);
    const { start, end } = first.variable;
    report({
      at: spanOf(first),
      message: version ? 'old' : 'none',
      data: { variable: first.node.value.slice(start, end) },
      accessAnalyzer: version
        ? ['VARIABLE_UNSUPPORTED_IN_VERSION']
        : ['VARIABLE_UNSUPPORTED_IN_VERSION', 'MISSING_VERSION'],
      related: more.map((one) => ({ span: spanOf(one), message: 'This one is plain text, too.' })),
      fixes: () => [
        version?.value
          ? {
              title: 'Change Version to 2012-10-17',
              effect: 'unknown',
              edits: write.replace(version.value, '2012-10-17'),
              preferred: true,
            }
          : {
              title: 'Add Version 2012-10-17',
              effect: 'unknown',
              edits: write.insertMember(node, 'Version', '2012-10-17', 0),
              preferred: true,
            },
      ],
    });
  },
});
