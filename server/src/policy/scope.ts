import { rememberEach, rememberTexts } from '../base/remember.ts';
import { hasWildcard, wildcardCovers } from '../base/wildcard.ts';
import { joinWords } from '../base/words.ts';
import type { Action, Catalogue, ResourceType } from '../catalogue/types.ts';
import type { Writer } from '../syntax/json-writer.ts';
import { type Arn, splitArn } from './arn.ts';
import { type FilledArn, fillTemplate, type KnownNames, namesIn } from './arn-names.ts';
import { type ActionEntry, isDeny, type PolicyView, type ResourceEntry, type Statement } from './model.ts';
import { countUses, isInside, nameType, readResource } from './resource-type.ts';
import { type SplitPart, splitStatement } from './split.ts';

/** One way to name the resources of a statement instead of all of them. The shape of a fix; see rules/define.ts. */
export interface ScopeProposal {
  /** Such as "Scope Resource to bucket ARN". */
  readonly title: string;
  readonly effect: 'narrows' | 'widens';
  readonly edits: ReturnType<Writer['replace']>;
  /** Words in the edits that the user must replace, such as `<bucket-name>`. */
  readonly placeholders: readonly string[];
}

/** An action of a statement with the resource types it needs; none when only `*` will do. */
export interface ActionNeed {
  readonly entry: ActionEntry;
  readonly types: readonly ResourceType[];
}

const MOST_TYPES = 4;
const MOST_PARTS = 8;

/** Bounds what one catalogue remembers; no policy comes near it. */
const MOST_PATTERNS = 5000;
const NO_ACTIONS: readonly Action[] = [];
const matchesOf = rememberEach((_: Catalogue) => rememberTexts<readonly Action[]>({ texts: MOST_PATTERNS }));

/** The actions that an entry names: one, or all that its pattern matches. The same list for the same pattern. */
export function actionsOf({ pattern }: ActionEntry, catalogue: Catalogue): readonly Action[] {
  if (pattern.hole || pattern.prefix === '') return NO_ACTIONS;
  if (!pattern.wildcard) {
    const action = catalogue.action(pattern.prefix, pattern.name);
    return action ? alone(action) : NO_ACTIONS;
  }
  return matchesOf(catalogue)(pattern.text, (own) =>
    catalogue.expandAction(own).flatMap((id) => {
      const colon = id.indexOf(':');
      return catalogue.action(id.slice(0, colon), id.slice(colon + 1)) ?? [];
    }),
  );
}

/** The same list for the same action. */
const alone = rememberEach((action: Action): readonly Action[] => [action]);

const NEEDED = new WeakMap<Action, readonly ResourceType[]>();

/**
 * The resource types to name for an action: all that are required, else the one most used of those it takes. Empty when
 * it takes none, or when which one it is cannot be told (tagging works on dozens).
 */
export function neededTypes(action: Action, catalogue: Catalogue): readonly ResourceType[] {
  const types = NEEDED.get(action) ?? findNeededTypes(action, catalogue);
  NEEDED.set(action, types);
  return types;
}

function findNeededTypes(action: Action, catalogue: Catalogue): readonly ResourceType[] {
  if (action.scenarioDependent) return [];
  const required = action.resourceTypes.filter((one) => one.required).map(({ type }) => type);
  if (required.length > 0) return required.length > MOST_TYPES ? [] : sortTypes(required, catalogue);
  if (action.resourceTypes.length > MOST_TYPES) return [];
  const [main] = sortTypes(
    action.resourceTypes.map(({ type }) => type),
    catalogue,
  );
  return main ? [main] : [];
}

/** Service by service; outer before inner (bucket, object), the more used before the less. */
export function sortTypes(types: readonly ResourceType[], catalogue: Catalogue): readonly ResourceType[] {
  const unique = [...new Set(types)];
  const services = [...new Set(unique.map(({ service }) => service))];
  return unique.sort((a, b) => {
    if (a.service !== b.service) return services.indexOf(a.service) - services.indexOf(b.service);
    if (isInside(a, b)) return 1;
    if (isInside(b, a)) return -1;
    return countUses(b, catalogue) - countUses(a, catalogue);
  });
}

/** What each action of a statement needs. A pattern needs the types that at least a fifth of its actions work on. */
export function readNeeds(entries: readonly ActionEntry[], catalogue: Catalogue): readonly ActionNeed[] {
  return entries.map((entry) => ({ entry, types: mainTypes(actionsOf(entry, catalogue), catalogue) }));
}

const MAIN = new WeakMap<readonly Action[], readonly ResourceType[]>();

