import { overlaps, type Span, touches } from '../../base/span.ts';
import type { TextEdit } from '../../base/text-edit.ts';
import { measurePolicy } from '../../catalogue/quotas.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import type { AnalyzedPolicy } from '../../lint/analyze.ts';
import {
  type ActionBlock,
  oneOrMany,
  type PolicyView,
  type ResourceBlock,
  type Statement,
} from '../../policy/model.ts';
import { sizeOfPolicy } from '../../policy/size.ts';
import type { Fix, FixEffect } from '../../rules/define.ts';
import type { Writer } from '../../syntax/json-writer.ts';
import type { Member, SyntaxTree } from '../../syntax/tree.ts';

/** A way to write something differently. Its edits are made when they are asked for: lists of titles cost little. */
export interface Rewrite extends Fix {
  /** What editors file it under: a name replaced by what it stands for, a part taken out, or anything else. */
  readonly kind: 'inline' | 'extract' | 'rewrite';
  /** A file to be created beside this one, for hosts that can. */
  readonly newFile?: NewFile;
}

export interface NewFile {
  /** What its name ends with, before `.json`: `trust-policy`. */
  readonly suffix: string;
  readonly text: string;
}

/** Where rewrites are asked for. */
export interface Place {
  readonly tree: SyntaxTree;
  readonly policy: AnalyzedPolicy;
  readonly view: PolicyView;
  readonly span: Span;
  readonly catalogue: Catalogue;
  readonly write: Writer;
}

/** A place inside a statement. */
export interface StatementPlace extends Place {
  readonly statement: Statement;
}

interface Options {
  readonly kind?: Rewrite['kind'];
  readonly placeholders?: readonly string[];
  readonly newFile?: NewFile;
}

/** A rewrite whose edits are worked out when they are first looked at. */
export function rewrite(
  title: string,
  effect: FixEffect,
  make: () => readonly TextEdit[],
  { kind = 'rewrite', ...options }: Options = {},
): Rewrite {
  let edits: readonly TextEdit[] | undefined;
  return {
    title,
    effect,
    kind,
    ...options,
    get edits() {
      edits ??= make();
      return edits;
    },
  };
}

/** True when the span is on the opening bracket of a value. */
export function onOpening(node: { readonly span: Span }, span: Span): boolean {
  return overlaps({ start: node.span.start, end: node.span.start + 1 }, span);
}

/** True when the span is on the name of a member. */
export function onKey(member: Member | undefined, span: Span): boolean {
  return member !== undefined && overlaps(member.key.span, span);
}

/** True when the text of a span parses, comments and trailing commas aside: nothing in it is about to come. */
export function isWhole({ problems }: SyntaxTree, span: Span): boolean {
  return !problems.some(
    (problem) => problem.code !== 'comment' && problem.code !== 'trailing-comma' && touches(span, problem.span.start),
  );
}

/** A statement of which every part is understood: what it matches is what its elements say. */
export interface PlainStatement {
  readonly action: ActionBlock;
  /** None where the policy is attached to the resource. */
  readonly resource: ResourceBlock | undefined;
}

/** Undefined where an element stands twice, is missing or unknown, or holds anything but what it should. */
export function readPlain({ node, effect, actions, resources, principals }: Statement): PlainStatement | undefined {
  const [action, ...moreActions] = actions;
  const [resource, ...moreResources] = resources;
  if (!action || moreActions.length > 0 || moreResources.length > 0 || principals.length > 1) return undefined;
  const word = effect?.value?.type === 'string' ? effect.value.value : '';
  if (word !== 'Allow' && word !== 'Deny') return undefined;
  const names = new Set(node.members.map(({ key }) => key.value));
  if (names.size < node.members.length || node.members.some(({ value }) => !value)) return undefined;
  if (![action, ...(resource ? [resource] : [])].every(isAllText)) return undefined;
  return { action, resource };
}

function isAllText({ member, entries }: ActionBlock | ResourceBlock): boolean {
  return entries.length > 0 && entries.length === oneOrMany(member.value).length;
}

/** How much the policy may grow; without end where it is too long already, or nobody knows how long it may be. */
export function roomIn({ view, policy }: Place): number {
  const { kind, service } = policy.classification;
  const measured = sizeOfPolicy(view, kind, service);
  const room = measured ? measured.quota.limit - measured.size : Number.POSITIVE_INFINITY;
  return room < 0 ? Number.POSITIVE_INFINITY : room;
}

/** True unless the edits make a policy too long that was not. */
export function staysInQuota({ view, policy }: Place, edits: readonly TextEdit[]): boolean {
  const { kind, service } = policy.classification;
  const before = sizeOfPolicy(view, kind, service);
  if (!before || before.size > before.quota.limit) return true;
  const { text } = view.tree;
  const measure = (part: string): number => measurePolicy(part, before.quota);
  const grown = edits.map(({ span, newText }) => measure(newText) - measure(text.slice(span.start, span.end)));
  return grown.reduce((sum, one) => sum + one, before.size) <= before.quota.limit;
}

/** `1 action`, `3 actions`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
