import type { Form } from '../policy/model.ts';
import { findMember, oneOrMany, stringOf } from '../policy/model.ts';
import type { ObjectNode, SyntaxTree, ValueNode } from '../syntax/tree.ts';

/** A place in a file where a policy is written. */
export interface PolicySite {
  readonly node: ValueNode;
  readonly form: Form;
}

/**
 * Finds the policies of a plain JSON file: each top-level value that is a policy document, a statement or a list of
 * statements. Anything else (a manifest, a template, an API description) gives none.
 * @param expected the file is known to hold a policy, so that a document without a telling element counts too
 */
export function findPolicies(tree: SyntaxTree, expected: boolean): readonly PolicySite[] {
  const sites: PolicySite[] = [];
  for (const node of tree.roots) {
    const form = formOf(node, expected);
    if (form) sites.push({ node, form });
  }
  return sites;
}

function formOf(node: ValueNode, expected: boolean): Form | undefined {
  if (
    node.type === 'array' &&
    node.items.length > 0 &&
    node.items.every((item) => item.type === 'object' && isStatement(item))
  ) {
    return 'statement-list';
  }
  if (node.type !== 'object') return expected ? 'document' : undefined;
  if (isForeign(node)) return undefined;
  if (isDocument(node)) return 'document';
  if (isStatement(node)) return 'statement';
  return expected ? 'document' : undefined;
}

/** Members that tell another kind of file, whatever else it holds. */
const FOREIGN = [
  'AWSTemplateFormatVersion',
  'Resources',
  'Transform',
  'openapi',
  'swagger',
  'asyncapi',
  'StartAt',
  'States',
  'dependencies',
  'devDependencies',
  'scripts',
  'compilerOptions',
  'apiVersion',
  'terraform_version',
  'lockfileVersion',
] as const;

function isForeign(node: ObjectNode): boolean {
  return FOREIGN.some((name) => findMember(node.members, name));
}

function isDocument(node: ObjectNode): boolean {
  const version = stringOf(findMember(node.members, 'Version'));
  const dated = version === '2012-10-17' || version === '2008-10-17';
  const holder = findMember(node.members, 'Statement');
  if (!holder) {
    const lower = node.members.find((member) => member.key.value.toLowerCase() === 'statement');
    return (
      dated || (lower !== undefined && oneOrMany(lower.value).some((one) => one.type === 'object' && hasTell(one)))
    );
  }
  if (holder.value === undefined) return true;
  if (holder.value.type !== 'array' && holder.value.type !== 'object') return dated;
  const statements = oneOrMany(holder.value).filter((one) => one.type === 'object');
  if (statements.some(isStackPolicy)) return false;
  return dated || statements.some(hasTell) || node.members.length === 1 || version !== undefined;
}

const TELLS = ['Effect', 'Action', 'NotAction', 'Principal', 'NotPrincipal', 'Resource', 'NotResource'] as const;

/** At least one element that only a policy statement has. */
function hasTell(node: ObjectNode): boolean {
  return TELLS.some((name) => findMember(node.members, name));
}

/** A bare statement says Allow or Deny, or names actions that look like AWS's together with another element. */
function isStatement(node: ObjectNode): boolean {
  if (isForeign(node) || isStackPolicy(node)) return false;
  const others = TELLS.filter((name) => name !== 'Effect' && findMember(node.members, name));
  const effect = findMember(node.members, 'Effect');
  const word = stringOf(effect)?.toLowerCase();
  if (word === 'allow' || word === 'deny') return others.length > 0 || node.members.length <= 2;
  const action = findMember(node.members, 'Action') ?? findMember(node.members, 'NotAction');
  const aws = oneOrMany(action?.value).some((one) => one.type === 'string' && /^[a-z][\w-]*:[\w*?]+$/i.test(one.value));
  return aws && others.length > 1;
}

/**
 * A CloudFormation stack policy borrows the words of IAM but not its meaning.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
function isStackPolicy(node: ObjectNode): boolean {
  const action = findMember(node.members, 'Action') ?? findMember(node.members, 'NotAction');
  return oneOrMany(action?.value).some((one) => one.type === 'string' && /^Update:/.test(one.value));
}
