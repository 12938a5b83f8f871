import type { OperatorFamily, OperatorName } from '../../policy/condition.ts';
import { guidePage } from './context.ts';

/** What an element of the policy language is for. */
export interface ElementText {
  /** Markdown. */
  readonly text: string;
  readonly link: string;
}

const element = (text: string, page: string): ElementText => ({
  text,
  link: guidePage(`reference_policies_elements_${page}`),
});

/** By the exact name of the element. */
export const ELEMENTS: Readonly<Record<string, ElementText>> = {
  Version: element(
    'The version of the policy language, not of this policy. Always write `2012-10-17`; without it AWS reads the policy in the language of 2008, which has no variables such as `${aws:username}`.',
    'version',
  ),
  Id: element(
    'A name for the whole policy. It changes nothing about access. Some services want it; identity policies may not have it.',
    'id',
  ),
  Statement: element(
    'What the policy says: one statement, or a list of them. A Deny in any of them beats every Allow.',
    'statement',
  ),
  Sid: element('A name for this statement, to tell it from others. It changes nothing about access.', 'sid'),
  Effect: element(
    '`Allow` grants what the statement describes, `Deny` forbids it. What nobody allows is denied anyway, and a Deny beats every Allow.',
    'effect',
  ),
  Principal: element(
    'Whom the statement is about: accounts, users, roles, AWS services, or people who sign in elsewhere. Several of them are alternatives.',
    'principal',
  ),
  NotPrincipal: element(
    'Everybody except those listed. With Deny it catches far more than it seems, and with Allow it lets in strangers: a Deny for `*` with a condition on `aws:PrincipalArn` is safer.',
    'notprincipal',
  ),
  Action: element(
    'What may, or may not, be done, as `service:Name`. `*` stands for any characters, `?` for one; upper and lower case are the same.',
    'action',
  ),
  NotAction: element(
    'Every action of every service except those listed. With Allow that also grants whatever AWS adds later; with Deny it forbids all but these.',
    'notaction',
  ),
  Resource: element(
    'What the actions may be done on, as ARNs. Each action only looks at the ARNs of the kind it works on; `*` is everything.',
    'resource',
  ),
  NotResource: element(
    'Everything except the ARNs listed, in every account and service the actions reach. With Allow that is more than it seems.',
    'notresource',
  ),
  Condition: element(
    'When the statement counts. Every operator and every key in it must be met; several values of one key are alternatives. When it is not met, the statement is as if it were not there.',
    'condition',
  ),
};

export const EFFECTS: Readonly<Record<string, string>> = {
  Allow: 'Grants what the statement describes, unless a Deny somewhere else forbids it.',
  Deny: 'Forbids what the statement describes. No Allow anywhere can bring it back.',
};

export const VERSIONS: Readonly<Record<string, string>> = {
  '2012-10-17':
    'The current policy language. This date is the name of the language: it never changes, whenever you write the policy.',
  '2008-10-17':
    'The older policy language: variables such as `${aws:username}` are plain text in it. Write `2012-10-17`.',
};

/** How each operator compares, as the end of "Met when the value …". */
export const OPERATOR_TEXTS: Readonly<Record<OperatorName, string>> = {
  StringEquals: 'is exactly one of the given texts. Case counts, and `*` is a plain asterisk',
  StringNotEquals: 'is none of the given texts. Case counts, and `*` is a plain asterisk',
  StringEqualsIgnoreCase: 'is one of the given texts, upper and lower case being the same',
  StringNotEqualsIgnoreCase: 'is none of the given texts, upper and lower case being the same',
  StringLike: 'fits one of the given patterns: `*` is any characters, `?` is one. Case counts',
  StringNotLike: 'fits none of the given patterns: `*` is any characters, `?` is one. Case counts',
  NumericEquals: 'is the given number',
  NumericNotEquals: 'is not the given number',
  NumericLessThan: 'is less than the given number',
  NumericLessThanEquals: 'is the given number or less',
  NumericGreaterThan: 'is more than the given number',
  NumericGreaterThanEquals: 'is the given number or more',
  DateEquals: 'is the given moment',
  DateNotEquals: 'is not the given moment',
  DateLessThan: 'is before the given moment',
  DateLessThanEquals: 'is the given moment or before',
  DateGreaterThan: 'is after the given moment',
  DateGreaterThanEquals: 'is the given moment or after',
  Bool: 'is the given `true` or `false`',
  BinaryEquals: 'is, byte for byte, what the given Base64 text stands for',
  IpAddress: 'is one of the given addresses or lies in one of the given ranges',
  NotIpAddress: 'is outside all of the given addresses and ranges',
  ArnEquals: 'fits one of the given ARNs, field by field; `*` and `?` work in each field. The same as ArnLike',
  ArnLike: 'fits one of the given ARNs, field by field; `*` and `?` work in each field',
  ArnNotEquals: 'fits none of the given ARNs, field by field. The same as ArnNotLike',
  ArnNotLike: 'fits none of the given ARNs, field by field; `*` and `?` work in each field',
  Null: '',
};

/** What values of an operator family look like. */
export const FAMILY_VALUES: Readonly<Record<OperatorFamily, string>> = {
  String: 'text; variables such as `${aws:username}` work',
  Numeric: 'a number, such as `3600` or `"3600"`',
  Date: 'a moment such as `2026-01-31T12:00:00Z`, or seconds since 1970',
  Bool: '`true` or `false`, with or without quotation marks',
  Binary: 'Base64 text',
  IpAddress: 'an address or a range, such as `203.0.113.0/24` or `2001:db8::/32`',
  Arn: 'an ARN; variables such as `${aws:username}` work',
  Null: '`true` or `false`',
};

/** The families that fit each type of key. */
export const TYPE_OPERATORS: Readonly<Record<string, string>> = {
  String: 'String operators',
  ARN: 'Arn operators',
  Bool: 'Bool',
  Numeric: 'Numeric operators',
  Date: 'Date operators',
  IPAddress: 'IpAddress, NotIpAddress',
  Binary: 'BinaryEquals',
};
