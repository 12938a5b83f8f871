import type { OperatorFamily, OperatorName } from '../../policy/condition.ts';
import type { DocumentElement, StatementElement } from '../../policy/grammar.ts';
import type { PolicyKind } from '../../policy/kind.ts';

/** What an element of the policy language is for. */
export interface ElementText {
  /** Markdown. */
  readonly text: string;
  /** What it can hold, as Markdown, where nothing about the kind of policy says otherwise. */
  readonly holds: string;
  /** By kind of policy. */
  readonly holdsIn?: Partial<Readonly<Record<PolicyKind, string>>>;
  /** What people miss, by Effect of the statement. */
  readonly trap?: Readonly<Record<'Allow' | 'Deny', string>>;
}

const ARNS = '`"*"`, or ARNs with `*` and `?` as wildcards, one or a list';

/** By the exact name of the element. */
export const ELEMENTS: Readonly<Record<DocumentElement | StatementElement, ElementText>> = {
  Version: {
    text: 'The version of the policy language, not of this policy. Always write `2012-10-17`; without it AWS reads the policy in the language of 2008, which has no variables such as `${aws:username}`.',
    holds: '`"2012-10-17"`, or `"2008-10-17"` for the older language',
    holdsIn: { rcp: '`"2012-10-17"`; a resource control policy must have it' },
  },
  Id: {
    text: 'A name for the whole policy. It changes nothing about access. Some services want it; identity policies may not have it.',
    holds: 'a text of your choice',
  },
  Statement: {
    text: 'What the policy says: one statement, or a list of them. A Deny in any of them beats every Allow.',
    holds: 'one statement, or a list of them',
  },
  Sid: {
    text: 'A name for this statement, to tell it from others. It changes nothing about access.',
    holds: 'a text of your choice, another one in each statement',
  },
  Effect: {
    text: '`Allow` grants what the statement describes, `Deny` forbids it. What nobody allows is denied anyway, and a Deny beats every Allow.',
    holds: '`"Allow"` or `"Deny"`, spelt exactly so',
    holdsIn: { rcp: '`"Deny"`: a resource control policy of your own can only deny' },
  },
  Principal: {
    text: 'Whom the statement is about: accounts, users, roles, AWS services, or people who sign in elsewhere. Several of them are alternatives.',
    holds: '`"*"`, or `AWS`, `Service`, `Federated` and `CanonicalUser`, each with one principal or a list',
    holdsIn: {
      trust: '`AWS`, `Service` and `Federated`, each with one principal or a list',
      rcp: '`"*"`; who is meant is said in a condition',
    },
  },
  NotPrincipal: {
    text: 'Whom the statement is not about: it is about everybody else.',
    holds: 'the same as Principal',
    trap: {
      Allow:
        '**With Allow it lets in everybody else**, strangers and those who do not sign in included. Use Principal.',
      Deny: '**With Deny it catches more than it seems**, and it lets nobody in: those listed still need an Allow. A Deny for `"*"` with a condition on `aws:PrincipalArn` is safer.',
    },
  },
  Action: {
    text: 'What may, or may not, be done, as `service:Name`. `*` stands for any characters, `?` for one; upper and lower case are the same.',
    holds: '`"*"`, or actions such as `"s3:GetObject"` and `"s3:Get*"`, one or a list',
    holdsIn: {
      trust: 'ways to assume a role, such as `"sts:AssumeRole"` or `"sts:AssumeRoleWithWebIdentity"`, one or a list',
    },
  },
  NotAction: {
    text: 'Every action of every service except those listed.',
    holds: 'the same as Action',
    trap: {
      Allow:
        '**With Allow it grants all the rest**: every other service, and whatever AWS adds later. Those listed are not forbidden either; another Allow may still grant them.',
      Deny: '**With Deny it forbids all but these**, and it does not allow these: they still need an Allow.',
    },
  },
  Resource: {
    text: 'What the actions may be done on. Each action only looks at the ARNs of the kind it works on.',
    holds: ARNS,
  },
  NotResource: {
    text: 'Everything except what is listed here.',
    holds: ARNS,
    trap: {
      Allow:
        '**With Allow it grants the actions on all the rest**, also on what is created later and, where other accounts agree, in other accounts. What is listed is not forbidden; another Allow may still grant it.',
      Deny: '**With Deny it forbids all but these**, and it does not allow these: they still need an Allow.',
    },
  },
  Condition: {
    text: 'When the statement counts. Every operator and every key in it must be met; several values of one key are alternatives. When it is not met, the statement is as if it were not there.',
    holds: 'operators such as `"StringEquals"`, in each of them condition keys, and for each key one value or a list',
  },
};

/** Effects, by what they do together with other policies. */
export const EFFECTS: Readonly<Record<string, string>> = {
  Allow: 'Grants what the statement describes, unless a Deny somewhere else forbids it.',
  Deny: 'Forbids what the statement describes. No Allow anywhere can bring it back.',
};

/** Allow in the kinds of policy that set a limit. */
export const LIMIT_ALLOW =
  'Lets through what the statement describes, and grants nothing by itself: another policy must allow it too, and no Deny forbid it.';

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
