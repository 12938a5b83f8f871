import { rememberEach, rememberTexts } from '../base/remember.ts';
import { joinWords } from '../base/words.ts';
import type { AccessLevel, Action, Catalogue, ResourceType } from '../catalogue/types.ts';
import type { ActionEntry, ResourceEntry, Statement } from '../policy/model.ts';
import { judgeAction, type ResourceShape, readResource } from '../policy/resource-type.ts';
import { phraseAction, verbOf } from './actions.ts';
import { countServices, idsOf, isScattered } from './levels.ts';
import { describeResource, describeResources, isAnyType, servesType, sortByFit } from './resources.ts';
import { nameService } from './services.ts';
import { countOf, plural } from './words.ts';

/** What a statement is about, in words that follow "may": "read and write objects in my-app-bucket". */
export interface Deeds {
  readonly text: string;
  /** It is every action, but for what `except` names, on `on`. */
  readonly everything: { readonly except: string; readonly on: string } | undefined;
  /** Actions that none of the statement's resources can serve. */
  readonly idle: readonly string[];
}

export interface DeedOptions {
  readonly catalogue: Catalogue;
  /** The name of the resource that the policy is attached to, where `*` means that one: "this key". */
  readonly own: string | undefined;
  /** The words follow "may never": "any bucket" instead of "every bucket", "or" instead of "and". */
  readonly deny: boolean;
}

/** One verb phrase on one set of resources. */
interface Clause {
  readonly verbs: string[];
  readonly objects: string[];
  readonly link: string | undefined;
  readonly service: string;
  readonly places: string[];
  related: number;
}

/** An action a statement names, with how its name was written. */
interface Named {
  readonly action: Action;
  readonly related: number;
}

/** More clauses than this are counted instead of told. */
const MOST_CLAUSES = 4;
/** Resources that are told one by one where actions are not. */
const MOST_RESOURCES = 4;
/** In characters; several clauses that are longer together are counted too. */
const LONGEST = 320;
/** More patterns than this, and more actions, are counted without looking at each. */
const MOST_PATTERNS = 60;
const MOST_NAMES = 200;
/** A pattern that stands for more actions than this is told as a pattern. */
const MOST_MATCHES = 3;

/** Says what the Action and Resource elements of a statement come to. */
export function describeDeeds(statement: Statement, options: DeedOptions): Deeds {
  const { own, deny, catalogue } = options;
  const blocks = [...statement.actions, ...statement.resources].map(({ member, entries }) => [
    member.key.value,
    ...entries.map(({ node }) => node.value),
  ]);
  const text = JSON.stringify([own ?? '', deny, blocks]);
  return memoryOf(catalogue)(text, () => readDeeds(statement, options));
}

/** Many parts of an editor ask for the same statement, and the next key changes one of them. */
const memoryOf = rememberEach((_: Catalogue) => rememberTexts<Deeds>({ characters: MOST_REMEMBERED }));
/** In characters of the statements. */
const MOST_REMEMBERED = 300_000;

