import { rememberEach, rememberTexts } from '../base/remember.ts';
import { hasWildcard, wildcardCovers, wildcardsOverlap } from '../base/wildcard.ts';
import { nearest } from '../catalogue/suggest.ts';
import type { Action, Catalogue, ResourceType, Service } from '../catalogue/types.ts';
import { type Answer, type Arn, parseArn, splitArn } from './arn.ts';
import { findHoles } from './hole.ts';
import { variablesAsWildcards } from './variable.ts';

/**
 * Which resource types a resource of a policy can stand for. Region, account and partition are left out of the question:
 * other rules judge those fields, and a slip there is not a wrong type.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface ResourceShape {
  readonly text: string;
  /** `all`: the bare `*`; `service`: an ARN whose resource field is `*`. */
  readonly reach: 'all' | 'service' | 'part';
  /** Patterns; empty for the bare `*`. */
  readonly service: string;
  readonly resource: string;
  /** A template's stand-in is in it: a match is a maybe. */
  readonly hole: boolean;
  /** Neither Region nor account, as for a bucket, and a resource that begins with a wildcard. */
  readonly placeless: boolean;
}

/** Undefined when nothing can be said: not an ARN of six fields, or one of a service that is not known. */
export function readResource(text: string, catalogue: Catalogue): ResourceShape | undefined {
  return shapesOf(catalogue)(text, (own) => shapeOf(own, catalogue));
}

/** Bounds what one catalogue remembers of resources; what hangs off a shape goes with it. */
const MOST_SHAPES = 50_000;
const shapesOf = rememberEach((_: Catalogue) => rememberTexts<ResourceShape | undefined>({ texts: MOST_SHAPES }));

function shapeOf(text: string, catalogue: Catalogue): ResourceShape | undefined {
  if (text === '*') return { text, reach: 'all', service: '', resource: '', hole: false, placeless: false };
  const arn = parseArn(text);
  if (!arn) return undefined;
  const service = openPattern(arn.service.text);
  const resource = openPattern(arn.resource.text);
  if (!hasWildcard(service) && !isArnService(service, catalogue)) return undefined;
  const placeless = arn.region.text === '' && arn.account.text === '' && /^[*?]/.test(resource);
  const hole = findHoles(arn.service.text).length > 0 || findHoles(arn.resource.text).length > 0;
  return { text, reach: isStars(arn.resource.text) ? 'service' : 'part', service, resource, hole, placeless };
}

/** Whether a service may stand in the third field of an ARN: a service prefix, or one that only resource types name. */
export function isArnService(service: string, catalogue: Catalogue): boolean {
  return (
    ONLY_IN_ARNS.has(service) || (catalogue.serviceName(service) !== undefined && service === service.toLowerCase())
  );
}

/** Names that stand in ARN templates of the reference, or in ARNs AWS documents, without being action prefixes. */
const ONLY_IN_ARNS: ReadonlySet<string> = new Set(['route53-recovery-control', 'catalog']);

/** Can the resource stand for one of the type? */
export function matchesResourceType(shape: ResourceShape, type: ResourceType, catalogue: Catalogue): Answer {
  if (shape.reach === 'all') return 'yes';
  const answers = answersOf(shape);
  const known = answers.get(type);
  if (known) return known;
  const answer = compareForms(shape, type, catalogue);
  answers.set(type, answer);
  return answer;
}

const answersOf = rememberEach((_: ResourceShape) => new Map<ResourceType, Answer>());

function compareForms(shape: ResourceShape, type: ResourceType, catalogue: Catalogue): Answer {
  for (const form of formsOf(type, catalogue)) {
    if (!wildcardsOverlap(shape.service, form.service)) continue;
    // `arn:aws:s3:::*/*` is all objects; access points have a Region and an account.
    if (shape.placeless && form.placed) continue;
    if (!wildcardsOverlap(shape.resource, form.resource)) continue;
    // `bucket/*` fits the template of a bucket, but everything it names is an object.
    if (form.inner.some((inner) => wildcardCovers(inner, shape.resource))) continue;
    // `table/x/index/*` is all indexes of a table, and no stream of a table whose name would hold `/index/`.
    if (form.beside.some((other) => wildcardCovers(other, shape.resource))) continue;
    return shape.hole ? 'unknown' : 'yes';
  }
  return 'no';
}

/**
 * Can one of the resources be what the action works on? `needs-star`: the action takes no resource at all, and `*` is
 * not among them. Actions whose needs depend on how they are used are `unknown`.
 */
export function judgeAction(
  action: Action,
  shapes: readonly (ResourceShape | undefined)[],
  catalogue: Catalogue,
): Answer | 'needs-star' {
  if (action.scenarioDependent) return 'unknown';
  let answer: Answer = 'no';
  for (const shape of shapes) {
    if (!shape) answer = 'unknown';
    else if (shape.reach === 'all') return 'yes';
    // An ARN for everything of a service is also used with actions that take no resource, and works in places.
    else if (shape.reach === 'service' && wildcardsOverlap(shape.service, action.service)) return 'yes';
  }
  for (const { type } of action.resourceTypes) {
    const match = matchAny(shapes, type, catalogue);
    if (match === 'yes') return 'yes';
    if (match === 'unknown') answer = 'unknown';
  }
  return answer === 'no' && action.wildcardOnly ? 'needs-star' : answer;
}

