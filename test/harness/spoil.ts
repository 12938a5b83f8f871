/**
 * Policies with a flaw of the kind that people make, worked into policies that have none: so that each fix meets texts
 * that nobody wrote for it.
 */
import type { Random } from '../robust/texts.ts';

type Json = string | number | boolean | null | Json[] | Fields;
interface Fields {
  [name: string]: Json | undefined;
}

interface Statement extends Fields {
  Sid?: Json;
  Effect?: Json;
  Resource?: Json;
  Principal?: Json;
  Condition?: Fields;
}

interface Policy extends Fields {
  Version?: Json;
  Statement: Statement[];
}

/** Changes a policy in place, or its statement; false when there is nothing that it could change. */
type Spoil = (policy: Policy, statement: Statement, random: Random) => boolean;

const texts = (value: Json | undefined): string[] =>
  [value ?? []].flat().flatMap((one) => (typeof one === 'string' ? one : []));

const copy = <T extends Json>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const pick = <T>(items: readonly T[], random: Random): T | undefined => items[random.below(items.length)];

/** Changes the values of a list, or the only one. */
function change(fields: Fields, name: string, make: (values: string[]) => readonly string[] | undefined): boolean {
  const values = texts(fields[name]);
  const made = values.length > 0 ? make(values) : undefined;
  if (!made) return false;
  fields[name] = made.length === 1 ? made[0] : [...made];
  return true;
}

/** Changes one of the values of an element. */
const swap =
  (name: string, make: (value: string, random: Random) => string | undefined): Spoil =>
  (_, statement, random) =>
    change(statement, name, (values) => {
      const at = random.below(values.length);
      const made = make(values[at] ?? '', random);
      return made === undefined || made === values[at] ? undefined : values.with(at, made);
    });

/** Puts values beside one that is there. */
const add =
  (name: string, make: (value: string) => readonly string[]): Spoil =>
  (_, statement, random) =>
    change(statement, name, (values) => {
      const at = random.below(values.length);
      return [...values.slice(0, at), ...make(values[at] ?? ''), ...values.slice(at)];
    });

const rename =
  (from: string, to: string): Spoil =>
  (_, statement) => {
    if (statement[from] === undefined) return false;
    const members = Object.entries(statement).map(([name, value]) => [name === from ? to : name, value]);
    for (const name of Object.keys(statement)) delete statement[name];
    Object.assign(statement, Object.fromEntries(members));
    return true;
  };

const when =
  (condition: Fields): Spoil =>
  (_, statement) => {
    if (statement.Condition !== undefined) return false;
    statement.Condition = copy(condition);
    return true;
  };

/** Writes an operator of a condition in another way. */
const operator =
  (make: (name: string) => string): Spoil =>
  (_, statement, random) => {
    const condition = statement.Condition;
    const name = condition && pick(Object.keys(condition), random);
    if (!condition || name === undefined || make(name) === name || condition[make(name)]) return false;
    condition[make(name)] = condition[name];
    delete condition[name];
    return true;
  };

/** Another statement, made from one that is there. */
const another =
  (make: (statement: Fields, random: Random) => Fields): Spoil =>
  ({ Statement: all }, statement, random) => {
    const { Sid: _, ...rest } = copy(statement);
    all.splice(random.below(all.length + 1), 0, make(rest, random));
    return true;
  };

const cut = (text: string, random: Random): string => {
  const at = text.indexOf(':') + 2 + random.below(Math.max(1, text.length - text.indexOf(':') - 3));
  return text.slice(0, at) + text.slice(at + 1);
};

const head = (action: string): string => /^[^:]*:[A-Z][a-z]*/.exec(action)?.[0] ?? action;

const field =
  (index: number, text: string) =>
  (arn: string): string | undefined => {
    const fields = arn.split(':');
    return fields.length >= 6 && fields[index] !== '*' && fields[index] !== ''
      ? fields.with(index, text).join(':')
      : undefined;
  };

