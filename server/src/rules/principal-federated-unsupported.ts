import { findMember } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'principal-federated-unsupported',
  title: 'Identity provider in a resource policy',
  accessAnalyzer: ['FEDERATED_PRINCIPAL_NOT_SUPPORTED'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A resource policy names an identity provider under `Federated`.',
    why: 'Only the trust policy of a role can. Federated users reach a resource through the role they assume.',
    how: 'Name that role under `AWS`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Read',
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/Okta' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Read',
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/analyst' },
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    federated: 'A resource policy cannot name an identity provider. Name the role that its users assume, under "AWS".',
  },
  check({ principals }, { report, write }) {
    for (const { member } of principals) {
      const map = member.value?.type === 'object' ? member.value : undefined;
      const federated = map && findMember(map.members, 'Federated');
      if (!map || !federated) continue;
      // Alone, it leaves nobody: then only the author knows which role the federated users assume.
      const fixes = (): readonly Fix[] =>
        map.members.length > 1
          ? [{ title: 'Remove the identity provider', effect: 'unknown', edits: write.removeMember(map, federated) }]
          : [];
      report({ at: federated.key.span, message: 'federated', fixes });
    }
  },
});
