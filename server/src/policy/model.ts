import type { Span } from '../base/span.ts';
import type { Member, ObjectNode, StringNode, SyntaxTree, ValueNode } from '../syntax/tree.ts';
import { type ActionPattern, parseAction } from './action.ts';
import { type Arn, parseArn } from './arn.ts';
import { type ConditionOperator, parseOperator } from './condition.ts';
import { identifyPrincipal, PRINCIPAL_TYPES, type PrincipalIdentity, type PrincipalType } from './principal.ts';

export { DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS } from '../catalogue/elements.ts';

/**
 * The typed view of one policy. It is total: whatever the document holds, the view lists what could be understood, and
 * what is missing or of the wrong type stays reachable through the nodes.
 */
export interface PolicyView {
  readonly tree: SyntaxTree;
  readonly form: Form;
  /** The document object, the bare statement, or the list of statements. */
  readonly node: ValueNode;
  /** The members of the document object; empty for the other forms. */
  readonly elements: readonly Member[];
  readonly version: Member | undefined;
  readonly id: Member | undefined;
  readonly statementElement: Member | undefined;
  readonly statements: readonly Statement[];
}

/** A whole policy document, one statement without its document, or a list of such statements. */
export type Form = 'document' | 'statement' | 'statement-list';

export interface Statement {
  readonly node: ObjectNode;
  /** Zero-based, in source order. */
  readonly index: number;
  readonly sid: Member | undefined;
  readonly effect: Member | undefined;
  /** Principal and NotPrincipal, as many as are written. */
  readonly principals: readonly PrincipalBlock[];
  readonly actions: readonly ActionBlock[];
  readonly resources: readonly ResourceBlock[];
  readonly condition: Member | undefined;
  readonly conditions: readonly ConditionClause[];
}

interface Block {
  readonly member: Member;
  /** True for the Not… form of the element. */
  readonly negated: boolean;
}

export interface ActionBlock extends Block {
  readonly entries: readonly ActionEntry[];
}

export interface ActionEntry {
  readonly node: StringNode;
  readonly pattern: ActionPattern;
  readonly block: Block;
}

export interface ResourceBlock extends Block {
  readonly entries: readonly ResourceEntry[];
}

export interface ResourceEntry {
  readonly node: StringNode;
  readonly text: string;
  /** Undefined for `*` and for what is not an ARN of six fields. */
  readonly arn: Arn | undefined;
  readonly block: Block;
}

export interface PrincipalBlock extends Block {
  /** The element is the plain string `"*"`. */
  readonly everyone: boolean;
  readonly entries: readonly PrincipalEntry[];
}

export interface PrincipalEntry {
  readonly node: StringNode;
  readonly type: PrincipalType;
  /** The value that holds the entry: itself, or the list it stands in. */
  readonly container: ValueNode;
  readonly identity: PrincipalIdentity;
  readonly block: Block;
}

/** One condition key under one operator, with its values. */
export interface ConditionClause {
  readonly operator: ConditionOperator;
  readonly operatorMember: Member;
  readonly key: string;
  readonly member: Member;
  /** The strings, numbers and booleans; values of other types are left out. */
  readonly values: readonly ConditionValue[];
}

export interface ConditionValue {
  readonly node: ValueNode;
  /** As IAM compares it: `true` and `"true"` are the same. */
  readonly text: string;
}

/** Builds the view of a document, a bare statement or a list of statements. */
export function viewPolicy(tree: SyntaxTree, node: ValueNode, form: Form): PolicyView {
  const elements = form === 'document' && node.type === 'object' ? node.members : [];
  const statementElement = findMember(elements, 'Statement');
  const holder = form === 'document' ? statementElement?.value : node;
  return {
    tree,
    form,
    node,
    elements,
    version: findMember(elements, 'Version'),
    id: findMember(elements, 'Id'),
    statementElement,
    statements: oneOrMany(holder)
      .filter((one) => one.type === 'object')
      .map(viewStatement),
  };
}

