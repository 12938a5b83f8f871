import type { Span } from '../base/span.ts';
import type { Finding } from '../rules/define.ts';
import type { ActiveRules, StatementRules } from './active-rules.ts';

/** A finding in a statement, wherever the statement stands: its spans count from the start of the statement. */
export type Found = Omit<Finding, 'fixes'>;

/** What the rules make of one statement. */
export interface Verdict {
  /** What follows from the text of the statement alone, in the order in which it was found. */
  readonly found: readonly Found[];
  /** The rules that looked beyond the statement and must look again; undefined when none did. */
  readonly again: StatementRules | undefined;
}

/** What the rules made of the statements of one file. */
export interface Verdicts {
  readonly rules: ActiveRules;
  /** By what holds for the whole of a policy, then by the text of a statement. */
  readonly known: ReadonlyMap<string, ReadonlyMap<string, Verdict>>;
}

/** What a finding says, some characters further on. */
export function move(found: Found, by: number): Found {
  const moved = (one: Span): Span => ({ start: one.start + by, end: one.end + by });
  const { span, related } = found;
  return {
    ...found,
    span: moved(span),
    related: related.length === 0 ? related : related.map((one) => ({ ...one, span: moved(one.span) })),
  };
}
