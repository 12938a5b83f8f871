import type { Span } from '../base/span.ts';
import { conditionKeyPage, elementPage, servicePage } from '../catalogue/pages.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import type { PolicyView } from '../policy/model.ts';
import type { Member } from '../syntax/tree.ts';

/** A place that leads to a page of the AWS documentation. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/**
 * Links from elements, services and condition keys to their pages, where these are known. Editors underline links, so
 * each page is linked once in a policy: where it is first spoken of.
 */
export function linksOf(file: AnalyzedFile, catalogue: Catalogue): readonly DocumentLink[] {
  return file.policies.flatMap(({ view }) => {
    const links = new Map<string, DocumentLink>();
    for (const link of candidatesOf(view, catalogue)) {
      if (!links.has(link.target)) links.set(link.target, link);
    }
    return [...links.values()].sort((a, b) => a.span.start - b.span.start);
  });
}

function* candidatesOf(view: PolicyView, catalogue: Catalogue): Generator<DocumentLink> {
  yield* elementLinks(view.elements);
  for (const statement of view.statements) {
    yield* elementLinks(statement.node.members);
    for (const { entries } of statement.actions) {
      for (const { node, pattern } of entries) {
        const name = pattern.prefix === '' ? undefined : catalogue.serviceName(pattern.prefix.toLowerCase());
        if (name === undefined || node.raw !== node.value) continue;
        const span = { start: node.inner.start, end: node.inner.start + pattern.prefix.length };
        yield* sureLink(span, servicePage(pattern.prefix, 'actions'), `Actions of ${name}`);
      }
    }
    for (const { key, member } of statement.conditions) {
      const known = catalogue.conditionKey(key);
      if (known) yield* sureLink(member.key.inner, conditionKeyPage(key, known), `Condition key ${known.name}`);
    }
  }
}

function* elementLinks(members: readonly Member[]): Generator<DocumentLink> {
  for (const { key } of members) {
    const target = elementPage(key.value);
    if (target !== undefined) yield { span: key.inner, target, tooltip: `The element ${key.value}` };
  }
}

/** An address without an anchor is an index, which is no use to who asks about one name. */
function* sureLink(span: Span, target: string, tooltip: string): Generator<DocumentLink> {
  if (target.includes('#')) yield { span, target, tooltip };
}
