import { joinWords } from '../base/words.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { namesAction } from '../policy/assume.ts';
import type { Classification, PolicyKind } from '../policy/kind.ts';
import { isDeny, type PolicyView, type Statement, stringOf } from '../policy/model.ts';
import { type Deeds, describeDeeds, sayIdle } from './clauses.ts';
import { type ConditionWords, explainConditions } from './conditions.ts';
import { explainPrincipals } from './principals.ts';
import { capitalise } from './words.ts';

export { explainCondition } from './conditions.ts';
export { explainPrincipal } from './principals.ts';

/** What `*` as a Resource means in a policy that is attached to one resource, by service. */
const OWN_RESOURCE: Readonly<Record<string, string>> = {
  kms: 'this key',
  secretsmanager: 'this secret',
  ecr: 'this repository',
  elasticfilesystem: 'this file system',
  backup: 'this backup vault',
  codeartifact: 'this domain or repository',
};

/** The resource that a policy of this kind is attached to, where it need not be named: "this role", "this key". */
export function ownResource(classification: Pick<Classification, 'kind' | 'service'>): string | undefined {
  if (classification.kind === 'trust') return 'this role';
  if (classification.kind !== 'resource' || classification.service === null) return undefined;
  return Object.hasOwn(OWN_RESOURCE, classification.service) ? OWN_RESOURCE[classification.service] : undefined;
}

/** Kinds that set a limit and give nothing. */
const LIMITS: ReadonlySet<PolicyKind> = new Set(['scp', 'rcp', 'permissions-boundary', 'session', 'vpc-endpoint']);

/** True for kinds of policy whose Allow grants nothing by itself. */
export function isLimit(kind: PolicyKind): boolean {
  return LIMITS.has(kind);
}

/** One plain English sentence for a statement: "The EC2 service may assume this role." */
export function explainStatement(
  _policy: PolicyView,
  statement: Statement,
  classification: Pick<Classification, 'kind' | 'service'>,
  catalogue: Catalogue,
): string {
  const own = ownResource(classification);
  const deny = isDeny(statement);
  if (!deny && stringOf(statement.effect) !== 'Allow') return 'Says neither Allow nor Deny, so it does nothing.';
  const entries = statement.actions.flatMap((block) => block.entries);
  if (entries.every(({ node }) => node.value === '')) return 'Names no action yet.';
  const deeds = describeDeeds(statement, { catalogue, own, deny });
  const conditions = explainConditions(statement.conditions, catalogue);
  const idle = sayIdle(deeds.idle);
  if (deeds.text === '') {
    const patterns = joinWords([...new Set(entries.map(({ pattern }) => pattern.text))], 'and', 4);
    return `${deny ? 'Denies' : 'Allows'} nothing: ${idle || `no action is known that matches ${patterns}`}.`;
  }
  const subject = subjectOf(statement, deny, catalogue);
  const limits = isLimit(classification.kind);
  const body = deny
    ? sayDeny(subject, deeds, conditions)
    : `${subject ? `${subject} ` : ''}may ${limits ? 'at most ' : ''}${deeds.text}${sayOnly(conditions)}`;
  const sentence = `${body}${idle ? ` (${idle})` : ''}.`;
  // A name from the document keeps its letters.
  return /^[a-z]+[ ,]/.test(sentence) ? capitalise(sentence) : sentence;
}

function sayDeny(subject: string | undefined, deeds: Deeds, { when, except }: ConditionWords): string {
  const actions = deeds.everything?.except ?? '';
  // A list of its own is set apart from what follows.
  const glue = except.length > 0 && actions.includes(' and ') ? ', and ' : ' and ';
  const spared = [actions, joinWords(except)].filter((part) => part !== '').join(glue);
  const start = when.length > 0 ? ` ${joinWords(when)}` : '';
  const tail = spared === '' ? start : `${start}${start === '' ? '' : ','} except ${spared}`;
  if (subject === undefined) {
    if (!deeds.everything) return `may never ${deeds.text}${comma(tail)}`;
    const { on } = deeds.everything;
    return `denies everything${on === 'anything' ? '' : ` on ${on}`}${tail}`;
  }
  const text = deeds.everything ? `do anything on ${deeds.everything.on}` : deeds.text;
  if (subject === 'anyone') return `nobody may ${text}${comma(tail)}`;
  if (subject.startsWith('anyone except '))
    return `nobody ${subject.slice('anyone '.length)} may ${text}${comma(tail)}`;
  const accounts = /^any (principal of accounts? [\d, and]+)$/.exec(subject)?.[1];
  return `${accounts ? `no ${accounts} may` : `${subject} may never`} ${text}${comma(tail)}`;
}