/** Answers by list of resources and type: the actions of a statement ask the same again and again. */
const MATCHES = new WeakMap<readonly (ResourceShape | undefined)[], Map<ResourceType, Answer>>();

function matchAny(shapes: readonly (ResourceShape | undefined)[], type: ResourceType, catalogue: Catalogue): Answer {
  const matches = MATCHES.get(shapes) ?? new Map<ResourceType, Answer>();
  MATCHES.set(shapes, matches);
  const known = matches.get(type);
  if (known) return known;
  let answer: Answer = 'no';
  for (const shape of shapes) {
    const match = shape ? matchesResourceType(shape, type, catalogue) : 'unknown';
    if (match === 'no') continue;
    answer = match;
    if (match === 'yes') break;
  }
  matches.set(type, answer);
  return answer;
}

/** The resource types of a service that a resource can stand for. */
export function typesOfResource(shape: ResourceShape, catalogue: Catalogue): readonly ResourceType[] {
  const known = TYPES.get(shape);
  if (known) return known;
  const service = shape.reach === 'part' ? catalogue.service(shape.service) : undefined;
  const all = [...(service?.resourceTypes.values() ?? [])];
  const types = all.filter((type) => matchesResourceType(shape, type, catalogue) !== 'no');
  TYPES.set(shape, types);
  return types;
}

const TYPES = new WeakMap<ResourceShape, readonly ResourceType[]>();

/** Why a resource fits no type of its service. */
export type TypeFlaw =
  /** `rol/reader`: the word is near to another. */
  | { readonly flaw: 'misspelt'; readonly word: string; readonly near: string }
  /** `function/greet`: the word is one of the service's, but another character follows it. */
  | { readonly flaw: 'separator'; readonly word: string; readonly near: string }
  /** No reading fits. */
  | { readonly flaw: 'unknown'; readonly word: string };

/**
 * Undefined when the resource fits a type. AWS's own policies hold ARNs of kinds that no reference lists, so that a kind is
 * unknown is said only of an ARN with an account id.
 */
