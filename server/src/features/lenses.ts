import { positionAt } from '../base/lines.ts';
import { visible } from '../base/quote.ts';
import type { Span } from '../base/span.ts';
import { sayNumber } from '../base/words.ts';
import type { Catalogue } from '../catalogue/types.ts';
import type { AnalyzedFile, AnalyzedPolicy } from '../lint/analyze.ts';
import type { EditorSettings } from '../lint/settings.ts';
import { explainStatement } from '../meaning/explain.ts';
import { labelKind } from '../meaning/kinds.ts';
import { groupByLevel, namedActions } from '../meaning/levels.ts';
import { openingOf, type Statement, statementSpan } from '../policy/model.ts';
import { type PolicySize, sizeOfPolicy } from '../policy/size.ts';

/** A line of words above a policy or a statement. Finding its place is quick; its words are worked out by {@link sayLens}. */
export interface Lens {
  /** The opening bracket of what it is about. */
  readonly span: Span;
  readonly policy: AnalyzedPolicy;
  /** Undefined: it is about the policy as a whole. */
  readonly statement: Statement | undefined;
}

/** Lenses of one file. No policy that AWS takes comes near it. */
const MOST_LENSES = 2000;

/** Where lenses stand: one for each policy, one for each statement that has a line of its own. */
export function placeLenses({ policies, lines }: AnalyzedFile, wanted: EditorSettings['lens']): readonly Lens[] {
  const lenses: Lens[] = [];
  for (const policy of policies) {
    const { node, statements } = policy.view;
    if (wanted.policy) lenses.push({ span: openingOf(node), policy, statement: undefined });
    if (!wanted.statement) continue;
    // Words above a line with several statements would not tell which one they are about.
    const taken = new Map<number, number>();
    const lineOf = (statement: Statement): number => positionAt(lines, statement.node.span.start).line;
    for (const statement of statements) taken.set(lineOf(statement), (taken.get(lineOf(statement)) ?? 0) + 1);
    for (const statement of statements) {
      if (taken.get(lineOf(statement)) === 1) lenses.push({ span: statementSpan(statement), policy, statement });
    }
    if (lenses.length >= MOST_LENSES) return lenses.slice(0, MOST_LENSES);
  }
  return lenses;
}

/** The words of a lens: short, on one line, plain text. Accounts go by the names that the user gave them. */
export function sayLens(
  { policy, statement }: Lens,
  accounts: EditorSettings['accounts'],
  catalogue: Catalogue,
): string {
  const words = statement ? sayStatement(policy, statement, accounts, catalogue) : sayPolicy(policy);
  // VS Code draws `$(name)` in a lens as an icon.
  return visible(words).replaceAll('$(', '$ (');
}

/** "Trust policy · It has Principal: it says whom it lets in · 412 of 2,048 characters" */
function sayPolicy({ view, classification }: AnalyzedPolicy): string {
  const measured = sizeOfPolicy(view, classification.kind, classification.service);
  const size = measured ? saySize(measured) : '';
  // The lens of a bare statement shares its line with the statement's own.
  const why = view.form === 'statement' ? '' : shorten(classification.evidence[0]?.text ?? '');
  return joinParts([shorten(labelKind(classification)), why, size]);
}

/** "412 of 2,048 characters"; without the limit where AWS does not say it plainly. */
function saySize({ size, quota: { limit, unit, sure } }: PolicySize): string {
  return sure
    ? `${sayNumber(size)} of ${sayNumber(limit)} ${unit}${size > limit ? ', too long' : ''}`
    : `${sayNumber(size)} ${unit}`;
}

/** "May read and write objects in my-app-bucket · 2 Write · 7 Read" */
function sayStatement(
  { view, classification }: AnalyzedPolicy,
  statement: Statement,
  accounts: EditorSettings['accounts'],
  catalogue: Catalogue,
): string {
  const named = (id: string): string => (Object.hasOwn(accounts, id) && accounts[id]) || id;
  const sentence = explainStatement(view, statement, classification, catalogue).replace(/(?<!\d)\d{12}(?!\d)/g, named);
  // In a trust policy every action is the same one: to assume the role.
  const levels = classification.kind === 'trust' ? [] : countLevels(statement, catalogue);
  return joinParts([shorten(sentence), ...levels]);
}

/** "2 Write", "7 Read": the actions that a statement names, those that its wildcards match included. */
function countLevels({ actions }: Statement, catalogue: Catalogue): readonly string[] {
  // What is left out, and all actions of all services, say nothing when counted.
  if (actions.some(({ negated }) => negated)) return [];
  const named = namedActions(
    actions.flatMap(({ entries }) => entries),
    catalogue,
  );
  const groups = named && groupByLevel(named.ids, catalogue);
  return (groups ?? []).map(({ level, ids }) => `${sayNumber(ids.length)} ${level}`);
}

function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

/** In characters: a lens is not wrapped. */
const LONGEST = 110;

/** A sentence as a part of a lens: on one line, without its full stop, cut between words where it is long. */
function shorten(sentence: string): string {
  const text = sentence.replace(/\s+/g, ' ').replace(/\.$/, '');
  if (text.length <= LONGEST) return text;
  const start = text.slice(0, LONGEST);
  const blank = start.lastIndexOf(' ');
  const whole = start.slice(0, blank > LONGEST / 2 ? blank : LONGEST);
  // Neither a comma nor half of what stands in brackets is left behind.
  return `${whole.replace(/[,;:]?(?: \([^)]*)?$/, '')} …`;
}