/** An exception is set apart from what it does not belong to. */
function comma(tail: string): string {
  return tail.startsWith(' except ') ? `,${tail}` : tail;
}

/** Conditions after an Allow: ", only with MFA and only from 10.0.0.0/8, except for the user Bob". */
function sayOnly({ when, except }: ConditionWords): string {
  const only = when.length > 0 ? `, ${joinWords(when.map((one) => `only ${one}`))}` : '';
  return `${only}${except.length > 0 ? `, except ${joinWords(except)}` : ''}`;
}

/** Whom the statement is about; undefined where the policy itself is attached to them. */
function subjectOf(statement: Statement, deny: boolean, catalogue: Catalogue): string | undefined {
  const block = statement.principals[0];
  if (!block) return undefined;
  const who = explainPrincipals(block, catalogue);
  if (who === '') return undefined;
  if (!block.negated) return deny ? who.replace(/ that its own account allows$/, '') : who;
  return `anyone except ${who.replace(/ that its own account allows$/, '').replace(/^any principal of /, '')}`;
}

/** The four questions to ask of a policy, answered. */
export interface PolicySummary {
  /** What kind of policy it is and what that does: "A trust policy: it says who may assume the role." */
  readonly headline: string;
  readonly answers: readonly { readonly question: string; readonly answer: string }[];
  /** Where the other half of the decision stands: "what may be done inside is in the permission policies of the role." */
  readonly otherLock: string;
}

const HEADLINES: Readonly<Record<PolicyKind, string>> = {
  identity: 'A permission policy: it says what whoever it is attached to may do.',
  trust: 'A trust policy: it says who may assume the role it belongs to.',
  resource: 'A resource policy: it says who may use the resource it is attached to.',
  scp: 'A service control policy: it limits what the accounts of an organization can do, and gives nothing.',
  rcp: 'A resource control policy: it limits who can use the resources of an organization, and gives nothing.',
  'permissions-boundary': 'A permissions boundary: it limits what a user or role can do, and gives nothing.',
  session: 'A session policy: it limits what one session can do, and gives nothing.',
  'vpc-endpoint': 'A VPC endpoint policy: it limits what can be done through the endpoint, and gives nothing.',
  unknown: 'A policy whose kind cannot be told yet.',
  none: 'Not a policy.',
};

/** A short summary: what kind it is, then who, under which conditions, what, and what is forbidden. */
export function explainPolicy(
  policy: PolicyView,
  classification: Pick<Classification, 'kind' | 'service'>,
  catalogue: Catalogue,
): PolicySummary {
  const own = ownResource(classification);
  const allows = policy.statements.filter((one) => stringOf(one.effect) === 'Allow');
  const denies = policy.statements.filter(isDeny);
  const each = <T>(list: readonly Statement[], say: (one: Statement) => T | readonly T[]): readonly T[] =>
    list.slice(0, MOST_STATEMENTS).flatMap(say);
  const read = allows.slice(0, MOST_READ);
  const who = read.flatMap((one) => subjectOf(one, false, catalogue) ?? []);
  const conditions = read.flatMap(
    (one) => sayOnly(explainConditions(one.conditions, catalogue)).replace(/^, /, '') || [],
  );
  const what = each(allows, (one) => sayDeeds(one, own, classification.kind, catalogue) || []);
  const never = each(denies, (one) => explainStatement(policy, one, classification, catalogue));
  const always = read.some((one) => one.conditions.length === 0);
  const answers = [
    { question: 'Who', answer: joinUnique(who) || holderOf(classification.kind) },
    {
      question: 'When',
      answer:
        allows.length === 0
          ? ''
          : conditions.length > 0
            ? `${joinUnique(conditions)}${always ? '; some without any condition' : ''}`
            : 'always: there is no condition',
    },
    {
      question: 'What',
      answer: listed(what, allows.length) || (denies.length > 0 ? 'nothing: it only denies' : 'nothing'),
    },
    {
      question: 'Never',
      answer:
        never.length > 0
          ? listed(
              never.map((one) => one.replace(/\.$/, '').replace(/^(?:May never|Denies) /, '')),
              denies.length,
            )
          : 'nothing is denied outright; what nothing allows is forbidden anyway',
    },
  ];
  return {
    headline: HEADLINES[classification.kind],
    answers: answers.filter(({ answer }) => answer !== ''),
    otherLock: sayOtherLock(read, classification.kind),
  };
}

