import { isIntended } from '../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, openingOf } from '../policy/model.ts';
import { mentionsVariables, usedVariables } from '../policy/used-variables.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'version-missing',
  title: 'No Version',
  accessAnalyzer: ['MISSING_VERSION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
  docs: {
    what: 'A policy should say in `Version` which version of the policy language it is written in.',
    why: 'Without it AWS reads the policy in the language of 2008, which knows no policy variables: `${aws:username}` would be plain text. A resource control policy must have it.',
    how: 'Add `"Version": "2012-10-17"`. It is not the date or the number of your policy.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html'],
    examples: {
      bad: {
        policy: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }] },
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
    missing:
      'The policy has no Version, so AWS reads it in the language of 2008, without policy variables. Add "Version": "2012-10-17".',
    rcp: 'A resource control policy must have "Version": "2012-10-17".',
  },
  check(policy, { kind, certainty, report, write, isHalfTyped }) {
    const { node, form, version, elements } = policy;
    if (form !== 'document' || node.type !== 'object' || version || isHalfTyped(node)) return;
    if (isIntended(elements, ['Version'], DOCUMENT_ELEMENTS)) return;
    const needed = kind === 'rcp' && certainty === 'certain';
    // A variable that does not work tells it better.
    if (!needed && usedVariables(policy.statements).length > 0) return;
    report({
      at: openingOf(node),
      message: needed ? 'rcp' : 'missing',
      ...(needed && { severity: 'error' }),
      fixes: () => [
        {
          title: 'Add Version 2012-10-17',
          effect: needed || mentionsVariables(policy) ? 'unknown' : 'equivalent',
          edits: write.insertMember(node, 'Version', '2012-10-17', 0),
          preferred: true,
        },
      ],
    });
  },
});