export function findTypeFlaw(shape: ResourceShape, catalogue: Catalogue): TypeFlaw | undefined {
  const service = shape.hole || shape.reach !== 'part' ? undefined : catalogue.service(shape.service);
  if (!service || service.resourceTypes.size === 0 || typesOfResource(shape, catalogue).length > 0) return undefined;
  const [, word = '', separator = ''] = /^([A-Za-z][\w-]*)([/:])/.exec(shape.resource) ?? [];
  const words = typeWords(service);
  const own = words.get(word);
  if (own !== undefined && !own.includes(separator)) return { flaw: 'separator', word, near: own.charAt(0) };
  const near = own === undefined && word !== '' ? nearest(word, words.keys()) : undefined;
  if (near !== undefined) return { flaw: 'misspelt', word, near };
  if (!/^\d{12}$/.test(splitArn(shape.text)[4]?.text ?? '') || /[*?$[<]/.test(shape.resource.slice(0, 1)))
    return undefined;
  return shape.service === 'iam' && shape.resource === 'root' ? undefined : { flaw: 'unknown', word: shape.resource };
}

/** The words that begin the resource field of a service's ARNs, such as `role`, each with the separators that follow it. */
export const typeWords = rememberEach(({ resourceTypes }: Service): ReadonlyMap<string, string> => {
  const words = new Map<string, string>();
  for (const { arns } of resourceTypes.values()) {
    for (const template of arns) {
      const [, own, after = ''] = /^([\w-]+)([/:])/.exec(piecesOf(template).pieces[0] ?? '') ?? [];
      if (own) words.set(own, (words.get(own) ?? '') + after);
    }
  }
  return words;
});

/** True when `inner` is what lies inside `outer`, as an object lies in a bucket. */
export function isInside(inner: ResourceType, outer: ResourceType): boolean {
  return (
    inner.service === outer.service &&
    outer.arns.some((arn) => inner.arns.some((one) => extendsTemplate(one, arn, '/') || extendsTemplate(one, arn, ':')))
  );
}

/** The type itself and those that lie inside it or around it, whose ARNs hold some of its names. */
export function relatedTypes(type: ResourceType, catalogue: Catalogue): readonly ResourceType[] {
  const known = RELATED.get(type);
  if (known) return known;
  const all = [...(catalogue.service(type.service)?.resourceTypes.values() ?? [])];
  const related = all.filter((one) => one === type || isInside(one, type) || isInside(type, one));
  RELATED.set(type, related);
  return related;
}

const RELATED = new WeakMap<ResourceType, readonly ResourceType[]>();

/** `log-group` becomes `log group`, `FunctionVersion` `function version`. */
export function nameType(type: ResourceType): string {
  return type.name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
}

/**
 * What the stand-ins of a template are in an ARN: `BucketName` → `shared-bucket`. Undefined when the ARN does not have the
 * template's form. Values keep wildcards and variables as written.
 */
export function captureNames(
  arn: Pick<Arn, 'service' | 'resource'>,
  template: string,
): ReadonlyMap<string, string> | undefined {
  const found = locateNames(arn, template);
  return found && new Map(found.map(({ name, start, end }) => [name, arn.resource.text.slice(start, end)]));
}

/** A name that fills a stand-in of a template, by its place in the resource field of an ARN. */
export interface LocatedName {
  /** Of the stand-in: `BucketName`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The same, with where the names stand. */
export function locateNames(
  arn: Pick<Arn, 'service' | 'resource'>,
  template: string,
): readonly LocatedName[] | undefined {
  const { service, pieces } = piecesOf(template);
  const { text } = arn.resource;
  const first = pieces[0] ?? '';
  if (service !== arn.service.text || !text.startsWith(first)) return undefined;
  const names: LocatedName[] = [];
  let start = first.length;
  for (let index = 1; index < pieces.length; index += 2) {
    const literal = pieces[index + 1] ?? '';
    const last = index + 2 >= pieces.length;
    const end = last ? text.length - literal.length : text.indexOf(literal, start);
    if (end <= start || !text.endsWith(last ? literal : '')) return undefined;
    names.push({ name: pieces[index] ?? '', start, end });
    start = end + literal.length;
  }
  return names;
}

interface Pieces {
  readonly service: string;
  /** Of the resource field: plain text and names of stand-ins by turns. */
  readonly pieces: readonly string[];
}

const PIECES = new Map<string, Pieces>();

function piecesOf(template: string): Pieces {
  const known = PIECES.get(template);
  if (known) return known;
  const fields = splitArn(template);
  const pieces = { service: fields[2]?.text ?? '', pieces: (fields[5]?.text ?? '').split(/\$\{([^{}]*)\}/) };
  PIECES.set(template, pieces);
  return pieces;
}

interface Form {
  readonly service: string;
  readonly resource: string;
  /** It has a Region and an account. */
  readonly placed: boolean;
  /** Patterns of what lies inside a resource of this form. */
  readonly inner: readonly string[];
  /** Patterns of the other types of the service that have as many parts, the same up to a word that differs. */
  readonly beside: readonly string[];
}

const FORMS = new WeakMap<ResourceType, readonly Form[]>();

function formsOf(type: ResourceType, catalogue: Catalogue): readonly Form[] {
  const known = FORMS.get(type);
  if (known) return known;
  const siblings = catalogue.service(type.service)?.resourceTypes.values() ?? [];
  const templates = [...siblings].filter((one) => one !== type).flatMap(({ arns }) => arns);
  const forms = type.arns.map((template): Form => {
    const fields = splitArn(template);
    return {
      service: (fields[2]?.text ?? '*').replace(STAND_IN, '*'),
      resource: (fields[5]?.text ?? '*').replace(STAND_IN, '?*'),
      placed: fields[3]?.text !== '' && fields[4]?.text !== '',
      inner: templates
        .filter((one) => extendsTemplate(one, template, '/'))
        .map((one) => (splitArn(one)[5]?.text ?? '').replace(STAND_IN, '*')),
      beside: templates
        .filter((one) => standsBeside(plain(one), plain(template)))
        .map((one) => (splitArn(one)[5]?.text ?? '').replace(STAND_IN, '*')),
    };
  });
  FORMS.set(type, forms);
  return forms;
}

const STAND_IN = /\$\{[^{}]*\}/g;

function extendsTemplate(template: string, base: string, separator: string): boolean {
  return plain(template).startsWith(plain(base) + separator);
}

/** `table/$/index/$` and `table/$/stream/$` */
function standsBeside(one: string, other: string): boolean {
  const parts = one.split('/');
  const others = other.split('/');
  const at = parts.findIndex((part, index) => part !== others[index]);
  const differ = at > 0 && !parts[at]?.includes('$') && !others[at]?.includes('$');
  return differ && parts.length === others.length && others.slice(0, at).some((part) => part.includes('$'));
}

const PLAIN = new Map<string, string>();

/** A template whose stand-ins have no names. */
function plain(template: string): string {
  let text = PLAIN.get(template);
  if (text === undefined) {
    text = template.replace(STAND_IN, '$');
    PLAIN.set(template, text);
  }
  return text;
}

/** Variables and stand-ins can be anything. */
function openPattern(text: string): string {
  let pattern = variablesAsWildcards(text);
  for (const { start, end } of [...findHoles(pattern)].reverse()) {
    pattern = `${pattern.slice(0, start)}*${pattern.slice(end)}`;
  }
  return pattern;
}

function isStars(text: string): boolean {
  return /^\*+$/.test(text);
}

/** How many actions of the service work on the type: the main types of a service come first. */
export function countUses(type: ResourceType, catalogue: Catalogue): number {
  const service = catalogue.service(type.service);
  return service ? (usesIn(service).get(type.name) ?? 0) : 0;
}

const usesIn = rememberEach(({ actions }: Service): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { resourceTypes } of actions.values()) {
    for (const { type } of resourceTypes) counts.set(type.name, (counts.get(type.name) ?? 0) + 1);
  }
  return counts;
});
