import { lookUp } from '../../base/look-up.ts';
import { printSnippet, shiftStops } from '../../base/snippet.ts';
import type { ConditionKey, ConditionKeyType } from '../../catalogue/types.ts';
import {
  type ConditionOperator,
  familiesFor,
  OPERATORS,
  type OperatorName,
  parseOperator,
  spellOperator,
} from '../../policy/condition.ts';
import { issuerOf } from '../../policy/federation.ts';
import { isDeny, type Statement } from '../../policy/model.ts';
import { BUILT_IN_PROVIDERS } from '../../policy/principal.ts';
import { OPERATOR_TEXTS } from '../hover/elements.ts';
import { countKeys } from './action-keys.ts';
import type { Completion, CompletionContext } from './offer.ts';
import { tagKeysIn } from './seen.ts';
import { ENCRYPTION_CONTEXTS } from './value-table.ts';

/** What an operator asks, short enough to stand beside its name; the most usual operators first. */
const OPERATOR_DETAILS: Readonly<Record<OperatorName, string>> = {
  StringEquals: 'text is exactly a value',
  StringLike: 'text fits a pattern with * and ?',
  ArnLike: 'ARN fits a pattern, field by field',
  Bool: 'true or false',
  IpAddress: 'IP address lies in a range',
  StringNotEquals: 'text is none of the values',
  StringNotLike: 'text fits no pattern',
  Null: 'true: the request lacks the key',
  ArnNotLike: 'ARN fits no pattern',
  NotIpAddress: 'IP address lies in no range',
  NumericLessThan: 'number is smaller',
  NumericLessThanEquals: 'number is smaller or equal',
  NumericGreaterThan: 'number is greater',
  NumericGreaterThanEquals: 'number is greater or equal',
  NumericEquals: 'number is equal',
  NumericNotEquals: 'number is not equal',
  DateLessThan: 'before a moment',
  DateGreaterThan: 'after a moment',
  DateLessThanEquals: 'at or before a moment',
  DateGreaterThanEquals: 'at or after a moment',
  DateEquals: 'at a moment',
  DateNotEquals: 'not at a moment',
  ArnEquals: 'the same as ArnLike',
  ArnNotEquals: 'the same as ArnNotLike',
  StringEqualsIgnoreCase: 'text is a value in any letter case',
  StringNotEqualsIgnoreCase: 'text is no value in any letter case',
  BinaryEquals: 'bytes are equal, written in base64',
};

const NAMES = Object.keys(OPERATOR_DETAILS) as OperatorName[];

/** Every form that is offered, plain ones first, then `…IfExists`, then those for keys of several values. */
const FORMS: readonly ConditionOperator[] = [
  ...NAMES.map((name) => spellOperator({ name, ifExists: false })),
  ...NAMES.filter((name) => name !== 'Null').map((name) => spellOperator({ name, ifExists: true })),
  ...(['ForAnyValue', 'ForAllValues'] as const).flatMap((set) =>
    NAMES.filter((name) => ['String', 'Arn'].includes(OPERATORS[name].family)).map((name) =>
      spellOperator({ set, name, ifExists: false }),
    ),
  ),
].map(parseOperator);

/** The operators that are not there yet. Where the keys below are written already, those that suit all of them first. */
export function offerOperators(context: CompletionContext): readonly Completion[] {
  const { member } = context.place;
  const taken = takenNames(context);
  const below = member?.value?.type === 'object' ? member.value.members.map(({ key }) => key.value) : [];
  const keys = below.flatMap((name) => context.catalogue.conditionKey(name) ?? []);
  const deny = context.view !== undefined && isDeny(context.view);
  return FORMS.filter(({ text }) => !taken.has(text.toLowerCase())).map((operator, index) => ({
    label: operator.text,
    kind: 'operator',
    rank:
      (deny ? rankInDeny(operator) : index) + (keys.every((key) => suits(operator, key) === 'well') ? 0 : FORMS.length),
    detail: describe(operator),
    documentation: () => explain(operator),
    body: '{ "$1" }',
  }));
}

const INDEX: ReadonlyMap<string, number> = new Map(FORMS.map(({ text }, index) => [text, index]));

