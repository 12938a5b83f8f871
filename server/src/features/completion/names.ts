import { parseOperator } from '../../policy/condition.ts';
import { CHOICES, grammarOf } from '../../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, findMember, STATEMENT_ELEMENTS } from '../../policy/model.ts';
import { PRINCIPAL_TYPES, type PrincipalType } from '../../policy/principal.ts';
import { offerKeys, offerOperators } from './condition-names.ts';
import type { Completion, CompletionContext } from './offer.ts';
import { documentMembers, statementBlocks, statementList } from './skeletons.ts';

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
    const elements = DOCUMENT_ELEMENTS.filter(free).map((label, rank) => offerDocumentElement(context, label, rank));
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

type DocumentElement = (typeof DOCUMENT_ELEMENTS)[number];
type StatementElement = (typeof STATEMENT_ELEMENTS)[number];

const ELEMENT_DETAILS: Readonly<Record<DocumentElement | StatementElement, string>> = {
  Version: 'of the policy language',
  Id: 'a name for the policy',
  Statement: 'what is allowed and denied',
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

function offerDocumentElement({ policy }: CompletionContext, label: DocumentElement, rank: number): Completion {
  const bodies = { Version: '"2012-10-17"', Id: '"$1"', Statement: statementList(policy.classification) };
  return { label, kind: 'element', rank, detail: ELEMENT_DETAILS[label], body: bodies[label] };
}

function offerElements(context: CompletionContext, free: (name: string) => boolean): readonly Completion[] {
  const { classification, view } = context.policy;
  const { member } = context.place;
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
    const forbidden = grammar?.forbids.includes(label) ?? false;
    const item: Completion = {
      label,
      kind: 'element',
      // The plain form before the Not… form, and what would make it another kind of policy last.
      rank: STATEMENT_ELEMENTS.indexOf(label) * 2 + (label.startsWith('Not') ? 40 : 0) + (forbidden ? 60 : 0),
      detail: ELEMENT_DETAILS[label],
      body: bodyOf(label, classification.kind === 'rcp'),
    };
    // A member that has its value already only changes its name.
    if (member || (label !== 'Action' && label !== 'Resource')) return [item];
    const list = { label: `${label} […]`, text: label, filter: label, detail: 'a list', body: '[\n\t"$1"\n]' };
    return [item, { ...item, ...list, rank: item.rank + 1 }];
  });
}

function bodyOf(label: StatementElement, rcp: boolean): string {
  switch (label) {
    case 'Effect':
      return rcp ? '"Deny"' : '"${1|Allow,Deny|}"';
    case 'Principal':
    case 'NotPrincipal':
      // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
      return rcp ? '"*"' : '{ $1 }';
    case 'Condition':
      return '{ $1 }';
    default:
      return '"$1"';
  }
}