function readDeeds(statement: Statement, options: DeedOptions): Deeds {
  const { catalogue, own, deny } = options;
  const entries = statement.actions.flatMap((block) => block.entries);
  const excluded = statement.actions.some(({ negated }) => negated);
  const resources = statement.resources.flatMap((block) => (block.negated ? [] : block.entries));
  const spared = statement.resources.flatMap((block) => (block.negated ? block.entries : []));
  const except =
    spared.length > 0 ? ` except ${joinWords(describeResources(spared, undefined, catalogue, own), 'and', 4)}` : '';
  const anything = resources.length === 0 || resources.some(({ text }) => text === '*');
  const on = (): string => (anything ? (own ?? `anything${except}`) : listResources(resources, options));

  if (excluded || entries.some(({ pattern }) => pattern.everything)) {
    const everything = { except: excluded ? describeExcluded(entries, catalogue) : '', on: on() };
    const but = excluded ? ` except ${everything.except}` : '';
    const where = excluded && everything.on === 'anything' ? '' : ` on ${everything.on}`;
    return { text: `do anything${but}${where}`, everything, idle: [] };
  }
  const count = (): string => countByLevel(entries, catalogue, anything ? (own ?? (except && on())) : on());
  if (entries.length > MOST_PATTERNS) return { text: count(), everything: undefined, idle: [] };

  const clauses: Clause[] = [];
  const idle: string[] = [];
  const names: Named[] = [];
  for (const entry of entries) {
    const { pattern } = entry;
    const place = anything ? (own ? [own] : except ? [`anything${except}`] : []) : [];
    const wide = describePattern(entry, catalogue);
    if (wide) {
      const places = place.length > 0 || anything ? place : describeResources(resources, undefined, catalogue, own);
      clauses.push({ ...wide, places: [...places], related: 0 });
      continue;
    }
    const exact = pattern.wildcard ? undefined : catalogue.action(pattern.prefix, pattern.name);
    if (exact) names.push({ action: exact, related: 0 });
    else if (!pattern.wildcard || pattern.hole) {
      const object = pattern.hole ? pattern.text : `${pattern.text} (unknown)`;
      clauses.push({ verbs: ['use'], objects: [object], link: undefined, service: '', places: [], related: 0 });
    } else names.push(...expand(pattern, catalogue));
  }
  if (names.length > MOST_NAMES) return { text: count(), everything: undefined, idle: [] };
  const shapes = resources.map(({ text }) => readResource(text, catalogue));
  for (const { action, related } of names) {
    const found = placesOf(action, resources, shapes, anything ? except : undefined, options);
    if (found === undefined) {
      idle.push(action.id);
      continue;
    }
    const phrase = phraseAction(action, found.type);
    const ownObject = phrase.object !== undefined && found.type === undefined && phrase.link === undefined;
    const service = nameService(action.service, catalogue);
    const object =
      ownObject && phrase.object && !phrase.object.includes(' ') ? `${service} ${phrase.object}` : phrase.object;
    clauses.push({
      verbs: [phrase.verb],
      objects: object === undefined ? [] : [object || `anything in ${service}`],
      link: phrase.link,
      service: action.service,
      places: phrase.link === undefined ? [] : [...found.places],
      related,
    });
  }
  const merged = merge(clauses);
  const told =
    merged.length > MOST_CLAUSES
      ? ''
      : joinClauses(
          merged.map((clause, index) => sayClause(clause, merged[index - 1], deny)),
          deny,
        );
  const counted = merged.length > MOST_CLAUSES || (merged.length > 1 && told.length > LONGEST);
  const text = counted ? count() : told;
  return { text, everything: undefined, idle };
}

/** The first few resources by what they are, and how many more there are. */
function listResources(entries: readonly ResourceEntry[], { catalogue, own }: DeedOptions): string {
  const shown = describeResources(entries.slice(0, MOST_RESOURCES), undefined, catalogue, own);
  const more = entries.length - MOST_RESOURCES;
  return joinWords(more > 0 ? [...shown, `${more} more`] : shown);
}

/** Clauses that hold an "and" of their own are set apart by a comma. */
function joinClauses(clauses: readonly string[], deny: boolean): string {
  const word = deny ? 'or' : 'and';
  if (clauses.length < 2 || !clauses.some((clause) => / (?:and|or) /.test(clause))) return joinWords(clauses, word);
  return `${clauses.slice(0, -1).join(', ')}, ${word} ${clauses.at(-1)}`;
}

const CREATING: ReadonlySet<string> = new Set(['create', 'launch', 'register', 'allocate', 'import', 'copy']);

/** @param before the clause in front: what both are about is named once */
function sayClause(clause: Clause, before: Clause | undefined, deny: boolean): string {
  const word = deny ? 'or' : 'and';
  // "May create every table" is not English, nor is "may never delete every table".
  const creates = clause.objects.length === 0 && clause.verbs.every((verb) => CREATING.has(verb));
  const places = clause.places.map((place) => {
    const noun = /^every (.+)$/.exec(place)?.[1];
    if (noun === undefined) return place;
    return creates && !/ (?:of|in) /.test(noun) ? plural(noun) : deny ? `any ${noun}` : place;
  });
  const objects = clause.objects.length > 0 ? ` ${sayObjects(clause.objects, word)}` : '';
  const link = clause.link ? ` ${clause.link}` : '';
  const where = places.length > 0 ? `${link} ${pronounFor(clause, before, deny) ?? joinWords(places, word, 4)}` : '';
  const related = clause.related > 0 ? ` (and ${countOf(clause.related, 'related action')})` : '';
  return `${joinWords(clause.verbs, word)}${objects}${where}${related}`;
}

/** "anything in S3, SQS and KMS" */
function sayObjects(objects: readonly string[], word: 'and' | 'or'): string {
  const services = objects.flatMap((one) => /^anything in (.+)$/.exec(one)?.[1] ?? []);
  return services.length === objects.length
    ? `anything in ${joinWords(services, word, 5)}`
    : joinWords(objects, word, 5);
}

