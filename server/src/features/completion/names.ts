import { parseOperator } from '../../policy/condition.ts';
import { CHOICES, grammarOf } from '../../policy/grammar.ts';
import { findMember, isDeny, STATEMENT_ELEMENTS } from '../../policy/model.ts';
import { PRINCIPAL_TYPES, type PrincipalType } from '../../policy/principal.ts';
import { offerKeys, offerOperators } from './condition-names.ts';
import type { Completion, CompletionContext } from './offer.ts';
import { documentElements, documentMembers, statementBlocks } from './skeletons.ts';

/** The names that a member may have at a place: elements, kinds of principal, operators, condition keys. */
export function offerNames(context: CompletionContext): readonly Completion[] {
  const { names, objects, member } = context.place;
  const object = objects.at(-1);
  const free = (name: string): boolean => {
    const taken = object && findMember(object.members, name);
    return !taken || taken === member;
  };
  const empty = object?.members.length === 0;
  const [outer, element, operator] = names;
  if (outer === undefined) {
    const elements = documentElements(context.policy.classification).filter(({ label }) => free(label));
    return empty ? [...elements, ...documentMembers(context.policy.classification)] : elements;
  }
  if (outer !== 'Statement') return [];
  if (element === undefined) {
    const elements = offerElements(context, free);
    return empty ? [...elements, ...statementBlocks(context.policy.classification)] : elements;
  }
  if (element === 'Principal' || element === 'NotPrincipal') {
    return names.length === 2 ? offerPrincipalTypes(context, free) : [];
  }
  if (element !== 'Condition') return [];
  if (operator === undefined) return offerOperators(context);
  return names.length === 3 ? offerKeys(context, parseOperator(operator)) : [];
}

const PRINCIPAL_DETAILS: Readonly<Record<PrincipalType, string>> = {
  AWS: 'an account, a user, a role or a session',
  Service: 'an AWS service',
  Federated: 'an OIDC or SAML provider',
  CanonicalUser: 'an account, by its S3 canonical id',
};

function offerPrincipalTypes({ policy }: CompletionContext, free: (name: string) => boolean): readonly Completion[] {
  const { kind, service } = policy.classification;
  return PRINCIPAL_TYPES.filter(free)
    .filter((label) => label !== 'CanonicalUser' || (kind !== 'trust' && (service === 's3' || service === null)))
    .map((label, rank) => ({ label, kind: 'principal', rank, detail: PRINCIPAL_DETAILS[label], body: '"$1"' }));
}

type StatementElement = (typeof STATEMENT_ELEMENTS)[number];

const ELEMENT_DETAILS: Readonly<Record<StatementElement, string>> = {
  Sid: 'a name for the statement',
  Effect: 'Allow or Deny',
  Principal: 'who',
  NotPrincipal: 'everybody but',
  Action: 'what may be done',
  NotAction: 'everything but these actions',
  Resource: 'on what',
  NotResource: 'on everything but',
  Condition: 'under which conditions',
};

function offerElements(context: CompletionContext, free: (name: string) => boolean): readonly Completion[] {
  const { classification, view } = context.policy;
  const { member, objects } = context.place;
  const begun = objects.at(-1)?.members.some((one) => one !== member) ?? false;
  const grammar = grammarOf(classification.kind);
  const choices = Object.values(CHOICES);
  // A first statement without a Principal is taken for one of an identity policy until a Principal is there.
  const open =
    classification.confidence === 'ambiguous' ||
    (classification.kind === 'identity' && classification.confidence === 'likely' && view.statements.length < 2);
  return STATEMENT_ELEMENTS.filter((name) => {
    if (!free(name)) return false;
    const pair: readonly string[] = choices.find((one) => one.some((other) => other === name)) ?? [];
    if (!pair.every(free)) return false;
    return !grammar?.forbids.includes(name) || (open && name === 'Principal');
  }).flatMap((label) => {
    // What would make it another kind of policy comes last.
    const forbidden = grammar?.forbids.includes(label) ?? false;
    const item: Completion = {
      label,
      kind: 'element',
      rank: rankOf(label, begun) + (forbidden ? 60 : 0),
      detail: ELEMENT_DETAILS[label],
      body: bodyOf(label, context),
    };
    // A member that has its value already only changes its name.
    if (member || !/^(?:Resource|(?:Not)?Action)$/.test(label)) return [item];
    const list = { label: `${label} […]`, text: label, filter: label, detail: 'a list', body: '[\n\t"$1"\n]' };
    return [item, { ...item, ...list, rank: item.rank + 1 }];
  });
}

/** The plain form before the Not… form; a Sid comes first in an empty statement, and behind all that is needed later. */
function rankOf(label: StatementElement, begun: boolean): number {
  if (label === 'Sid' && begun) return 39;
  return STATEMENT_ELEMENTS.indexOf(label) * 2 + (label.startsWith('Not') ? 40 : 0);
}

function bodyOf(label: StatementElement, { policy, view }: CompletionContext): string {
  const { kind } = policy.classification;
  switch (label) {
    case 'Effect':
      return kind === 'rcp' ? '"Deny"' : '"${1|Allow,Deny|}"';
    case 'Principal':
      // Who denies, or guards an endpoint, means everybody; conditions say whom not. For RCPs there is nothing else.
      // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
      return kind === 'rcp' || kind === 'vpc-endpoint' || (view && isDeny(view)) ? '"*"' : '{ $1 }';
    case 'NotPrincipal':
    case 'Condition':
      return '{ $1 }';
    default:
      return '"$1"';
  }
}
