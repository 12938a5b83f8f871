/** Whole policies and statements of each kind, with stops where a person goes on. */
import type { AnalyzedFile } from '../../lint/analyze.ts';
import type { Classification, PolicyKind } from '../../policy/kind.ts';
import { hintFromPath } from '../../policy/kind-hint.ts';
import { offerTemplates } from '../templates/templates.ts';
import { fitOffers } from './fit.ts';
import type { Token } from './half-typed.ts';
import type { Completion, CompletionList } from './offer.ts';
import { BARE_PLACE, type Place } from './place.ts';

interface Skeleton {
  readonly label: string;
  readonly detail: string;
  /** The members of the statement, in canonical order; stops are counted from one. */
  readonly members: readonly string[];
}

const ALLOW: Skeleton = {
  label: 'Allow actions on resources',
  detail: 'Effect, Action, Resource',
  members: ['"Effect": "Allow"', '"Action": "$1"', '"Resource": "$2"'],
};
const DENY: Skeleton = {
  label: 'Deny actions on resources',
  detail: 'Effect, Action, Resource, Condition',
  members: ['"Effect": "Deny"', '"Action": "$1"', '"Resource": "${2:*}"', '"Condition": { $3 }'],
};
const ASSUME_SERVICE: Skeleton = {
  label: 'Let an AWS service assume the role',
  detail: 'Principal Service',
  members: ['"Effect": "Allow"', '"Principal": { "Service": "$1" }', '"Action": "sts:AssumeRole"'],
};
const ASSUME_ACCOUNT: Skeleton = {
  label: 'Let an account or a role assume the role',
  detail: 'Principal AWS',
  members: ['"Effect": "Allow"', '"Principal": { "AWS": "$1" }', '"Action": "sts:AssumeRole"'],
};
const ASSUME_OIDC: Skeleton = {
  label: 'Let an OIDC provider’s users assume the role',
  detail: 'Principal Federated',
  members: [
    '"Effect": "Allow"',
    '"Principal": { "Federated": "$1" }',
    '"Action": "sts:AssumeRoleWithWebIdentity"',
    '"Condition": { "StringEquals": { $2 } }',
  ],
};
const LET_IN: Skeleton = {
  label: 'Allow somebody actions on the resource',
  detail: 'Effect, Principal, Action, Resource',
  members: ['"Effect": "Allow"', '"Principal": { $1 }', '"Action": "$2"', '"Resource": "$3"'],
};
const DENY_ALL: Skeleton = {
  label: 'Deny everybody actions',
  detail: 'Effect, Principal, Action, Resource, Condition',
  members: ['"Effect": "Deny"', '"Principal": "*"', '"Action": "$1"', '"Resource": "${2:*}"', '"Condition": { $3 }'],
};

const TRUST = [ASSUME_SERVICE, ASSUME_ACCOUNT, ASSUME_OIDC];
const SKELETONS: Readonly<Record<PolicyKind, readonly [Skeleton, ...Skeleton[]]>> = {
  identity: [ALLOW, DENY],
  'permissions-boundary': [ALLOW, DENY],
  session: [ALLOW, DENY],
  scp: [DENY, ALLOW],
  trust: [ASSUME_SERVICE, ASSUME_ACCOUNT, ASSUME_OIDC],
  resource: [LET_IN, DENY_ALL],
  rcp: [DENY_ALL],
  'vpc-endpoint': [LET_IN, DENY_ALL],
  unknown: [ALLOW, DENY, ...TRUST],
  none: [ALLOW],
};

/** The statements to start from; where the kind is open, those of a trust policy as well. */
function skeletonsOf({ kind, confidence }: Classification): readonly [Skeleton, ...Skeleton[]] {
  return SKELETONS[confidence === 'ambiguous' && kind === 'identity' ? 'unknown' : kind];
}

/** After the elements. */
const RANK = 100;
/** After the skeletons: there are many of them. */
const TEMPLATE_RANK = 200;

/** The templates for common purposes. */
function templatesFor(classification: Classification, place: 'document' | 'statement'): readonly Completion[] {
  return offerTemplates(classification, place).map((offer, index) => ({
    ...offer,
    kind: 'template',
    rank: TEMPLATE_RANK + index,
  }));
}

/** Whole statements, for an object that is still empty. */
export function statementBlocks(classification: Classification): readonly Completion[] {
  const skeletons = skeletonsOf(classification).map(
    ({ label, detail, members }, index): Completion => ({
      label,
      kind: 'template',
      detail,
      rank: RANK + index,
      members,
    }),
  );
  return [...skeletons, ...templatesFor(classification, 'statement').filter(({ members }) => members)];
}