/** "it", "each" or "them" for what has just been named; undefined where it has not been, or where that would not be clear. */
function pronounFor({ places }: Clause, before: Clause | undefined, deny: boolean): string | undefined {
  const [place = ''] = places;
  if (places.length !== before?.places.length || !places.every((one, index) => one === before.places[index])) {
    return undefined;
  }
  if (places.length > 1 || / and /.test(place)) return 'them';
  if (/^(?:the|this) /.test(place)) return 'it';
  if (place.startsWith('every ')) return deny ? 'it' : 'each';
  return /^(?:any|every)thing\b|^arn:/.test(place) ? undefined : 'them';
}

/** First clauses that differ in the verb only, then those that differ in the object only, then in the place only. */
function merge(clauses: readonly Clause[]): readonly Clause[] {
  const by = (
    list: readonly Clause[],
    key: (clause: Clause) => string,
    into: 'verbs' | 'objects' | 'places',
  ): readonly Clause[] => {
    const groups = new Map<string, Clause>();
    for (const clause of list) {
      const id = key(clause);
      const group = groups.get(id);
      if (!group) groups.set(id, { ...clause, [into]: [...clause[into]] });
      else {
        for (const item of clause[into]) if (!group[into].includes(item)) group[into].push(item);
        group.related += clause.related;
      }
    }
    return [...groups.values()];
  };
  const text = (...parts: readonly (string | undefined | readonly string[])[]): string => JSON.stringify(parts);
  const verbs = by(clauses, (one) => text(one.service, one.objects, one.link, one.places), 'verbs');
  const objects = by(
    verbs,
    (one) =>
      one.objects.length === 0 ? String(verbs.indexOf(one)) : text(one.service, one.verbs, one.link, one.places),
    'objects',
  );
  return by(
    objects,
    (one) =>
      one.places.length === 0 ? String(objects.indexOf(one)) : text(one.service, one.verbs, one.objects, one.link),
    'places',
  );
}

/** A pattern that is best said as one: a whole service, or one verb of it. */
function describePattern(
  entry: ActionEntry,
  catalogue: Catalogue,
): Pick<Clause, 'verbs' | 'objects' | 'link' | 'service'> | undefined {
  const { pattern } = entry;
  if (isScattered(entry, catalogue)) {
    const ids = catalogue.expandAction(pattern.text);
    const what = `${countOf(ids.length, 'action')} of ${countOf(countServices(ids), 'service')} (${pattern.text})`;
    return { verbs: ['use'], objects: [what], link: 'on', service: '' };
  }
  if (!pattern.wildcard || pattern.wildcardInPrefix || pattern.hole || !catalogue.service(pattern.prefix))
    return undefined;
  const service = nameService(pattern.prefix, catalogue);
  if (/^\*+$/.test(pattern.name)) {
    return { verbs: ['do'], objects: [`anything in ${service}`], link: 'on', service: '' };
  }
  const verb = /^([A-Z][a-z]+)\*$/.exec(pattern.name)?.[1];
  if (!verb || verb === 'Batch' || catalogue.expandAction(pattern.text).length <= MOST_MATCHES) return undefined;
  return { verbs: [verbOf(verb)], objects: [`anything in ${service}`], link: 'on', service: '' };
}

/** The actions behind a pattern; where they are many and it extends an action's name, that action and a number. */
function expand(pattern: ActionEntry['pattern'], catalogue: Catalogue): readonly Named[] {
  const ids = catalogue.expandAction(pattern.text);
  const base = pattern.name.endsWith('*') ? catalogue.action(pattern.prefix, pattern.name.slice(0, -1)) : undefined;
  if (base && ids.length > MOST_MATCHES) return [{ action: base, related: ids.length - 1 }];
  return ids.flatMap((id) => {
    const [prefix = '', name = ''] = id.split(':');
    const action = catalogue.action(prefix, name);
    return action ? [{ action, related: 0 }] : [];
  });
}

/**
 * Where an action works among a statement's resources; undefined: surely on none of them.
 * @param everywhereExcept set when it is everything but this (" except the bucket b"), or all of it (empty)
 */
