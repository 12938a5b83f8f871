import { quote } from '../base/quote.ts';
import type { Span } from '../base/span.ts';
import type { AnalyzedFile, AnalyzedPolicy } from '../lint/analyze.ts';
import { labelKind } from '../meaning/kinds.ts';
import type { Classification } from '../policy/kind.ts';
import { type Statement, stringOf } from '../policy/model.ts';

/** A policy or a statement, for an outline. */
export interface PolicySymbol {
  readonly kind: 'policy' | 'statement';
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  /** What to select of it: its name where it has one. */
  readonly nameSpan: Span;
  readonly children: readonly PolicySymbol[];
}

/** The policies of a file with their statements; statements that stand without a document come by themselves. */
export function symbolsOf(file: AnalyzedFile): readonly PolicySymbol[] {
  return file.policies.flatMap((policy) => {
    const statements = policy.view.statements.map(statementSymbol);
    return policy.view.form === 'document' ? [policySymbol(policy, statements)] : statements;
  });
}

function policySymbol({ view, classification }: AnalyzedPolicy, children: readonly PolicySymbol[]): PolicySymbol {
  const { span } = view.node;
  const id = shorten(stringOf(view.id) ?? '');
  return {
    kind: 'policy',
    name: nameKind(classification),
    detail: id,
    span,
    nameSpan: id !== '' && view.id?.value ? view.id.value.span : { start: span.start, end: span.start + 1 },
    children,
  };
}

/** What a policy is, in an outline, where there is no room for doubts. */
export function nameKind({ kind, service }: Classification): string {
  return kind === 'unknown' ? 'IAM policy' : labelKind({ kind, service, confidence: 'certain' });
}

function statementSymbol(statement: Statement): PolicySymbol {
  const { span } = statement.node;
  const sid = nameOfSid(statement);
  const summary = summarise(statement);
  return {
    kind: 'statement',
    name: sid ?? summary,
    detail: sid === undefined ? '' : summary,
    span,
    nameSpan:
      sid !== undefined && statement.sid?.value ? statement.sid.value.span : { start: span.start, end: span.start + 1 },
    children: [],
  };
}

/** The Sid of a statement, where it holds anything that can be shown. */
export function nameOfSid(statement: Statement): string | undefined {
  const sid = shorten(stringOf(statement.sid) ?? '');
  return sid === '' ? undefined : sid;
}

/** A statement in few words: `Deny all but s3:GetObject, s3:PutObject and 3 more`. */
export function summarise(statement: Statement): string {
  const effect = shorten(stringOf(statement.effect) ?? '') || 'Statement';
  const [block] = statement.actions;
  const entries = block?.entries ?? [];
  const shown = entries.slice(0, SHOWN_ACTIONS).map(({ node }) => shorten(node.value));
  if (shown.length === 0) return effect;
  const more = entries.length - shown.length;
  return `${effect} ${block?.negated ? 'all but ' : ''}${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const SHOWN_ACTIONS = 2;
const LONGEST = 80;

function shorten(text: string): string {
  const start = text.slice(0, LONGEST + 1);
  return quote(start.replace(/\s+/g, ' ').trim(), LONGEST);
}
