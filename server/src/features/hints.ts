import { quote } from '../base/quote.ts';
import type { Span } from '../base/span.ts';
import { hasWildcard } from '../base/wildcard.ts';
import { joinWords, sayNumber } from '../base/words.ts';
import type { Catalogue, ResourceType } from '../catalogue/types.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import type { EditorSettings } from '../lint/settings.ts';
import { groupByLevel, sayLevels } from '../meaning/levels.ts';
import { describeResource, nounOf, sortByFit } from '../meaning/resources.ts';
import { nameService } from '../meaning/services.ts';
import { capitalise, countOf, plural } from '../meaning/words.ts';
import { parseArn } from '../policy/arn.ts';
import type { ActionEntry, Statement } from '../policy/model.ts';
import { isOpen } from '../policy/resource-field.ts';
import { isInside, readResource, typesOfResource } from '../policy/resource-type.ts';
import { actionsOf } from '../policy/scope.ts';
import { type StringNode, sourceOffset } from '../syntax/tree.ts';
import { code, escapeMarkdown } from './markdown.ts';

/** A few words that the editor shows inside the text, without being part of it. */
export interface Hint {
  readonly offset: number;
  /** Plain text on one line. */
  readonly label: string;
  /** Safe Markdown; made for those who look at it. */
  readonly tooltip: () => string;
  readonly about: 'account' | 'wildcard' | 'resource-type';
}

export type HintSettings = Pick<EditorSettings, 'accounts' | 'hints'>;

/** Hints of one policy in one answer: more cannot be read. */
const MOST_HINTS = 200;

/** The hints for what stands in a span, in the order of the text. */
export function findHints(
  { policies }: AnalyzedFile,
  span: Span,
  settings: HintSettings,
  catalogue: Catalogue,
): readonly Hint[] {
  const names = settings.hints.accounts ? new Map(Object.entries(settings.accounts)) : new Map<string, string>();
  return policies.flatMap(({ view }) => {
    const hints: Hint[] = [];
    for (const statement of view.statements) {
      if (!touches(statement.node.span, span)) continue;
      const found = hintsOf(statement, span, settings.hints, names, catalogue);
      hints.push(...found.sort((a, b) => a.offset - b.offset));
      if (hints.length >= MOST_HINTS) break;
    }
    return hints.slice(0, MOST_HINTS);
  });
}

function touches(one: Span, other: Span): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function hintsOf(
  statement: Statement,
  span: Span,
  wanted: HintSettings['hints'],
  names: ReadonlyMap<string, string>,
  catalogue: Catalogue,
): Hint[] {
  const hints: Hint[] = [];
  const add = (hint: Hint | undefined): void => {
    if (hint) hints.push(hint);
  };
  const isShown = ({ span: own }: StringNode): boolean => touches(own, span) && hints.length < MOST_HINTS;
  if (wanted.wildcards) {
    for (const { entries } of statement.actions) {
      for (const entry of entries) if (isShown(entry.node)) add(countMatches(entry, catalogue));
    }
  }
  for (const node of stringsWithArns(statement)) {
    if (!isShown(node)) continue;
    hints.push(...nameAccounts(node, names));
    if (wanted.resourceTypes) add(nameType(node, catalogue));
  }
  return hints;
}

/** The strings in which account ids and ARNs stand: resources, principals, values of conditions. */
function* stringsWithArns(statement: Statement): Generator<StringNode> {
  for (const { entries } of [...statement.resources, ...statement.principals]) {
    for (const { node } of entries) yield node;
  }
  for (const { values } of statement.conditions) {
    for (const { node } of values) if (node.type === 'string') yield node;
  }
}

/** Longer texts are no ARNs; AWS takes up to 2,048 characters. */
const LONGEST_TEXT = 2100;

