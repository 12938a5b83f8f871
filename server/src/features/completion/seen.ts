/** What a document holds already and may want again: the user's own names come before anything made up. */
import { isKnownRegion } from '../../catalogue/partitions.ts';
import type { PolicyView } from '../../policy/model.ts';
import type { ValueNode } from '../../syntax/tree.ts';

/** Bounds the work on huge files; what a person writes by hand is far smaller. */
const MOST_TEXT = 200_000;
const MOST = 20;

/** The Regions that are known ones, in order. */
export function regionsIn({ tree }: PolicyView): readonly string[] {
  const found = tree.text.slice(0, MOST_TEXT).matchAll(/(?<![a-z0-9-])[a-z]{2,4}(?:-[a-z]+){1,2}-\d(?![a-z0-9-])/g);
  return unique(Array.from(found, ([region]) => region).filter(isKnownRegion));
}

/** The keys of tags that conditions and variables name, in order. */
export function tagKeysIn({ tree }: PolicyView): readonly string[] {
  const found = tree.text.slice(0, MOST_TEXT).matchAll(/:[\w-]*tag\/([\w.:/=+@-]{1,128})["},]/gi);
  return unique(Array.from(found, ([, tag]) => tag ?? '').filter((tag) => tag !== 'TagKey'));
}

/** The values that a condition key is compared with elsewhere; those of a tag, whoever or whatever carries it. */
export function valuesOfKey(policy: PolicyView, name: string, except: ValueNode | undefined): readonly string[] {
  const key = tagOf(name);
  const texts = policy.statements.flatMap(({ conditions }) =>
    conditions
      .filter((clause) => clause.operator.family !== 'Null' && tagOf(clause.key) === key)
      .flatMap(({ values }) => values.filter(({ node }) => node !== except).map(({ text }) => text)),
  );
  return unique(texts.filter((text) => text !== ''));
}

/** `tag/team` for `aws:ResourceTag/team`, and any other key in lower case. */
function tagOf(key: string): string {
  return key.toLowerCase().replace(/^[\w.:-]*tag\//, 'tag/');
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, MOST);
}
