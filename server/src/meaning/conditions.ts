import { joinWords } from '../base/words.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { parseArn } from '../policy/arn.ts';
import { OPERATORS } from '../policy/condition.ts';
import type { ConditionClause } from '../policy/model.ts';
import { BOOL_WORDS, KEY_WORDS } from './condition-words.ts';
import { nameServicePrincipal } from './principals.ts';
import { describeResource } from './resources.ts';

/** More than this are counted. */
const MOST_CONDITIONS = 4;
const MOST_VALUES = 4;

/** The conditions of a statement in words. */
export interface ConditionWords {
  /** What has to hold: "from 10.0.0.0/8", "with MFA". */
  readonly when: readonly string[];
  /** Who or what is left out: "for the role Admin". Of a request that names none of them the condition holds. */
  readonly except: readonly string[];
}

/** All conditions of a statement; many are counted. */
export function explainConditions(clauses: readonly ConditionClause[], catalogue: Catalogue): ConditionWords {
  const words = [...new Set(clauses.map((clause) => explainCondition(clause, catalogue)).filter((one) => one !== ''))];
  const shown = words.slice(0, words.length > MOST_CONDITIONS ? MOST_CONDITIONS - 1 : MOST_CONDITIONS);
  const more = words.length - shown.length;
  return {
    when: [
      ...shown.filter((one) => !one.startsWith('except ')),
      ...(more > 0 ? [`under ${more} more conditions`] : []),
    ],
    except: shown.filter((one) => one.startsWith('except ')).map((one) => one.slice('except '.length)),
  };
}

/** One condition as words for when it is met: "from 10.0.0.0/8", "without MFA", "if s3:prefix starts with 'home/'". */
export function explainCondition(clause: ConditionClause, catalogue: Catalogue): string {
  const { operator, values } = clause;
  const key = clause.key.toLowerCase();
  if (values.length === 0 || key === '') return '';
  // A tag may well be empty; of most keys, the value is still to be typed.
  if (!key.includes('tag/') && values.every(({ text }) => text === '')) {
    return `if ${clause.key} ${operator.negated ? 'is not' : 'is'} ''`;
  }
  if (operator.name === undefined) return `if ${clause.key} meets '${operator.text}', which is no operator`;
  if (operator.family === 'Null') return sayNull(clause);
  const text = sayBool(clause) ?? sayToken(clause) ?? sayDateOrNumber(clause) ?? sayKey(clause, key, catalogue);
  const unstated = !operator.negated && (operator.ifExists || operator.set === 'ForAllValues');
  return unstated && !saysAbsent(clause) ? `${text} (or if the request does not say)` : text;
}

/** "without MFA", "except for …" and "with no tag keys but …" already hold for a request that says nothing. */
function saysAbsent({ operator, values, key }: ConditionClause): boolean {
  if (key.toLowerCase() === 'aws:tagkeys') return operator.set === 'ForAllValues';
  return (
    operator.family === 'Bool' &&
    values.every(({ text }) => text === 'false') &&
    Object.hasOwn(BOOL_WORDS, key.toLowerCase())
  );
}

function sayNull({ key, values }: ConditionClause): string {
  const absent = values.some(({ text }) => text.toLowerCase() === 'true');
  const lower = key.toLowerCase();
  if (lower === 'aws:multifactorauthage' || lower === 'aws:multifactorauthpresent') {
    return absent ? 'without MFA' : 'with MFA';
  }
  const tag = /^aws:(request|resource|principal)tag\/(.+)$/i.exec(key);
  if (tag) {
    const where = { request: 'in the request', resource: 'on the resource', principal: 'on the principal' };
    return `${absent ? 'without' : 'with'} a tag ${tag[2]} ${where[tag[1]?.toLowerCase() as keyof typeof where]}`;
  }
  return absent ? `if the request has no ${key}` : `if the request has ${key}`;
}

function sayBool({ operator, key, values }: ConditionClause): string | undefined {
  if (operator.family !== 'Bool') return undefined;
  const value = values[0]?.text.toLowerCase();
  const words = BOOL_WORDS[key.toLowerCase()];
  if (values.length > 1 || (value !== 'true' && value !== 'false')) return undefined;
  // Long-term access keys carry no such key at all: a test for false does not meet them.
  if (key.toLowerCase() === 'aws:multifactorauthpresent' && value === 'false' && !operator.ifExists) {
    return 'with temporary credentials that were got without MFA';
  }
  if (words) return value === 'true' ? words[0] : words[1];
  return `if ${key} is ${value}`;
}

/** Claims of a token that say where a sign-in comes from. */
function sayToken({ operator, key, values }: ConditionClause): string | undefined {
  const claim = /^([^.]+\..+):(sub|aud)$/i.exec(key);
  if (!claim || operator.negated) return undefined;
  const texts = values.map(({ text }) => text);
  if (claim[2]?.toLowerCase() === 'aud') return `for the audience ${list(texts)}`;
  const said = texts.map(saySubject);
  return said.every((one) => one !== undefined) ? joinWords(said, 'or', MOST_VALUES) : `for the subject ${list(texts)}`;
}