/** Behind each account id that the user has named: the name. */
function nameAccounts(node: StringNode, names: ReadonlyMap<string, string>): readonly Hint[] {
  if (names.size === 0 || node.value.length > LONGEST_TEXT) return [];
  return Array.from(node.value.matchAll(/(?<![0-9A-Za-z])[0-9]{12}(?![0-9A-Za-z])/g)).flatMap((match): Hint[] => {
    const [id] = match;
    const name = names.get(id)?.replace(/\s+/g, ' ').trim();
    if (!name) return [];
    return [
      {
        offset: sourceOffset(node, match.index + id.length),
        label: quote(name, LONGEST_NAME),
        tooltip: () => `Account ${code(id)} is called ${escapeMarkdown(name)} in your settings.`,
        about: 'account',
      },
    ];
  });
}

const LONGEST_NAME = 40;

const SHOWN_ACTIONS = 20;

/** "35 actions", behind a pattern; nothing behind `*`, which needs no number to be everything. */
function countMatches(entry: ActionEntry, catalogue: Catalogue): Hint | undefined {
  const { node, pattern } = entry;
  if (!pattern.wildcard || pattern.everything || pattern.wildcardInPrefix) return undefined;
  const { length } = actionsOf(entry, catalogue);
  if (length === 0) return undefined;
  return {
    offset: node.span.end,
    label: countOf(length, 'action'),
    tooltip: () => tellMatches(entry, catalogue),
    about: 'wildcard',
  };
}

function tellMatches(entry: ActionEntry, catalogue: Catalogue): string {
  const ids = actionsOf(entry, catalogue).map(({ id }) => id);
  const shown = ids.slice(0, SHOWN_ACTIONS).map((id) => code(id.slice(id.indexOf(':') + 1)));
  const more = ids.length - shown.length;
  const levels = groupByLevel(ids, catalogue);
  const { text, prefix } = entry.pattern;
  const service = escapeMarkdown(nameService(prefix, catalogue));
  return [
    `${code(text)} matches ${countOf(ids.length, 'action')} of ${service}${levels ? `: ${sayLevels(levels)}` : ''}.`,
    shown.join(', ') + (more > 0 ? ` and ${sayNumber(more)} more` : ''),
  ].join('\n\n');
}

/** "bucket", "objects", "roles": what an ARN names, unless it says so itself, as `role/deploy` does. */
function nameType(node: StringNode, catalogue: Catalogue): Hint | undefined {
  const arn = node.value.startsWith('arn:') && node.value.length <= LONGEST_TEXT ? parseArn(node.value) : undefined;
  if (!arn || isOpen(arn.service.text) || hasWildcard(arn.service.text)) return undefined;
  const hint = { offset: node.span.end, about: 'resource-type' } as const;
  const words = (type?: ResourceType): string =>
    `${escapeMarkdown(capitalise(describeResource(node.value, type, catalogue)))}.`;
  if (/^\*+$/.test(arn.resource.text)) {
    return catalogue.serviceName(arn.service.text) === undefined
      ? undefined
      : { ...hint, label: `anything in ${nameService(arn.service.text, catalogue)}`, tooltip: () => words() };
  }
  const shape = readResource(node.value, catalogue);
  // A resource that is filled in later as a whole can be of any type.
  if (!shape || /^\*+$/.test(shape.resource)) return undefined;
  const types = sortByFit(arn, typesOfResource(shape, catalogue));
  // Of what lies one inside the other, the outer one is meant: a pattern for functions fits their versions as well.
  const type = types.reduce<ResourceType | undefined>(
    (best, one) => (best && !isInside(best, one) ? best : one),
    undefined,
  );
  if (!type) return undefined;
  const noun = nounOf(type);
  const many = hasWildcard(arn.resource.text);
  if (!many && spellsOut(arn.resource.text, noun)) return undefined;
  const rest = [...new Set(types.map(nounOf))].filter((other) => other !== noun);
  return {
    ...hint,
    label: many ? plural(noun) : noun,
    tooltip: () =>
      rest.length === 0
        ? words(type)
        : `${words(type)}\n\nThe pattern also fits: ${joinWords(rest.map(escapeMarkdown), 'and', 8)}.`,
  };
}

/** Whether a resource begins with the name of its type: `log-group:app` says that it is a log group. */
function spellsOut(resource: string, noun: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const [first = ''] = resource.split(/[/:]/, 1);
  return bare(first) === bare(noun);
}