function placesOf(
  action: Action,
  resources: readonly ResourceEntry[],
  shapes: readonly (ResourceShape | undefined)[],
  everywhereExcept: string | undefined,
  { catalogue, own }: DeedOptions,
): { readonly type: ResourceType | undefined; readonly places: readonly string[] } | undefined {
  const types = orderTypes(action);
  // Of many types without a leading one, none is worth naming: ec2:CreateTags works on nearly everything in EC2.
  const vague = types.length > 2 && !isNamedAfter(action, types[0]);
  const anyOf = `every ${nameService(action.service, catalogue)} resource`;
  if (everywhereExcept !== undefined) {
    const type = vague ? undefined : types[0];
    if (own && types.length > 0) return { type, places: [own] };
    if (types.length === 0) return { type, places: [] };
    return { type: types[0], places: [`${type ? describeResource('*', type, catalogue) : anyOf}${everywhereExcept}`] };
  }
  const judged = judgeAction(action, shapes, catalogue);
  if (judged === 'no' || judged === 'needs-star') return undefined;
  const byType = new Map<ResourceType, ResourceEntry[]>();
  const places: string[] = [];
  for (const entry of resources) {
    const fitting = types.filter((type) => servesType(entry.text, type, catalogue) !== 'no');
    const type = sortByFit(entry.arn, fitting)[0];
    if (!type) continue;
    if (vague && isAnyType(entry.arn, fitting)) places.push(anyOf);
    else byType.set(type, [...(byType.get(type) ?? []), entry]);
  }
  for (const [type, entries] of byType) places.push(...describeResources(entries, type, catalogue, own));
  return { type: [...byType.keys()][0] ?? types[0], places: [...new Set(places)] };
}

function isNamedAfter(action: Action, type: ResourceType | undefined): boolean {
  return type !== undefined && action.name.toLowerCase().includes(type.name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** The type an action is named after first, then those it needs, then the rest. */
export const orderTypes: (action: Action) => readonly ResourceType[] = rememberEach((action) => {
  const rank = ({ type, required }: Action['resourceTypes'][number]): number =>
    (isNamedAfter(action, type) ? 0 : 2) + (required ? 0 : 1) + (/accesspoint/.test(type.name) ? 4 : 0);
  return [...action.resourceTypes].sort((a, b) => rank(a) - rank(b)).map(({ type }) => type);
});

/** What NotAction leaves out: whole services by name, the rest as written. */
function describeExcluded(entries: readonly ActionEntry[], catalogue: Catalogue): string {
  const names = entries.map(({ pattern }) =>
    pattern.name === '*' && pattern.prefix !== '' ? nameService(pattern.prefix, catalogue) : pattern.text,
  );
  return joinWords([...new Set(names)], 'and', 6);
}

const LEVEL_VERBS: readonly (readonly [AccessLevel, string])[] = [
  ['List', 'list'],
  ['Read', 'read'],
  ['Write', 'change'],
  ['Tagging', 'tag'],
];

function sayLevels(levels: ReadonlySet<AccessLevel>): string {
  const verbs = LEVEL_VERBS.filter(([level]) => levels.has(level)).map(([, verb]) => verb);
  const permissions = levels.has('Permissions management') ? ['manage permissions'] : [];
  return [...(verbs.length > 0 ? [`${joinWords(verbs)} things`] : []), ...permissions].join(' and ');
}

/** Many actions, by what can be done in which services: "list and read things in EC2 and S3; change things in IAM". */
function countByLevel(entries: readonly ActionEntry[], catalogue: Catalogue, on: string | undefined): string {
  const services = new Map<string, Set<AccessLevel>>();
  const scattered = entries.filter((entry) => isScattered(entry, catalogue));
  const close = scattered.length > 0 ? entries.filter((entry) => !scattered.includes(entry)) : entries;
  for (const id of idsOf(close, catalogue)) {
    const [prefix = '', name = ''] = id.split(':');
    const level = catalogue.action(prefix, name)?.level;
    if (!level) continue;
    const levels = services.get(prefix) ?? new Set();
    services.set(prefix, levels.add(level));
  }
  const groups = new Map<string, string[]>();
  for (const [prefix, levels] of services) {
    const verbs = sayLevels(levels);
    groups.set(verbs, [...(groups.get(verbs) ?? []), nameService(prefix, catalogue)]);
  }
  const sorted = [...groups].sort((a, b) => b[1].length - a[1].length);
  const told = sorted.slice(0, 3).map(([verbs, names]) => `${verbs} in ${joinWords(names, 'and', 4)}`);
  const rest = sorted.slice(3).reduce((sum, [, names]) => sum + names.length, 0);
  const more = rest > 0 ? [`use ${countOf(rest, 'other service')}`] : [];
  const patterns = scattered.map(({ pattern }) => pattern.text);
  if (patterns.length > 0) more.push(`use what matches ${joinWords(patterns, 'and', 4)}`);
  const { size } = idsOf(entries, catalogue);
  return `${[...told, ...more].join('; ')} (${countOf(size, 'action')}${on ? ` on ${on}` : ''})`;
}

/** The idle actions as a remark. */
export function sayIdle(idle: readonly string[]): string {
  if (idle.length === 0) return '';
  const verb = idle.length === 1 ? 'does' : 'do';
  return `${joinWords(idle, 'and', 4)} ${verb} not work on ${idle.length === 1 ? 'such a resource' : plural('such a resource').replace('such a ', 'such ')}`;
}
