import type { Span } from '../base/span.ts';
import { conditionKeyPage, servicePage } from '../catalogue/pages.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import type { PolicyView } from '../policy/model.ts';
import { innerSpan, spanInString } from '../syntax/tree.ts';

/** A place that leads to a page of the AWS documentation. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

/**
 * Links from services and condition keys to their pages, where these are known. Editors underline links, so each page is
 * linked once in a policy, where it is first spoken of, and elements not at all: their hover has the link.
 */
export function linksOf(file: AnalyzedFile, catalogue: Catalogue): readonly DocumentLink[] {
  return file.policies.flatMap(({ view }) => linksOfPolicy(view, catalogue));
}

function linksOfPolicy(view: PolicyView, catalogue: Catalogue): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  const seen = new Set<string>();
  /** The page is only asked for at the first mention. */
  const link = (name: string, span: Span, find: () => Pick<DocumentLink, 'target' | 'tooltip'> | undefined): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const found = find();
    if (found && links.every(({ target }) => target !== found.target)) links.push({ span, ...found });
  };
  for (const statement of view.statements) {
    for (const { entries } of statement.actions) {
      for (const { node, pattern } of entries) {
        const prefix = pattern.prefix.toLowerCase();
        link(`${prefix}:`, spanInString(node, 0, prefix.length), () => {
          const name = catalogue.serviceName(prefix);
          return name === undefined ? undefined : sure(servicePage(prefix, 'actions'), `Actions of ${name}`);
        });
      }
    }
    for (const { key, member } of statement.conditions) {
      link(key.toLowerCase(), innerSpan(member.key), () => {
        const known = catalogue.conditionKey(key);
        return known && sure(conditionKeyPage(key, known), `Condition key ${known.name}`);
      });
    }
  }
  return links.sort((a, b) => a.span.start - b.span.start);
}

/** An address without an anchor is an index, which is no use to who asks about one name. */
function sure(target: string, tooltip: string): Pick<DocumentLink, 'target' | 'tooltip'> | undefined {
  return target.includes('#') ? { target, tooltip } : undefined;
}
