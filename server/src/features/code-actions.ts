import { quote } from '../base/quote.ts';
import { overlaps, type Span } from '../base/span.ts';
import type { Finding, Fix, FixEffect } from '../rules/define.ts';

/** A fix offered at a place, and the findings it answers. */
export interface FixOffer {
  readonly fix: Fix;
  /** At least one; several when the same edit answers them all. */
  readonly findings: readonly [Finding, ...Finding[]];
}

/** The fixes of the findings that touch a span, the preferred ones first. The same edit is offered once. */
export function offerFixes(findings: readonly Finding[], span: Span): readonly FixOffer[] {
  const offers = new Map<string, { readonly fix: Fix; readonly findings: [Finding, ...Finding[]] }>();
  for (const finding of findingsAt(findings, span)) {
    for (const fix of finding.fixes()) {
      const key = JSON.stringify([fix.title, fix.edits]);
      const known = offers.get(key);
      if (known) known.findings.push(finding);
      else offers.set(key, { fix, findings: [finding] });
    }
  }
  return [...offers.values()].sort((a, b) => Number(b.fix.preferred ?? false) - Number(a.fix.preferred ?? false));
}

/** The findings that share a character with a span; a cursor beside one is on it. */
export function findingsAt(findings: readonly Finding[], span: Span): readonly Finding[] {
  return findings.filter((finding) => overlaps(finding.span, span));
}

const EFFECT_WORDS: Readonly<Record<FixEffect, string>> = {
  equivalent: ' (same access)',
  narrows: ' (narrows access)',
  widens: ' (widens access)',
  // There is nothing to compare with: AWS does not take the policy as it stands.
  unknown: '',
};

/** The title of a fix, with what it does to access. */
export function titleOf(fix: Pick<Fix, 'title' | 'effect'>): string {
  return quote(fix.title) + EFFECT_WORDS[fix.effect];
}