/** The values of a one-or-many element: the items of a list, or the single value itself. */
export function oneOrMany(value: ValueNode | undefined): readonly ValueNode[] {
  if (!value) return [];
  return value.type === 'array' ? value.items : [value];
}

/** The first member of that exact name; element names are case-sensitive. */
export function findMember(members: readonly Member[], name: string): Member | undefined {
  return members.find((member) => member.key.value === name);
}

/** The text of a member whose value is a string. */
export function stringOf(member: Member | undefined): string | undefined {
  return member?.value?.type === 'string' ? member.value.value : undefined;
}

export function isAllow(statement: Statement): boolean {
  return stringOf(statement.effect) === 'Allow';
}

export function isDeny(statement: Statement): boolean {
  return stringOf(statement.effect) === 'Deny';
}

/** Where a finding about a whole statement points: its opening brace. */
export function statementSpan(statement: Statement): Span {
  return openingOf(statement.node);
}

/** The opening bracket of a value, or the whole of one that has none. */
export function openingOf(node: ValueNode): Span {
  if (node.type !== 'object' && node.type !== 'array') return node.span;
  return { start: node.span.start, end: node.span.start + 1 };
}

/** The policy language a document is written in; absent means the older one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export function hasVariables(policy: PolicyView): boolean {
  return policy.form !== 'document' || stringOf(policy.version) === '2012-10-17';
}

function viewStatement(node: ValueNode, index: number): Statement {
  const object: ObjectNode = node.type === 'object' ? node : { type: 'object', span: node.span, members: [] };
  const condition = findMember(object.members, 'Condition');
  return {
    node: object,
    index,
    sid: findMember(object.members, 'Sid'),
    effect: findMember(object.members, 'Effect'),
    principals: viewBlocks(object, 'Principal', viewPrincipals),
    actions: viewBlocks(object, 'Action', (block) => ({
      ...block,
      entries: strings(block.member.value).map((node) => ({ node, pattern: parseAction(node.value), block })),
    })),
    resources: viewBlocks(object, 'Resource', (block) => ({
      ...block,
      entries: strings(block.member.value).map((node) => ({
        node,
        text: node.value,
        arn: parseArn(node.value),
        block,
      })),
    })),
    condition,
    conditions: viewConditions(condition),
  };
}

function viewBlocks<T>(object: ObjectNode, name: string, view: (block: Block) => T): readonly T[] {
  const blocks: T[] = [];
  for (const member of object.members) {
    if (member.key.value === name) blocks.push(view({ member, negated: false }));
    else if (member.key.value === `Not${name}`) blocks.push(view({ member, negated: true }));
  }
  return blocks;
}

function viewPrincipals(block: Block): PrincipalBlock {
  const { member } = block;
  const everyone = member.value?.type === 'string' && member.value.value === '*';
  if (member.value?.type !== 'object') return { ...block, everyone, entries: [] };
  const entries: PrincipalEntry[] = [];
  for (const { key, value } of member.value.members) {
    const type = PRINCIPAL_TYPES.find((one) => one === key.value);
    if (!type || !value) continue;
    for (const node of strings(value)) {
      entries.push({ node, type, container: value, identity: identifyPrincipal(type, node.value), block });
    }
  }
  return { ...block, everyone, entries };
}

function viewConditions(condition: Member | undefined): readonly ConditionClause[] {
  const clauses: ConditionClause[] = [];
  if (condition?.value?.type !== 'object') return clauses;
  for (const operatorMember of condition.value.members) {
    const operator = parseOperator(operatorMember.key.value);
    if (operatorMember.value?.type !== 'object') continue;
    for (const member of operatorMember.value.members) {
      const values: ConditionValue[] = [];
      for (const node of oneOrMany(member.value)) {
        if (node.type === 'string' || node.type === 'number' || node.type === 'boolean') {
          values.push({ node, text: String(node.value) });
        }
      }
      clauses.push({ operator, operatorMember, key: member.key.value, member, values });
    }
  }
  return clauses;
}

function strings(value: ValueNode | undefined): readonly StringNode[] {
  return oneOrMany(value).filter((one) => one.type === 'string');
}