/** Who denies mostly says what is let off, so an operator takes the place of its opposite. */
function rankInDeny({ text }: ConditionOperator): number {
  const opposite = text.includes('Not')
    ? text.replace('Not', '')
    : text.replace(/^(.*:)?(String|Arn|(?=IpA))/, '$1$2Not');
  return INDEX.get(opposite) ?? INDEX.get(text) ?? 0;
}

function describe({ name, set, ifExists }: ConditionOperator): string {
  const asks = name ? OPERATOR_DETAILS[name] : '';
  if (set === 'ForAnyValue') return `one of several: ${asks}`;
  if (set === 'ForAllValues') return `each of several, or none there: ${asks}`;
  return ifExists ? `${asks}, or the request lacks the key` : asks;
}

function explain({ name }: ConditionOperator): string {
  if (name === undefined || name === 'Null') {
    return 'Met by `true` when the request does not carry the key, by `false` when it does.';
  }
  return `Met when the value in the request ${OPERATOR_TEXTS[name]}.`;
}

/** The keys that people use most, service by service and then the global ones; the others follow. */
const USUAL: readonly string[] = [
  's3:prefix',
  's3:x-amz-acl',
  's3:x-amz-server-side-encryption',
  's3:ResourceAccount',
  'kms:ViaService',
  'kms:CallerAccount',
  'kms:EncryptionContext:${EncryptionContextKey}',
  'kms:GrantIsForAWSResource',
  'iam:PassedToService',
  'iam:PermissionsBoundary',
  'iam:PolicyARN',
  'iam:AWSServiceName',
  'sts:ExternalId',
  'sts:RoleSessionName',
  'ec2:InstanceType',
  'ec2:CreateAction',
  'ec2:ResourceTag/${TagKey}',
  'dynamodb:LeadingKeys',
  'secretsmanager:VersionStage',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:PrincipalOrgID',
  'aws:ResourceOrgID',
  'aws:MultiFactorAuthPresent',
  'aws:SourceIp',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:RequestedRegion',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:ResourceAccount',
  'aws:PrincipalTag/${TagKey}',
  'aws:ResourceTag/${TagKey}',
  'aws:RequestTag/${TagKey}',
  'aws:TagKeys',
  'aws:SecureTransport',
  'aws:SourceOrgID',
  'aws:ViaAWSService',
  'aws:CalledVia',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalIsAWSService',
];

/** Keys about the call of a service; nobody else's request has them. */
const SOURCE = /^aws:Source(?:Arn|Account|OrgID|OrgPaths)$/;

/** Where groups of keys begin; within one, keys keep their order. */
const TIER = {
  provider: 0,
  service: 500,
  allActions: 1000,
  tagsOfAll: 2000,
  someActions: 3000,
  tagsOfSome: 4000,
  global: 5000,
  source: 6000,
  unsure: 7000,
  misfit: 9000,
};
/** How much room a group has. */
const WIDTH = 900;

/** A statement about more actions than this is about a service as a whole. */
const WIDE = 40;

const TYPE_WORDS: Readonly<Record<ConditionKeyType, string>> = {
  String: 'text',
  ARN: 'ARN',
  Bool: 'true or false',
  Numeric: 'number',
  Date: 'date',
  IPAddress: 'IP address',
  Binary: 'base64',
};

/**
 * The keys whose type suits an operator and that are not there yet: those of the identity provider that a trust policy
 * names, those that every action of the statement takes, those that some take, then the global ones.
 */
