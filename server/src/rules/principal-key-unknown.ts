import { nearest } from '../catalogue/suggest.ts';
import { oneOrMany } from '../policy/model.ts';
import { PRINCIPAL_TYPES, typeOfPrincipal } from '../policy/principal.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-key-unknown',
  title: 'Unknown kind of principal',
  accessAnalyzer: ['INVALID_PRINCIPAL_KEY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'The Principal object has a key other than `AWS`, `Service`, `Federated` and `CanonicalUser`. Upper and lower case matter.',
    why: 'AWS refuses to save the policy.',
    how: 'Use `AWS` for accounts, users and roles, `Service` for AWS services, `Federated` for identity providers, `CanonicalUser` for an S3 canonical user id.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    near: "'{key}' is not a kind of principal; did you mean '{near}'?",
    unknown: "'{key}' is not a kind of principal. Use AWS, Service, Federated or CanonicalUser.",
  },
  check({ principals }, { report, write }) {
    for (const { member } of principals) {
      if (member.value?.type !== 'object') continue;
      const { members } = member.value;
      for (const one of members) {
        const key = one.key.value;
        if (PRINCIPAL_TYPES.some((type) => type === key)) continue;
        // Still being typed.
        if (one.value === undefined) continue;
        const meant = new Set(
          oneOrMany(one.value).map((value) => (value.type === 'string' ? typeOfPrincipal(value.value) : undefined)),
        );
        const [only] = meant;
        const near = nearest(key, PRINCIPAL_TYPES) ?? (meant.size === 1 ? only : undefined);
        if (near === undefined) {
          report({ at: one.key.span, message: 'unknown', data: { key } });
          continue;
        }
        const taken = members.some((other) => other.key.value === near);
        report({
          at: one.key.span,
          message: 'near',
          data: { key, near },
          fixes: () =>
            taken
              ? []
              : [{ title: `Change to '${near}'`, effect: 'unknown', edits: write.rename(one, near), preferred: true }],
        });
      }
    }
  },
});