function sayDeeds(statement: Statement, own: string | undefined, kind: PolicyKind, catalogue: Catalogue): string {
  const { text, everything, idle } = describeDeeds(statement, { catalogue, own, deny: false });
  const administrator =
    kind === 'identity' &&
    everything?.except === '' &&
    everything.on === 'anything' &&
    statement.conditions.length === 0 &&
    statement.principals.length === 0;
  if (kind === 'trust') return `${text}${sayDoor(statement)}`;
  const remark = administrator ? ': full administrator' : idle.length > 0 && text !== '' ? ` (${sayIdle(idle)})` : '';
  return `${text}${remark}`;
}

/** How those who do not come with AWS credentials enter. */
function sayDoor(statement: Statement): string {
  const named = (action: string): boolean => namesAction(statement, action) === 'yes';
  const doors = [
    ...(named('sts:AssumeRoleWithWebIdentity') ? ['a token of an identity provider'] : []),
    ...(named('sts:AssumeRoleWithSAML') ? ['a SAML sign-in'] : []),
  ];
  return doors.length === 0 || named('sts:AssumeRole') ? '' : `, with ${joinWords(doors, 'or')}`;
}

/** Who may enter and what may be done inside are two locks, and most kinds of policy are one of them only. */
function sayOtherLock(allows: readonly Statement[], kind: PolicyKind): string {
  switch (kind) {
    case 'trust': {
      const whom = new Set(
        allows.flatMap(({ principals }) => principals.flatMap(({ entries }) => entries.map((one) => one.identity.who))),
      );
      const own = 'sts:AssumeRole on this role in their own policies too';
      const callers = whom.has('account')
        ? `; users and roles of an account need ${own}`
        : whom.has('user') || whom.has('role') || whom.has('session')
          ? `; from another account, callers need ${own}`
          : '';
      return `what may be done inside is in the permission policies of the role${callers}`;
    }
    case 'identity':
      return allows.some(assumesRoles)
        ? 'the trust policy of a role must let the caller in as well'
        : 'if this belongs to a role, who may enter is in its trust policy';
    case 'resource':
      return 'users and roles of another account need to be allowed by their own policies as well';
    case 'scp':
    case 'rcp':
    case 'permissions-boundary':
    case 'session':
    case 'vpc-endpoint':
      return 'within this limit, the other policies decide what is allowed';
    default:
      return '';
  }
}

/** True for a statement about sts:AssumeRole, not one about everything. */
export function assumesRoles(statement: Statement): boolean {
  return (
    namesAction(statement, 'sts:AssumeRole') === 'yes' &&
    statement.actions.every(({ negated, entries }) => !negated && !entries.some(({ pattern }) => pattern.everything))
  );
}

function holderOf(kind: PolicyKind): string {
  switch (kind) {
    case 'identity':
    case 'session':
    case 'permissions-boundary':
      return 'whoever it is attached to';
    case 'scp':
      return 'every user and role of the accounts below it';
    default:
      return '';
  }
}

/** Statements told in the summary of a policy; more are counted. */
const MOST_STATEMENTS = 4;
/** Statements looked at for whom they let in and when. */
const MOST_READ = 200;

function joinUnique(items: readonly string[]): string {
  const unique = [...new Set(items)];
  const more = unique.length > 4 ? [`and ${unique.length - 3} more`] : [];
  return [...unique.slice(0, more.length > 0 ? 3 : 4), ...more].join('; ');
}

/** What the first of several statements say. @param of how many there are */
function listed(items: readonly string[], of: number): string {
  const more = of - MOST_STATEMENTS;
  const rest = more > 0 ? [`and more in ${more} other ${more === 1 ? 'statement' : 'statements'}`] : [];
  return [...new Set(items), ...rest].join('; ');
}