export function offerKeys(context: CompletionContext, operator: ConditionOperator): readonly Completion[] {
  const { catalogue, policy, view: statement } = context;
  const taken = takenNames(context);
  const tags = tagKeysIn(policy.view);
  const deny = statement !== undefined && isDeny(statement);
  const offered = new Map<string, Completion>();

  const add = (label: string, key: ConditionKey, rank: number, note: string): void => {
    if (taken.has(label.toLowerCase()) || offered.has(label)) return;
    const fit = suits(operator, key);
    if (fit === 'no') return;
    const placeholders = Array.from(label.matchAll(/\$\{([^{}]*)\}/g), ([, word]) => word ?? '');
    const text = label.replace(/\$\{([^{}]*)\}/g, '$1');
    const several =
      fit === 'several' ? ', several values: wants ForAnyValue:' : key.multivalued ? ', several values' : '';
    offered.set(label, {
      label: text,
      kind: 'key',
      rank: fit === 'several' ? TIER.misfit : rank,
      detail: `${TYPE_WORDS[key.type]}${several}${note}`,
      documentation: () => explainKey(key),
      body: bodyOf(operator, key, deny),
      ...(placeholders.length > 0 && { placeholders }),
    });
  };
  /** A key with a name of the user's own is offered with the names that are known, then for any other. */
  const offer = (key: ConditionKey, rank: number, note = ''): void => {
    const [, family = '', kind] = /^(.*)\$\{(TagKey|EncryptionContextKey)\}$/.exec(key.name) ?? [];
    for (const name of kind === 'TagKey' ? tags : kind ? ENCRYPTION_CONTEXTS : []) add(family + name, key, rank, note);
    add(key.name, key, rank + 1, note);
  };

  const trust = policy.classification.kind === 'trust';
  const issuers = trust ? issuersOf(statement) : undefined;
  for (const [index, name] of (issuers ? providerKeys(issuers, context) : []).entries()) {
    const key = catalogue.conditionKey(name);
    if (key) add(name, key, TIER.provider + Math.min(index, WIDTH), '');
  }
  for (const [index, name] of keysOfServices(statement).entries()) {
    const key = catalogue.conditionKey(name);
    if (key) add(name, key, TIER.provider + index, '');
  }

  const organization = policy.classification.kind === 'scp' || policy.classification.kind === 'rcp';
  const { total, counts } = countKeys(statement, catalogue);
  for (const [name, count] of counts) {
    const key = catalogue.conditionKey(name);
    if (!key || key.scope === 'federation') continue;
    const all = count === total;
    const note = total > 1 ? (all ? ', every action' : `, ${count} of ${total} actions`) : '';
    const tier =
      key.scope === 'global' ? (all ? TIER.tagsOfAll : TIER.tagsOfSome) : all ? TIER.allActions : TIER.someActions;
    const usual = USUAL.includes(key.name);
    const share = Math.round((1 - count / total) * 80);
    // What few actions know says less about the statement than a global key that people use; of very many actions, what
    // most know does as well.
    const lesser = organization || count * 2 < total;
    const few = !all && (total > WIDE ? lesser || !usual : lesser && !usual);
    const rank = all ? placeOf(key, operator) : share * 10 + (usual ? 0 : 5);
    offer(key, few ? TIER.global + USUAL.length * 2 + share / 2 : tier + rank, note);
  }

  const source = sourceTier(statement);
  for (const key of catalogue.globalConditionKeys()) {
    // A tag in the request comes with few actions; where it could, the action said so above.
    const lacking = total > 0 && /^aws:(?:RequestTag\/|TagKeys$)/.test(key.name);
    const tier = lacking ? TIER.unsure : SOURCE.test(key.name) ? source : TIER.global;
    offer(key, tier + placeOf(key, operator));
  }
  if (trust && issuers === undefined) {
    for (const key of catalogue.federationConditionKeys()) offer(key, TIER.unsure);
  }
  return [...offered.values()];
}

/** Where the keys about the call of a service belong: first where a service is let in, far down where none can be. */
function sourceTier(statement: Statement | undefined): number {
  const principals = statement?.principals ?? [];
  if (principals.some(({ entries }) => entries.some(isService))) return TIER.service;
  return principals.some(({ everyone }) => everyone) ? TIER.global : TIER.source;
}

/** Keys whose own type it is that the operator compares before the rest; of each, the usual ones first. */
function placeOf(key: ConditionKey, { family }: ConditionOperator): number {
  const natural = family === undefined || family === 'Null' || familiesFor(key)[0] === family;
  const usual = USUAL.indexOf(key.name);
  const foreign = key.scope === 'global' && !key.name.startsWith('aws:');
  return (natural ? 0 : 200) + (usual >= 0 ? usual * 2 : foreign ? 190 : 180);
}

function explainKey({ description, present, absent }: ConditionKey): string {
  const when = [present && `*In the request:* ${present}`, absent && `*Not in the request:* ${absent}`];
  return [description, ...when].filter((text) => text !== undefined && text !== '').join('\n\n');
}

/** The whole object where it is missing: behind `Condition`, or behind an operator. */
export function offerObjects(context: CompletionContext, operator: string | undefined): readonly Completion[] {
  if (context.place.inList) return [];
  const names = operator === undefined ? offerOperators(context) : offerKeys(context, parseOperator(operator));
  return names.map(({ label, body = '"$1"', placeholders = [], ...item }) => {
    const name = printSnippet(JSON.stringify(label), placeholders);
    // The list opens again at the last stop, unless a name must be filled in first.
    const value = placeholders.length > 0 ? shiftStops(body, placeholders.length) : body.replace('$1', '$0');
    return { ...item, label: `{ "${label}": … }`, filter: label, value: `{ ${name}: ${value} }` };
  });
}

