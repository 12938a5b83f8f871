import type { Catalogue } from '../../catalogue/types.ts';
import { parseOperator } from '../../policy/condition.ts';
import { hasVariables } from '../../policy/model.ts';
import type { Completion, CompletionContext } from './offer.ts';
import { tagKeysIn } from './seen.ts';

/** The variables that people use most, in that order.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
const USUAL: readonly string[] = [
  'aws:username',
  'aws:PrincipalTag/${TagKey}',
  'aws:PrincipalAccount',
  'aws:userid',
  'aws:PrincipalOrgID',
  'aws:ResourceAccount',
  'aws:RequestedRegion',
  'aws:SourceIdentity',
  'aws:ResourceTag/${TagKey}',
  'aws:RequestTag/${TagKey}',
];

/** Who signed in, by identity provider. */
const SUBJECTS: readonly string[] = ['saml:sub', 'cognito-identity.amazonaws.com:sub', 'accounts.google.com:sub'];

/** Characters that mean something in a pattern, and how to write them as themselves. */
const ESCAPES: readonly (readonly [label: string, detail: string])[] = [
  ['${*}', 'an asterisk, not a wildcard'],
  ['${?}', 'a question mark, not a wildcard'],
  ['${$}', 'a dollar sign, not a variable'],
];

/** Variables that a value of free text may well be, as offers for a whole value. */
export const FREE_VARIABLES: readonly string[] = [
  '${aws:username}',
  '${aws:userid}',
  '${aws:PrincipalAccount}',
  '${aws:PrincipalTag/<tag-key>}',
];

/** Whether a condition operator fills in variables in this policy. */
export function takesVariables({ policy }: Pick<CompletionContext, 'policy'>, operator: string): boolean {
  const { family } = parseOperator(operator);
  return (family === 'String' || family === 'Arn') && hasVariables(policy.view);
}

/**
 * The policy variables, where the cursor stands behind a `${` that nothing has closed, and in a place where AWS fills them
 * in: the last field of an ARN in Resource or NotResource, and texts and ARNs of conditions. Undefined anywhere else.
 */
export function offerVariables(context: CompletionContext): readonly Completion[] | undefined {
  const { place, policy, typed, catalogue } = context;
  const open = /\$\{[^${}]*$/.exec(typed);
  const [, element, operator] = place.names;
  if (!open || !place.string || !hasVariables(policy.view)) return undefined;
  if (element === 'Condition') {
    if (operator === undefined || !takesVariables(context, operator)) return undefined;
  } else if (!/^(?:Not)?Resource$/.test(element ?? '') || !/^(?:[^:]*:){5}/.test(typed.slice(0, open.index))) {
    return undefined;
  }
  const rest = /^[\w:./-]*\}/.exec(place.string.value.slice(typed.length))?.[0] ?? '';
  const part = { start: open.index, end: typed.length + rest.length };
  return variables(context, catalogue).map((one, rank) => ({ ...one, kind: 'example', rank, part }));
}

function variables({ policy }: CompletionContext, catalogue: Catalogue): readonly Omit<Completion, 'kind' | 'rank'>[] {
  const tags = tagKeysIn(policy.view);
  const single = catalogue.globalConditionKeys().filter(({ multivalued, type }) => !multivalued && type !== 'Bool');
  const rank = (name: string) => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  const keys = [...single].sort((a, b) => rank(a.name) - rank(b.name));
  const subjects = SUBJECTS.flatMap((name) => catalogue.conditionKey(name) ?? []);
  return [
    ...[...keys, ...subjects].flatMap(({ name, description }) => {
      const family = /^(.*)\$\{TagKey\}$/.exec(name)?.[1];
      if (family === undefined) return [{ label: `\${${name}}`, documentation: description }];
      const words = [...(family === 'aws:PrincipalTag/' ? tags : []), '<tag-key>'];
      return words.map((tag) => ({
        label: `\${${family}${tag}}`,
        documentation: description,
        ...(tag === '<tag-key>' && { placeholders: [tag] }),
      }));
    }),
    ...ESCAPES.map(([label, detail]) => ({ label, detail })),
  ];
}
