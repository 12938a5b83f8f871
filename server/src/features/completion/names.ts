import { parseOperator } from '../../policy/condition.ts';
import { CHOICES, grammarOf } from '../../policy/grammar.ts';
import { DOCUMENT_ELEMENTS, findMember, STATEMENT_ELEMENTS } from '../../policy/model.ts';
import { PRINCIPAL_TYPES } from '../../policy/principal.ts';
import { offerKeys, offerOperators } from './condition-names.ts';
import type { Completion, CompletionContext } from './offer.ts';

/** The names that a member may have at a place: elements, kinds of principal, operators, condition keys. */
export function offerNames(context: CompletionContext): readonly Completion[] {
  const { names, objects, member } = context.place;
  const object = objects.at(-1);
  const free = (name: string): boolean => {
    const taken = object && findMember(object.members, name);
    return !taken || taken === member;
  };
  const [outer, element, operator] = names;
  if (outer === undefined) return DOCUMENT_ELEMENTS.filter(free).map(offerDocumentElement);
  if (outer !== 'Statement') return [];
  if (element === undefined) return offerElements(context, free);
  if (element === 'Principal' || element === 'NotPrincipal') {
    return PRINCIPAL_TYPES.filter(free).map((label, rank) => ({
      label,
      kind: 'principal',
      rank,
      detail: PRINCIPAL_DETAILS[label],
      body: '"$1"',
    }));
  }
  if (element !== 'Condition') return [];
  if (operator === undefined) return offerOperators(free);
  return names.length === 3 ? offerKeys(context, parseOperator(operator), free) : [];
}

const PRINCIPAL_DETAILS = {
  AWS: 'an account, a user, a role or a session',
  Service: 'an AWS service',
  Federated: 'an OIDC or SAML provider',
  CanonicalUser: 'an account, by its S3 canonical id',
} as const;

function offerDocumentElement(label: (typeof DOCUMENT_ELEMENTS)[number], index: number): Completion {
  const body = { Version: '"2012-10-17"', Id: '"$1"', Statement: '[\n\t{\n\t\t$1\n\t}\n]' }[label];
  return { label, kind: 'element', rank: index, body };
}

function offerElements({ policy }: CompletionContext, free: (name: string) => boolean): readonly Completion[] {
  const grammar = grammarOf(policy.classification.kind);
  const choices = Object.values(CHOICES);
  return STATEMENT_ELEMENTS.filter((name) => {
    if (grammar?.forbids.includes(name) || !free(name)) return false;
    const pair: readonly string[] = choices.find((one) => one.some((other) => other === name)) ?? [];
    return pair.every(free);
  }).map((label) => ({
    label,
    kind: 'element',
    // The plain form before the Not… form.
    rank: STATEMENT_ELEMENTS.indexOf(label) + (label.startsWith('Not') ? 20 : 0),
    body: label === 'Condition' || label.endsWith('Principal') ? '{ $1 }' : '"$1"',
  }));
}