/** The types that an action, or most of the actions of a pattern, need. */
function mainTypes(actions: readonly Action[], catalogue: Catalogue): readonly ResourceType[] {
  const [only] = actions;
  if (only && actions.length === 1) return neededTypes(only, catalogue);
  const known = MAIN.get(actions);
  if (known) return known;
  const uses = new Map<ResourceType, number>();
  let typed = 0;
  for (const action of actions) {
    const types = neededTypes(action, catalogue);
    if (types.length > 0) typed++;
    for (const type of types) uses.set(type, (uses.get(type) ?? 0) + 1);
  }
  const main = [...uses].filter(([, count]) => count * 5 >= typed).map(([type]) => type);
  const sorted = typed * 2 < actions.length ? [] : sortTypes(main, catalogue);
  MAIN.set(actions, sorted);
  return sorted;
}

/** The entry that stands for everything, or for everything of a service (`arn:aws:s3:::*`). */
export function wideResources(statement: Statement, catalogue: Catalogue): readonly ResourceEntry[] {
  return statement.resources
    .filter(({ negated }) => !negated)
    .flatMap(({ entries }) => entries)
    .filter(({ text, arn }) => {
      const reach = readResource(text, catalogue)?.reach;
      return reach === 'all' || (reach === 'service' && arn !== undefined && reachesSome(arn, statement, catalogue));
    });
}

/** False for an ARN that leaves out the Region or the account where all that the actions work on have one. */
function reachesSome({ service, region, account }: Arn, { actions }: Statement, catalogue: Catalogue): boolean {
  if (region.text !== '' && account.text !== '') return true;
  const fits = (template: string): boolean => {
    const fields = splitArn(template).map(({ text }) => text);
    if (fields[2] !== service.text && !hasWildcard(service.text)) return false;
    return (region.text !== '' || fields[3] === '') && (account.text !== '' || fields[4] === '');
  };
  return actions
    .flatMap(({ entries }) => entries)
    .some((entry) =>
      actionsOf(entry, catalogue).some(({ resourceTypes }) => resourceTypes.some(({ type }) => type.arns.some(fits))),
    );
}

/** The names of some types for a sentence: `bucket`, `bucket and object`, `table, index and stream`. */
export function nameTypes(types: readonly ResourceType[]): string {
  return joinWords([...new Set(types.map(nameType))]);
}

/**
 * Ways to replace a resource that stands for everything by what the actions need, best first, at most four. Names that
 * stand elsewhere in the document are used again; others become placeholders. Empty when the actions of the statement do
 * not tell what they need.
 * @param wide one of `wideResources`
 */
export function scopeProposals(
  policy: PolicyView,
  statement: Statement,
  wide: ResourceEntry,
  catalogue: Catalogue,
  write: Writer,
): readonly ScopeProposal[] {
  const container = wide.block.member.value;
  const actions = statement.actions.flatMap(({ negated, entries }) => (negated ? [] : entries));
  if (!container || actions.length === 0 || statement.actions.some(({ negated }) => negated)) return [];
  if (actions.some(({ pattern }) => pattern.everything || pattern.wildcardInPrefix || pattern.hole)) return [];
  // An ARN for all of one service matters to that service's actions only.
  const service = wide.arn?.service.text;
  const concerned = service ? actions.filter(({ pattern }) => pattern.prefix.toLowerCase() === service) : actions;
  const needs = readNeeds(concerned, catalogue);
  const typed = needs.filter(({ types }) => types.length > 0);
  const open = needs.filter(({ types }) => types.length === 0);
  if (typed.length === 0) return [];

  const effect = isDeny(statement) ? 'widens' : 'narrows';
  const resources = textsOf(statement);
  const fill = (types: readonly ResourceType[]) => fillAll(types, namesIn(policy, catalogue), catalogue, wide);
  const split = (title: string, parts: () => readonly FilledPart[]): ScopeProposal =>
    propose(title, effect, () => {
      const filled = parts();
      const arns = filled.flatMap((one) => one.arns);
      const made = filled.map((one) => part(one.needs, one.arns, one.label));
      return { edits: splitStatement(policy, statement, made, write) ?? [], arns };
    });
  const kept = { needs: open, arns: [{ text: wide.text, placeholders: [] }], label: 'Other' };

  const proposals: ScopeProposal[] = [];
  const unique = [...new Set(typed.flatMap((need) => need.types))];
  const few = unique.length <= MOST_TYPES;
  const types = few ? sortTypes(unique, catalogue) : unique;
  const title = `Scope Resource to ${nameTypes(types)} ${types.length > 1 ? 'ARNs' : 'ARN'}`;
  const alone = resources.count === 1 && concerned.length === actions.length;
  if (few && open.length === 0) {
    const arns = fill(types);
    const fresh = arns.map(({ text }) => text).filter((text) => text === wide.text || !resources.texts.has(text));
    const replace = () => ({ edits: write.replaceInOneOrMany(container, wide.node, fresh), arns });
    if (fresh.length > 0) proposals.push(propose(title, effect, replace));
  } else if (few && alone) {
    const rest = open.length === 1 ? `'${open[0]?.entry.pattern.text}'` : `the ${open.length} actions that take no ARN`;
    const parts = () => [{ needs: typed, arns: fill(types), label: '' }, kept];
    proposals.push(split(`${title}, keeping '${wide.text}' for ${rest}`, parts));
  }
  const groups = alone ? groupNeeds(typed, MOST_PARTS - (open.length > 0 ? 1 : 0), catalogue) : [];
  if (groups.length > 1) {
    const names = [
      ...groups.map((group) => nameTypes(group[0]?.types ?? [])),
      ...(open.length > 0 ? [`'${wide.text}'`] : []),
    ];
    const into =
      names.length > 3
        ? `Split into ${names.length} statements, one per kind of resource`
        : `Split into ${joinWords(names)} statements`;
    const parts = () => [
      ...groups.map((group, index) => ({
        needs: group,
        arns: fill(group[0]?.types ?? []),
        label: index === 0 ? '' : labelOf(group),
      })),
      ...(open.length > 0 ? [kept] : []),
    ];
    proposals.push(split(into, parts));
  }
  return proposals;
}