/** How an operator suits a key. `several`: it compares one value, and the key holds many. */
function suits({ family, set }: ConditionOperator, key: ConditionKey): 'well' | 'several' | 'no' {
  if (family === 'Null') return set === undefined ? 'well' : 'no';
  if (family !== undefined && !familiesFor(key).includes(family)) return 'no';
  if (set !== undefined) return key.multivalued ? 'well' : 'no';
  return key.multivalued ? 'several' : 'well';
}

function bodyOf({ family, set }: ConditionOperator, key: ConditionKey, deny: boolean): string {
  if (family === 'Bool' || family === 'Null' || key.type === 'Bool') {
    // Denied is what lacks MFA, TLS, or the key.
    return deny && family !== 'Null' ? '"${1|false,true|}"' : '"${1|true,false|}"';
  }
  return set === undefined ? '"$1"' : '["$1"]';
}

/** The names in the object where the cursor stands, in lower case, but for the one being typed. */
function takenNames({ place }: CompletionContext): ReadonlySet<string> {
  const others = place.objects.at(-1)?.members.filter((one) => one !== place.member) ?? [];
  return new Set(others.map(({ key }) => key.value.toLowerCase()));
}

function isService({ type }: Statement['principals'][number]['entries'][number]): boolean {
  return type === 'Service';
}

/** The issuers that a statement trusts, `saml` for SAML providers; undefined where it names no principal yet. */
function issuersOf(statement: Statement | undefined): readonly string[] | undefined {
  const entries = statement?.principals.flatMap((block) => block.entries) ?? [];
  if (entries.length === 0) return undefined;
  return entries.flatMap((entry) =>
    entry.type === 'Federated' && entry.node.value.includes(':saml-provider/') ? 'saml' : (issuerOf(entry) ?? []),
  );
}

/** The claims to pin before all others: who, and for whom. */
const MAIN_CLAIMS = ['sub', 'aud', 'repository', 'job_workflow_ref'];
/** Where the audience is what tells one customer from another. */
const MAIN_CLAIMS_OF_SHARED = ['aud', 'app_id', 'amr', 'sub', 'iss', 'doc', 'sub_type'];

/** The keys that the tokens of some issuers bring. */
function providerKeys(issuers: readonly string[], { catalogue }: CompletionContext): readonly string[] {
  return issuers.flatMap((issuer) => {
    const shared = issuer === 'saml' || BUILT_IN_PROVIDERS.some((one) => one === issuer);
    const main = shared ? MAIN_CLAIMS_OF_SHARED : MAIN_CLAIMS;
    const listed = catalogue.federationConditionKeys().flatMap(({ name }) => {
      const claim = name.slice(name.lastIndexOf(':') + 1);
      return catalogue.conditionKey(`${issuer}:${claim}`)?.name === name ? [claim] : [];
    });
    const rank = (claim: string) => (main.includes(claim) ? main.indexOf(claim) : main.length);
    const claims = new Set([...(shared ? [] : ['sub', 'aud']), ...listed]);
    return [...claims].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((claim) => `${issuer}:${claim}`);
  });
}

/**
 * Tags that a service sets on the session it opens.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 * https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const SESSION_TAGS: Readonly<Record<string, readonly string[]>> = {
  'pods.eks.amazonaws.com': [
    'aws:RequestTag/kubernetes-namespace',
    'aws:RequestTag/kubernetes-service-account',
    'aws:RequestTag/eks-cluster-arn',
  ],
  'rolesanywhere.amazonaws.com': [
    'aws:SourceArn',
    'aws:PrincipalTag/x509Subject/CN',
    'aws:PrincipalTag/x509Subject/OU',
    'aws:PrincipalTag/x509Issuer/CN',
  ],
};

function keysOfServices(statement: Statement | undefined): readonly string[] {
  const services = statement?.principals.flatMap(({ entries }) => entries.filter(isService)) ?? [];
  return services.flatMap(({ node }) => lookUp(SESSION_TAGS, node.value) ?? []);
}