/** Whole statements with their braces; several at once only in a list of statements. */
export function statementValues(classification: Classification, inList: boolean): readonly Completion[] {
  const skeletons = skeletonsOf(classification).map(
    ({ label, detail, members }, index): Completion => ({
      label,
      kind: 'template',
      detail,
      rank: RANK + index,
      value: inBraces(members),
    }),
  );
  const templates = templatesFor(classification, 'statement').filter(({ members }) => inList || members);
  return [...skeletons, ...templates];
}

/** The value of a Statement element, with the statement that its kind usually begins with. */
export function statementList(classification: Classification): string {
  return inList(skeletonsOf(classification)[0].members);
}

const POLICIES: readonly { readonly label: string; readonly detail: string; readonly statement: Skeleton }[] = [
  { label: 'IAM permission policy', detail: 'what an identity may do', statement: ALLOW },
  { label: 'IAM trust policy', detail: 'who may assume a role', statement: ASSUME_SERVICE },
];

/** The elements of a document; few policies have an Id, and none does without a Statement. */
export function documentElements(classification: Classification): readonly Completion[] {
  const elements = [
    ['Version', 'of the policy language', '"2012-10-17"'],
    ['Statement', 'what is allowed and denied', statementList(classification)],
    ['Id', 'a name for the policy', '"$1"'],
  ] as const;
  return elements.map(([label, detail, body], rank) => ({ label, kind: 'element', rank, detail, body }));
}

/** The members of whole policies, for a document that is still empty. */
export function documentMembers(classification: Classification): readonly Completion[] {
  const { kind } = classification;
  const policies =
    kind === 'unknown' || kind === 'identity' || kind === 'trust'
      ? POLICIES
      : [{ label: 'IAM policy', detail: 'Version and Statement', statement: SKELETONS[kind][0] }];
  const sorted = kind === 'trust' ? policies.toReversed() : policies;
  const skeletons = sorted.map(
    ({ label, detail, statement }, index): Completion => ({
      label,
      kind: 'template',
      detail,
      rank: RANK + index,
      members: ['"Version": "2012-10-17"', `"Statement": ${inList(statement.members)}`],
    }),
  );
  return [...skeletons, ...templatesFor(classification, 'document')];
}

/** An empty file holds no more than some blanks and a few letters. */
const MOST_EMPTY = 1000;

/** Whole policies, for a file without anything in it, or with an empty pair of braces. */
export function offerSkeletons({ input, tree }: AnalyzedFile, offset: number, at: Token): CompletionList | undefined {
  if (tree.text.length > MOST_EMPTY) return undefined;
  // Outside of all brackets a first word is nothing that could be read.
  const [word = ''] = /^\s*[A-Za-z]{1,40}$/.exec(tree.text.slice(0, offset)) ?? [];
  const typed = word.trim();
  const token: Token = typed === '' ? at : { ...at, typed, span: { start: offset - typed.length, end: offset } };
  const asked = token.typed === '' && !token.open;
  if (!asked && !mayBecomePolicy(input.path, input.languageId)) return undefined;
  const { start, end } = token.span;
  const before = tree.text
    .slice(0, start)
    .replace(/^(?:\s*(?:\/\/[^\n]*\n|\/\*[^*]*\*\/))+/, '')
    .trim();
  const after = tree.text.slice(end).trim();
  const braces = before === '{' && (after === '}' || after === '');
  if (!braces && (before !== '' || after !== '' || token.open)) return undefined;
  const place: Place = {
    ...BARE_PLACE,
    names: [],
    objects: tree.roots.flatMap((root) => (root.type === 'object' ? [root] : [])),
    expects: braces ? 'name' : 'value',
  };
  const name = hintFromPath(input.path);
  const classification: Classification = {
    kind: name?.kind ?? 'unknown',
    service: name?.service ?? null,
    confidence: name ? 'likely' : 'ambiguous',
    evidence: [],
  };
  const items = documentMembers(classification);
  const elements = documentElements(classification);
  const fitted = braces
    ? [...elements, ...items]
    : items.map(({ members = [], ...item }) => ({ ...item, value: inBraces(members) }));
  return offset < start ? undefined : fitOffers(tree.text, place, token, fitted);
}

/** Other JSON files begin with a brace and a name too: there only who asks is answered. */
function mayBecomePolicy(path: string, languageId: string | undefined): boolean {
  const file = path.split('/').slice(-2).join('/');
  return languageId === 'iam-policy' || !/\.\w+$/.test(file) || /polic|iam|trust|role|scp|rcp|perm|boundar/i.test(file);
}

function inBraces(members: readonly string[]): string {
  return `{\n${indent(members.join(',\n'))}\n}`;
}

function inList(members: readonly string[]): string {
  return `[\n${indent(inBraces(members))}\n]`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '\t');
}