interface ResourceTexts {
  readonly count: number;
  readonly texts: ReadonlySet<string>;
}

/** What stands in the resource lists of a statement, gathered once for the thousand stars that it may hold. */
const textsOf = rememberEach(({ resources }: Statement): ResourceTexts => {
  const all = resources.flatMap(({ entries }) => entries.map(({ text }) => text));
  return { count: all.length, texts: new Set(all) };
});

interface FilledPart {
  readonly needs: readonly ActionNeed[];
  readonly arns: readonly FilledArn[];
  readonly label: string;
}

/** A proposal whose edits are made when they are asked for, so that a list of titles costs little. */
function propose(
  title: string,
  effect: ScopeProposal['effect'],
  make: () => { readonly edits: ScopeProposal['edits']; readonly arns: readonly FilledArn[] },
): ScopeProposal {
  let known: ReturnType<typeof make> | undefined;
  const made = () => {
    known ??= make();
    return known;
  };
  return {
    title,
    effect,
    get edits() {
      return made().edits;
    },
    get placeholders() {
      return [...new Set(made().arns.flatMap((arn) => arn.placeholders))];
    },
  };
}

/** The ARNs of some types, without those that another one covers. */
function fillAll(
  types: readonly ResourceType[],
  known: KnownNames,
  catalogue: Catalogue,
  wide: ResourceEntry,
): readonly FilledArn[] {
  const arns = types.flatMap((type) => fillTemplate(type, known, catalogue, wide) ?? []);
  return arns.filter(
    ({ text }, index) =>
      !arns.some(
        (other, at) => at !== index && wildcardCovers(other.text, text) && (other.text !== text || at < index),
      ),
  );
}

/** The actions by the types they need, outer types first; none when they are more than `most`. */
function groupNeeds(
  needs: readonly ActionNeed[],
  most: number,
  catalogue: Catalogue,
): readonly (readonly ActionNeed[])[] {
  const groups = new Map<string, ActionNeed[]>();
  for (const need of needs) {
    const key = need.types.map((type) => `${type.service}/${type.name}`).join(' ');
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(need);
  }
  if (groups.size > most) return [];
  const order = sortTypes(
    needs.flatMap(({ types }) => types),
    catalogue,
  );
  const rank = (group: readonly ActionNeed[]) => order.findIndex((type) => group[0]?.types.includes(type));
  return [...groups.values()].sort(
    (a, b) => rank(a) - rank(b) || (a[0]?.types.length ?? 0) - (b[0]?.types.length ?? 0),
  );
}

function part(needs: readonly ActionNeed[], arns: readonly FilledArn[], label: string): SplitPart {
  return {
    actions: needs.map(({ entry }) => entry.node.value),
    resources: arns.map(({ text }) => text),
    label,
  };
}

/** `Object`, for the Sid of a statement about objects. */
export function labelOf(needs: readonly ActionNeed[]): string {
  return nameTypes(needs[0]?.types ?? [])
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== 'and')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
