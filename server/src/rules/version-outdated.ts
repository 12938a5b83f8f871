import { stringOf } from '../policy/model.ts';
import { mentionsVariables, usedVariables } from '../policy/used-variables.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'version-outdated',
  title: 'The policy language of 2008',
  accessAnalyzer: [],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'policy',
  fix: 'unknown',
  docs: {
    what: '`2008-10-17` is the older version of the policy language.',
    why: 'It knows no policy variables and nothing that came later. AWS advises `2012-10-17` for all policies, and resource control policies take nothing else.',
    how: 'Change it to `2012-10-17`. Look first whether the policy holds `${…}` as plain text: in the newer version it is a variable.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html'],
    examples: {
      bad: {
        persona: 'pedantic',
        policy: {
          Version: '2008-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        persona: 'pedantic',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    outdated: '2008-10-17 is the older policy language, without policy variables. AWS advises 2012-10-17.',
    rcp: 'A resource control policy must have Version 2012-10-17: AWS refuses the older one.',
  },
  check(policy, { kind, certainty, report, write }) {
    const node = policy.version?.value;
    if (!node || stringOf(policy.version) !== '2008-10-17') return;
    const refused = kind === 'rcp' && certainty === 'certain';
    // A variable that does not work tells it better.
    if (!refused && usedVariables(policy.statements).length > 0) return;
    report({
      at: node.span,
      message: refused ? 'rcp' : 'outdated',
      ...(refused ? { severity: 'error' } : { persona: 'pedantic' }),
      fixes: () => [
        {
          title: 'Change to 2012-10-17',
          effect: refused || mentionsVariables(policy) ? 'unknown' : 'equivalent',
          edits: write.replace(node, '2012-10-17'),
          preferred: true,
        },
      ],
    });
  },
});
