import { nearest } from '../catalogue/suggest.ts';
import type { Member } from '../syntax/tree.ts';
import type { PolicyKind } from './kind.ts';
import { type DOCUMENT_ELEMENTS, findMember, type STATEMENT_ELEMENTS } from './model.ts';

/**
 * The grammar of the policy language as data: the elements, what each holds, and what differs by kind of policy. The
 * structural rules and the JSON Schemas are two readings of it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */

/** The JSON an element holds; what may be one or many may be a single value or a list. */
export type ElementType = 'string' | 'statements' | 'principal' | 'one-or-many' | 'condition';

export const DOCUMENT_GRAMMAR = {
  Version: 'string',
  Id: 'string',
  Statement: 'statements',
} as const satisfies Readonly<Record<DocumentElement, ElementType>>;
export type DocumentElement = (typeof DOCUMENT_ELEMENTS)[number];

export const STATEMENT_GRAMMAR = {
  Sid: 'string',
  Effect: 'string',
  Principal: 'principal',
  NotPrincipal: 'principal',
  Action: 'one-or-many',
  NotAction: 'one-or-many',
  Resource: 'one-or-many',
  NotResource: 'one-or-many',
  Condition: 'condition',
} as const satisfies Readonly<Record<StatementElement, ElementType>>;
export type StatementElement = (typeof STATEMENT_ELEMENTS)[number];

/** Elements of which a statement has one at most. */
export const CHOICES = {
  principal: ['Principal', 'NotPrincipal'],
  action: ['Action', 'NotAction'],
  resource: ['Resource', 'NotResource'],
} as const satisfies Readonly<Record<string, readonly [StatementElement, StatementElement]>>;
export type Choice = keyof typeof CHOICES;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export const VERSIONS = ['2012-10-17', '2008-10-17'] as const;

/** The kinds of policy whose grammar is known. */
export type GrammarKind = Exclude<PolicyKind, 'unknown' | 'none'>;

export interface KindGrammar {
  /** For people: "A role trust policy". */
  readonly name: string;
  /** Of each of these choices a statement must have one. Effect is needed everywhere. */
  readonly needs: readonly Choice[];
  readonly forbids: readonly StatementElement[];
  /** IAM and Organizations take only A-Z, a-z and 0-9; the other services are freer. */
  readonly sids: 'plain' | 'free';
  /** Two statements with the same Sid are refused, or only confusing. */
  readonly sameSid: 'refused' | 'confusing';
  /** The versions that are accepted; of a customer's resource control policy it is one, and it must be written. */
  readonly version: 'optional' | 'newest';
}

const ATTACHED = {
  needs: ['action', 'resource'],
  forbids: ['Principal', 'NotPrincipal'],
  sids: 'plain',
  sameSid: 'refused',
  version: 'optional',
} as const;

export const GRAMMAR: Readonly<Record<GrammarKind, KindGrammar>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
  identity: { ...ATTACHED, name: 'An identity policy' },
  'permissions-boundary': { ...ATTACHED, name: 'A permissions boundary' },
  session: { ...ATTACHED, name: 'A session policy' },
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html
  scp: { ...ATTACHED, name: 'A service control policy' },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
  trust: {
    name: 'A role trust policy',
    needs: ['principal', 'action'],
    forbids: ['NotPrincipal', 'Resource', 'NotResource'],
    sids: 'plain',
    sameSid: 'refused',
    version: 'optional',
  },
  // Some services do without Resource, so it is not needed with certainty.
  resource: {
    name: 'A resource policy',
    needs: ['principal', 'action'],
    forbids: [],
    sids: 'free',
    sameSid: 'confusing',
    version: 'optional',
  },
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
  rcp: {
    name: 'A resource control policy',
    needs: ['principal', 'action', 'resource'],
    forbids: ['NotPrincipal', 'NotAction'],
    sids: 'free',
    sameSid: 'confusing',
    version: 'newest',
  },
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  'vpc-endpoint': {
    name: 'A VPC endpoint policy',
    needs: ['principal', 'action', 'resource'],
    forbids: [],
    sids: 'free',
    sameSid: 'confusing',
    version: 'optional',
  },
};

/** The grammar of a kind, or undefined where the kind is not known. */
export function grammarOf(kind: PolicyKind): KindGrammar | undefined {
  return kind === 'unknown' || kind === 'none' ? undefined : GRAMMAR[kind];
}

/** The kinds whose grammar satisfies a test, for the `kinds` of a rule. */
export function kindsWhere(test: (grammar: KindGrammar) => boolean): readonly GrammarKind[] {
  return (Object.keys(GRAMMAR) as GrammarKind[]).filter((kind) => test(GRAMMAR[kind]));
}

const PARTNERS = new Map<string, string>(
  Object.values(CHOICES).flatMap(([one, other]) => [
    [one, other],
    [other, one],
  ]),
);

/** The elements that an object has not got and still could: what an unknown name in it may stand for. */
export function elementsWithRoom(members: readonly Member[], elements: readonly string[]): readonly string[] {
  return elements.filter((one) => !findMember(members, one) && !findMember(members, PARTNERS.get(one) ?? one));
}

/** Whether an element is there under a wrong name, so that it is not missing as well. */
export function isIntended(members: readonly Member[], elements: readonly string[], all: readonly string[]): boolean {
  const room = elementsWithRoom(members, all);
  return members.some(({ key }) => {
    if (all.includes(key.value)) return false;
    const intended = nearest(key.value, room);
    return intended !== undefined && elements.includes(intended);
  });
}
