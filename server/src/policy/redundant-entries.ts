import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { Writer } from '../syntax/json-writer.ts';
import type { Member, StringNode } from '../syntax/tree.ts';
import { findCovered } from './covered.ts';
import { removeEntries } from './edit-entries.ts';

/** An entry of a list that another one in the same list makes needless. */
export interface RedundantEntry {
  readonly text: string;
  /** What includes it; undefined where the same stands there once more. */
  readonly wider: string | undefined;
  /** What there is to report of it, whatever it is. */
  readonly finding: {
    readonly at: Span;
    readonly tag: 'unnecessary';
    readonly related: readonly { readonly span: Span; readonly message: string }[];
    readonly fixes: () => readonly Removal[];
  };
}

interface Removal {
  readonly title: string;
  readonly effect: 'equivalent';
  readonly edits: readonly TextEdit[];
  readonly preferred?: boolean;
}

interface Block {
  readonly member: Member;
  readonly entries: readonly { readonly node: StringNode }[];
}

/** @param what the entries are called together */
export function findRedundant(
  { member, entries }: Block,
  { what, ignoreCase, write }: { readonly what: string; readonly ignoreCase: boolean; readonly write: Writer },
): readonly RedundantEntry[] {
  const nodes = entries.map(({ node }) => node);
  const covered = findCovered(
    nodes.map(({ value }) => value),
    { ignoreCase },
  );
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  // The same for each of them, and as long as the list: made once.
  let all: readonly Removal[] | undefined;
  const removeAll = (): readonly Removal[] => {
    const gone = [...covered.keys()].sort((a, b) => a - b).flatMap((index) => nodes[index] ?? []);
    const edits = gone.length > 1 ? removeEntries(member, gone, write) : undefined;
    return edits ? [{ title: `Remove all ${gone.length} redundant ${what}`, effect: 'equivalent', edits }] : [];
  };
  return [...covered].flatMap(([index, by]): readonly RedundantEntry[] => {
    const [node, other] = [nodes[index], nodes[by]];
    if (!node || !other) return [];
    const twin = fold(node.value) === fold(other.value);
    const fixes = (): readonly Removal[] => {
      const edits = removeEntries(member, [node], write);
      all ??= removeAll();
      const one = { title: `Remove '${node.value}'`, effect: 'equivalent', preferred: true } as const;
      return edits ? [{ ...one, edits }, ...all] : all;
    };
    const related = [{ span: other.span, message: twin ? 'Here it stands first.' : 'This includes it.' }];
    const finding = { at: node.span, tag: 'unnecessary', related, fixes } as const;
    return [{ text: node.value, wider: twin ? undefined : other.value, finding }];
  });
}
