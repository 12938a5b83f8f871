import { hasHole } from '../policy/hole.ts';
import { oneOrMany } from '../policy/model.ts';
import { PRINCIPAL_TYPES, type PrincipalType, typeOfPrincipal } from '../policy/principal.ts';
import { defineRule } from './define.ts';

const FORMAT = 'INVALID_PRINCIPAL_FORMAT';
const NOBODY = 'EMPTY_ARRAY_PRINCIPAL';

export default defineRule({
  id: 'principal-format',
  title: 'Principal does not say what kind of principal',
  accessAnalyzer: [FORMAT, NOBODY],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Principal is a text or a list. Except for the lone `"*"`, it must be an object that says what kind of principal each value is: `AWS`, `Service`, `Federated` or `CanonicalUser`.',
    why: 'AWS refuses to save the policy.',
    how: 'Put the value into an object: accounts, users and roles under `AWS`, AWS services under `Service`, identity providers under `Federated`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
    examples: {
      bad: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: 'lambda.amazonaws.com', Action: 'sts:AssumeRole' }],
        },
      },
      good: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    text: '\'{value}\' must stand in an object that says what kind of principal it is, such as "{type}".',
    list: '{element} cannot be a list. Put the list into an object that says what kind of principals they are, such as "{type}".',
  },
  check({ principals }, { report, write, isHalfTyped }) {
    for (const { member } of principals) {
      const { key, value } = member;
      if ((value?.type !== 'string' && value?.type !== 'array') || isHalfTyped(value)) continue;
      const texts = oneOrMany(value).flatMap((one) => (one.type === 'string' ? [one.value] : []));
      // A template may well put the "*" there.
      if (value.type === 'string' && (value.value === '*' || hasHole(value.value))) continue;
      const groups = new Map<PrincipalType, string[]>();
      for (const text of texts) {
        const type = typeOfPrincipal(text);
        if (type) groups.set(type, [...(groups.get(type) ?? []), text]);
      }
      const types = PRINCIPAL_TYPES.filter((type) => groups.has(type));
      const known = texts.every(typeOfPrincipal) && texts.length > 0 && texts.length === oneOrMany(value).length;
      const fixes = () => {
        if (!known) return [];
        if (texts.length === 1 && texts[0] === '*') {
          return [{ title: 'Change to "*"', effect: 'unknown' as const, edits: write.replace(value, '*') }];
        }
        const object = Object.fromEntries(
          types.map((type) => {
            const group = groups.get(type) ?? [];
            return [type, value.type === 'string' ? (group[0] ?? '') : group];
          }),
        );
        return [
          {
            title: `Put it under ${types.map((type) => `"${type}"`).join(' and ')}`,
            effect: 'unknown' as const,
            edits: write.replace(value, object),
            preferred: true,
          },
        ];
      };
      const type = types[0] ?? 'AWS';
      if (value.type === 'string') {
        report({
          at: value.span,
          message: 'text',
          accessAnalyzer: [FORMAT],
          data: { value: value.value, type },
          fixes,
        });
      } else {
        const at = { start: value.span.start, end: value.span.start + 1 };
        const accessAnalyzer = value.items.length === 0 ? [FORMAT, NOBODY] : [FORMAT];
        report({ at, message: 'list', accessAnalyzer, data: { element: key.value, type }, fixes });
      }
    }
  },
});