function saySubject(subject: string): string | undefined {
  const github = /^repo:([^/:]+\/[^:]+)(?::(.*))?$/.exec(subject);
  if (github) {
    const [, repository = '', rest = ''] = github;
    const from = repository.endsWith('/*')
      ? `from every repository of ${repository.slice(0, -2)}`
      : `from the repository ${repository}`;
    if (rest === '' || rest === '*') return rest === '*' ? `${from} (any branch, tag or environment)` : from;
    const what = /^(?:ref:refs\/(heads|tags)\/|(environment):)(.+)$/.exec(rest);
    if (what) return `${from}, ${what[2] ?? (what[1] === 'heads' ? 'branch' : 'tag')} ${what[3]}`;
    return `${from} with ${rest}`;
  }
  const pod = /^system:serviceaccount:([^:]+):(.+)$/.exec(subject);
  return pod ? `for the service account ${pod[2]} of the namespace ${pod[1]}` : undefined;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  Equals: 'exactly',
  NotEquals: 'anything but',
  LessThan: 'less than',
  LessThanEquals: 'at most',
  GreaterThan: 'more than',
  GreaterThanEquals: 'at least',
};

const DATES: Readonly<Record<string, string>> = {
  Equals: 'at',
  NotEquals: 'at any time but',
  LessThan: 'before',
  LessThanEquals: 'until',
  GreaterThan: 'after',
  GreaterThanEquals: 'from',
};

function sayDateOrNumber({ operator, key, values }: ConditionClause): string | undefined {
  const { family, name = '' } = operator;
  if (family !== 'Date' && family !== 'Numeric') return undefined;
  const comparison = name.slice(family.length);
  const lower = key.toLowerCase();
  const text = joinWords(
    values.map((one) => one.text),
    'or',
    MOST_VALUES,
  );
  if (lower === 'aws:currenttime' || lower === 'aws:epochtime') return `${DATES[comparison]} ${text}`;
  if (lower === 'aws:multifactorauthage' && comparison.startsWith('LessThan')) {
    return `with MFA no older than ${sayDuration(text)}`;
  }
  if (lower === 'aws:multifactorauthage' && comparison.startsWith('GreaterThan')) {
    return `with MFA older than ${sayDuration(text)}`;
  }
  if (lower === 'aws:tokenissuetime') return `with credentials issued ${DATES[comparison]} ${text}`;
  const words = family === 'Date' ? DATES[comparison] : COMPARISONS[comparison];
  return `if ${key} is ${words} ${text}`;
}

function sayDuration(seconds: string): string {
  const count = Number(seconds);
  if (!Number.isInteger(count) || count <= 0) return `${seconds} seconds`;
  const [size, unit] = count % 3600 === 0 ? [3600, 'hour'] : count % 60 === 0 ? [60, 'minute'] : [1, 'second'];
  return `${count / Number(size)} ${unit}${count === size ? '' : 's'}`;
}

function sayKey(clause: ConditionClause, key: string, catalogue: Catalogue): string {
  const { operator, values } = clause;
  const slash = key.indexOf('/');
  const words =
    (Object.hasOwn(KEY_WORDS, key) ? KEY_WORDS[key] : undefined) ??
    (slash > 0 && Object.hasOwn(KEY_WORDS, key.slice(0, slash + 1)) ? KEY_WORDS[key.slice(0, slash + 1)] : undefined);
  const texts = values.map(({ text }) => sayValue(key, text, catalogue));
  const every = operator.set === 'ForAllValues' && !operator.negated;
  if (every && key === 'aws:tagkeys') return `with no tag keys but ${joinWords(texts, 'and', MOST_VALUES)}`;
  if (!words) {
    const wild = (operator.name ?? '').endsWith('Like');
    const is = wild ? (operator.negated ? 'is not like' : 'is like') : operator.negated ? 'is not' : 'is';
    return `if ${every ? 'every value of ' : ''}${clause.key} ${is} ${list(values.map(({ text }) => text))}`;
  }
  const tag = clause.key.slice(clause.key.indexOf('/') + 1);
  const template = operator.negated ? words[1] : words[0];
  const quoted = template.includes("'{v}'");
  const joined = joinWords(
    quoted ? values.map(({ text }) => `'${text}'`) : texts,
    operator.negated && template.includes('outside') ? 'and' : 'or',
    MOST_VALUES,
  );
  // Functions, so that a `$` in a value is not read as a pattern of replace().
  return template.replace(quoted ? "'{v}'" : '{v}', () => joined).replace('{tag}', () => tag);
}

/** Values that name somebody or something are said like it. */
function sayValue(key: string, text: string, catalogue: Catalogue): string {
  if (/^(?:iam:passedtoservice|iam:awsservicename|aws:calledvia(?:first|last)?)$/.test(key)) {
    return catalogue.servicePrincipal(text)?.label ? nameServicePrincipal(text, catalogue) : text;
  }
  if (key === 'kms:viaservice') {
    const principal = catalogue.servicePrincipal(text);
    return principal?.label ? nameServicePrincipal(text, catalogue) : text;
  }
  const arn = parseArn(text);
  if (!arn) return text;
  if (arn.resource.text === 'root' && arn.service.text === 'iam') {
    return /^\d{12}$/.test(arn.account.text)
      ? `the root user of account ${arn.account.text}`
      : 'the root user of any account';
  }
  return describeResource(text, undefined, catalogue);
}

function list(texts: readonly string[]): string {
  return joinWords(
    texts.map((text) => `'${text}'`),
    'or',
    MOST_VALUES,
  );
}

/** Whether the condition is met by a request that does not carry the key at all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export function meetsAbsentKey({ operator, values }: Pick<ConditionClause, 'operator' | 'values'>): boolean {
  if (operator.family === 'Null') return values.some(({ text }) => text.toLowerCase() === 'true');
  if (operator.ifExists || operator.set === 'ForAllValues') return true;
  if (operator.set === 'ForAnyValue') return false;
  return operator.name !== undefined && OPERATORS[operator.name].negated;
}
