import { grammarOf, kindsWhere } from '../policy/grammar.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-not-allowed',
  title: 'Principal in a policy that has none',
  accessAnalyzer: ['UNSUPPORTED_PRINCIPAL', 'SCP_SYNTAX_ERROR_PRINCIPAL'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(({ forbids }) => forbids.includes('Principal')),
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Identity policies, permissions boundaries, session policies and service control policies may not have `Principal` or `NotPrincipal`.',
    why: 'These policies apply to whoever they are attached to, so AWS refuses a Principal in them.',
    how: 'Remove the element. If the policy is to say who gets in, attach it to the role (trust policy) or to the resource instead. In a service control policy, a condition on `aws:PrincipalArn` picks out principals.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html',
    ],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: '111122223333' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/*',
            },
          ],
        },
      },
      good: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    attached: '{kind} applies to whoever it is attached to, so it cannot have {element}: AWS refuses it. Remove it.',
    scp: 'A service control policy cannot have {element}: AWS refuses it. Remove it; to pick out principals, use a condition on aws:PrincipalArn.',
  },
  check(statement, { kind, report, write }) {
    for (const { member } of statement.principals) {
      const element = member.key.value;
      const fixes = () => [
        {
          title: `Remove ${element}`,
          effect: 'unknown' as const,
          edits: write.removeMember(statement.node, member),
        },
      ];
      const at = member.key.span;
      if (kind === 'scp') {
        report({ at, message: 'scp', data: { element }, accessAnalyzer: ['SCP_SYNTAX_ERROR_PRINCIPAL'], fixes });
      } else {
        const name = grammarOf(kind)?.name ?? 'The policy';
        report({
          at,
          message: 'attached',
          data: { kind: name, element },
          accessAnalyzer: ['UNSUPPORTED_PRINCIPAL'],
          fixes,
        });
      }
    }
  },
});