/** By what a reader would call them. */
export const SPOILS: Readonly<Record<string, Spoil>> = {
  'a statement twice': another((statement) => statement),
  'a statement of one action again': another((statement, random) => {
    const name = 'Action' in statement ? 'Action' : 'NotAction';
    return { ...statement, [name]: pick(texts(statement[name]), random) ?? '*' };
  }),
  'a Deny of the same': another((statement) => ({ ...statement, Effect: 'Deny' })),
  'all but the same': another(({ Action, NotAction, ...rest }) => ({ ...rest, NotAction: Action ?? NotAction })),
  'a Deny of all but the same': another(({ Action, NotAction, ...rest }) => ({
    ...rest,
    Effect: 'Deny',
    NotAction: Action ?? NotAction,
  })),
  'two statements of one name': ({ Statement: all }, statement) => {
    all.push({ Sid: 'Same', Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' });
    statement.Sid = 'Same';
    return true;
  },
  'a Sid with blanks': (_, statement) => {
    statement.Sid = 'read the-reports';
    return true;
  },
  'an old version': (policy) => {
    policy.Version = '2008-10-17';
    return true;
  },
  'no version': (policy) => {
    delete policy.Version;
    return true;
  },
  NotAction: rename('Action', 'NotAction'),
  NotResource: rename('Resource', 'NotResource'),
  Actions: rename('Action', 'Actions'),
  resource: rename('Resource', 'resource'),
  Conditions: rename('Condition', 'Conditions'),
  'a Deny for an Allow': (_, statement) => {
    statement.Effect = 'Deny';
    return true;
  },
  'effect in small letters': (_, statement) => {
    statement.Effect = String(statement.Effect).toLowerCase();
    return true;
  },
  'no resource': (_, statement) => {
    delete statement.Resource;
    return true;
  },
  'a principal': (_, statement) => {
    statement.Principal = '*';
    return true;
  },
  'a misspelt action': swap('Action', cut),
  'an action in other letters twice': add('Action', (one) => [one.toUpperCase()]),
  'an action and its pattern': add('Action', (one) => [`${head(one)}*`]),
  'an action and its service': add('Action', (one) => [`${one.split(':')[0]}:*`]),
  'an action without a service': swap('Action', (one) => one.split(':')[1]),
  'an action with a blank': swap('Action', (one) => ` ${one}`),
  'all actions': add('Action', () => ['*']),
  'an action of another service': add('Action', () => ['s3:GetObject', 'iam:PassRole']),
  'a retired spelling': add('Action', () => ['logs:CreateLogDelivery', 'aws-portal:ViewBilling']),
  'a pattern of nothing': add('Action', () => ['s3:Gett*']),
  'fewer exceptions': add('NotAction', (one) => [`${head(one)}*`]),
  'all resources': add('Resource', () => ['*']),
  'a resource and its pattern': add('Resource', (one) => [`${one.replace(/\*$/, '')}*`]),
  'a resource and one of it': swap('Resource', (one) => one.replace(/\*$/, 'one')),
  'a bucket without its objects': add('Resource', () => ['arn:aws:s3:::reports']),
  'a short ARN': swap('Resource', (one) => one.split(':').slice(0, 4).join(':')),
  'a wrong partition': swap('Resource', field(1, 'amazon')),
  'a wrong Region': swap('Resource', field(3, 'europe')),
  'a short account': swap('Resource', field(4, '12345')),
  'a service that is none': swap('Resource', field(2, 'nosuch')),
  'a resource that is no ARN': swap('Resource', () => 'reports/*'),
  'a variable without an end': swap('Resource', (one) => (one === '*' ? undefined : `${one}\${aws:username`)),
  'a variable that is none': swap('Resource', (one) => (one === '*' ? undefined : `${one}\${aws:usrname}`)),
  'a wildcard taken literally': when({ StringEquals: { 'aws:PrincipalTag/team': ['a*', 'b'] } }),
  'a wildcard and what it covers': when({ StringLike: { 'aws:PrincipalTag/team': ['a*', 'ab', 'a*'] } }),
  'any value': when({ StringLike: { 'aws:PrincipalTag/team': '*' } }),
  'ARNs as strings': when({ StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a*' } }),
  'an address with host bits': when({ IpAddress: { 'aws:SourceIp': ['203.0.113.7/24', '203.0.113.8/32'] } }),
  'private addresses': when({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '203.0.113.0/24'] } }),
  'an address as a string': when({ StringLike: { 'aws:SourceIp': '203.0.113.*' } }),
  'a Bool of yes': when({ Bool: { 'aws:SecureTransport': 'yes' } }),
  'a Bool as a string': when({ StringEquals: { 'aws:SecureTransport': 'true' } }),
  'MFA where it is missing': when({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } }),
  'MFA that is not false': when({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }),
  'Null with IfExists': when({ NullIfExists: { 'aws:PrincipalTag/team': 'true' } }),
  'Null of a set': when({ 'ForAllValues:Null': { 'aws:TagKeys': 'false' } }),
  'a set without a qualifier': when({ StringEquals: { 'aws:TagKeys': ['team', 'cost'] } }),
  'all of a set that may be empty': when({ 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } }),
  'a qualifier for one value': when({ 'ForAnyValue:StringEquals': { 'aws:PrincipalTag/team': ['a', 'b'] } }),
  'all values of one': when({ 'ForAllValues:StringLike': { 'aws:PrincipalTag/team': ['a', 'b'] } }),
  'none of a set': when({ 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': ['team', 'cost'] } }),
  'a key in two spellings': when({ StringEquals: { 'aws:PrincipalTag/team': 'a', 'AWS:principaltag/team': 'b' } }),
  'a key that is none': when({ StringEquals: { 'aws:PrincipalOrg': 'o-exampleorgid' } }),
  'a Region that is none': when({ StringEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-mid-1'] } }),
  'a referer': when({ StringLike: { 'aws:Referer': 'https://example.com/*' } }),
  'a date without a zone': when({ DateGreaterThan: { 'aws:CurrentTime': '2026-01-01' } }),
  'an operator in small letters': operator((name) => name.toLowerCase()),
  'an operator misspelt': operator((name) => name.replace('Equals', 'Equal')),
  'an operator with IfExists': operator((name) => (/IfExists|Null/.test(name) ? name : `${name}IfExists`)),
  'a negated operator': operator((name) => name.replace(/^String(?!Not)/, 'StringNot')),
  'an operator of wildcards': operator((name) => name.replace('StringEquals', 'StringLike')),
  'an operator without wildcards': operator((name) => name.replace('StringLike', 'StringEquals')),
  'an operator of ARNs': operator((name) => name.replace('String', 'Arn')),
};

/** The policy with one flaw more, two blanks deep; undefined when it has no place for it. */
export function spoil(text: string, name: string, random: Random): string | undefined {
  const policy = JSON.parse(text) as Policy;
  policy.Statement = [policy.Statement].flat();
  const statement = pick(policy.Statement, random);
  return statement && SPOILS[name]?.(policy, statement, random) ? JSON.stringify(policy, null, 2) : undefined;
}
