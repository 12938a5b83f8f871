import type { Span } from '../base/span.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { type Arn, type ArnField, isAccountId, parseArn } from '../policy/arn.ts';
import { findHoles } from '../policy/hole.ts';
import type { ActionEntry, ConditionClause, PrincipalBlock, PrincipalEntry, Statement } from '../policy/model.ts';
import { typeWords } from '../policy/resource-type.ts';
import { findVariables } from '../policy/variable.ts';
import { type StringNode, spanInString } from '../syntax/tree.ts';

/**
 * The kinds of token, by their index: types that every editor and theme knows. What each is for:
 * - namespace: a service, wherever it stands
 * - function: the name of an action
 * - operator: a wildcard
 * - enumMember: `arn`, partition and Region
 * - number: an account id
 * - type: the resource type that an ARN spells out
 * - string: the name of a resource
 * - variable: a policy variable
 * - keyword: a condition operator; modifier: what stands before and after it
 * - property: the name of a condition key; parameter: the tag key in it
 */
export const TOKEN_TYPES = [
  'namespace',
  'function',
  'operator',
  'enumMember',
  'number',
  'type',
  'string',
  'variable',
  'keyword',
  'modifier',
  'property',
  'parameter',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** A stretch of text and what it means; it lies inside one string. */
export interface Token extends Span {
  readonly type: TokenType;
}

/** Longer strings keep their one colour: AWS takes no such names. */
const LONGEST_TEXT = 2100;

/** The tokens of the statements that a span touches, in the order of the text. Nothing overlaps. */
export function findTokens({ policies }: AnalyzedFile, span: Span, catalogue: Catalogue): readonly Token[] {
  const tokens: Token[] = [];
  for (const { view } of policies) {
    for (const statement of view.statements) {
      const { start, end } = statement.node.span;
      if (start <= span.end && span.start <= end) paintStatement(statement, catalogue, tokens);
    }
  }
  return tokens.sort((a, b) => a.start - b.start);
}

function paintStatement(statement: Statement, catalogue: Catalogue, tokens: Token[]): void {
  for (const { entries } of statement.actions) for (const entry of entries) paintAction(entry, tokens);
  for (const { entries } of statement.resources) {
    for (const { node } of entries) paintValue(brushFor(node, tokens, true), catalogue);
  }
  for (const block of statement.principals) paintPrincipals(block, catalogue, tokens);
  for (const clause of statement.conditions) paintClause(clause, catalogue, tokens);
  for (const node of new Set(statement.conditions.map(({ operatorMember }) => operatorMember.key))) {
    paintOperator(node, tokens);
  }
}

/** Colours parts of one string, by indexes of its decoded text. */
interface Brush {
  readonly text: string;
  /** Wildcards, variables and stand-ins in the part keep what they are. */
  readonly paint: (type: TokenType, from: number, to?: number) => void;
}

function brushFor(node: StringNode, tokens: Token[], wildcards: boolean): Brush {
  const text = node.value.length > LONGEST_TEXT ? '' : node.value;
  const put = (type: TokenType, from: number, to: number): void => {
    if (from < to) tokens.push({ ...spanInString(node, from, to), type });
  };
  const variables = findVariables(text);
  const others = [...variables, ...findHoles(text)].sort((a, b) => a.start - b.start);
  const plain = (type: TokenType, from: number, to: number): void => {
    let at = from;
    for (let index = from; wildcards && index < to; index++) {
      if (text[index] !== '*' && text[index] !== '?') continue;
      put(type, at, index);
      put('operator', index, index + 1);
      at = index + 1;
    }
    put(type, at, to);
  };
  return {
    text,
    paint(type, from, to = text.length) {
      let at = from;
      for (const { start, end } of others) {
        if (start < at || end > to) continue;
        plain(type, at, start);
        at = end;
      }
      plain(type, at, to);
      for (const { start, end, key, escape: literal } of variables) {
        const name = text.indexOf(key, start + 2);
        if (!literal && from <= start && end <= to) put('variable', name, name + key.length);
      }
    },
  };
}

function paintAction({ node, pattern }: ActionEntry, tokens: Token[]): void {
  const { paint, text } = brushFor(node, tokens, true);
  if (text === '') return;
  if (pattern.nameStart > 0) paint('namespace', 0, pattern.nameStart - 1);
  // Without a colon it is no action yet, unless it is everything.
  if (pattern.nameStart > 0 || pattern.everything) paint('function', pattern.nameStart);
}

function paintPrincipals({ everyone, entries, member }: PrincipalBlock, catalogue: Catalogue, tokens: Token[]): void {
  if (everyone && member.value?.type === 'string') paintValue(brushFor(member.value, tokens, true), catalogue);
  for (const entry of entries) paintPrincipal(entry, catalogue, tokens);
}

function paintPrincipal({ node, type }: PrincipalEntry, catalogue: Catalogue, tokens: Token[]): void {
  const brush = brushFor(node, tokens, true);
  // A provider's host name is who vouches for the caller, as a service is.
  if (type === 'Federated' && /^[a-z0-9.-]+$/i.test(brush.text)) brush.paint('namespace', 0);
  else paintValue(brush, catalogue);
}

/** An ARN, an account id, a service principal, or whatever else with wildcards and variables in it. */
function paintValue(brush: Brush, catalogue: Catalogue): void {
  const { text, paint } = brush;
  const arn = text.startsWith('arn:') ? parseArn(text) : undefined;
  const host = /^[a-z0-9][a-z0-9.-]*(?=\.amazonaws\.com(?:\.cn)?$)/.exec(text)?.[0];
  if (arn) paintArn(arn, brush, catalogue);
  else if (isAccountId(text)) paint('number', 0);
  else if (host !== undefined) paint('namespace', 0, host.length);
  else if (/[*?]|\$\{/.test(text)) paint('string', 0);
}

function paintArn(arn: Arn, { paint }: Brush, catalogue: Catalogue): void {
  const field = (type: TokenType, { start, end }: ArnField): void => paint(type, start, end);
  field('enumMember', arn.prefix);
  field('enumMember', arn.partition);
  field('namespace', arn.service);
  field('enumMember', arn.region);
  field('number', arn.account);
  const { text, start } = arn.resource;
  const word = /^[A-Za-z][\w-]*(?=[/:])/.exec(text)?.[0] ?? '';
  // A bucket can be called like a type; ARNs of S3 that spell a type out have an account.
  const isBucket = arn.service.text === 's3' && arn.account.text === '';
  const service = word === '' || isBucket ? undefined : catalogue.service(arn.service.text);
  const isType = service !== undefined && typeWords(service).has(word);
  if (isType) paint('type', start, start + word.length);
  paint('string', start + (isType ? word.length + 1 : 0));
}

/** `ForAnyValue:StringLikeIfExists` */
function paintOperator(node: StringNode, tokens: Token[]): void {
  const { paint, text } = brushFor(node, tokens, false);
  const parts = /^(?:(For(?:All|Any)Values?):)?([A-Za-z]+?)(IfExists)?$/i.exec(text);
  if (!parts) return;
  const [, set = '', name = '', suffix = ''] = parts;
  const start = set === '' ? 0 : set.length + 1;
  paint('modifier', 0, set.length);
  paint('keyword', start, start + name.length);
  paint('modifier', text.length - suffix.length);
}

/** Operators that read wildcards.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const READS_WILDCARDS = /^(?:String(?:Not)?Like|Arn(?:Not)?(?:Like|Equals))$/;

function paintClause({ operator, member, values }: ConditionClause, catalogue: Catalogue, tokens: Token[]): void {
  paintKey(member.key, tokens);
  const wildcards = READS_WILDCARDS.test(operator.name ?? '');
  for (const { node } of values) {
    if (node.type === 'string') paintValue(brushFor(node, tokens, wildcards), catalogue);
  }
}

/** `aws:RequestTag/team`, `token.actions.githubusercontent.com:sub` */
function paintKey(node: StringNode, tokens: Token[]): void {
  const { paint, text } = brushFor(node, tokens, false);
  const colon = text.indexOf(':');
  if (colon <= 0) return;
  const slash = text.indexOf('/', colon);
  const end = slash < 0 ? text.length : slash;
  paint('namespace', 0, colon);
  paint('property', colon + 1, end);
  paint('parameter', end + 1);
}
