import { compileWildcard } from '../../base/wildcard.ts';
import type { Action, Catalogue, ResourceType } from '../../catalogue/types.ts';
import { parseArn, splitArn } from '../../policy/arn.ts';
import { STAND_IN, SUFFIX } from '../../policy/arn-names.ts';
import { captureNames, countUses, nameType, relatedTypes } from '../../policy/resource-type.ts';
import { actionsOf, neededTypes } from '../../policy/scope.ts';
import { type ArnForm, type ArnSegments, fillIn, givenIn, offerSegments } from './arn-segments.ts';
import { type Completion, type CompletionContext, siblingTexts } from './offer.ts';

const RANK = { star: 0, known: 2, needed: 10, other: 20, seen: 40, last: 90 } as const;

/** Bounds for statements whose actions work on very many types. */
const MOST_TYPES = 60;
const MOST_ACTIONS = 1500;
const MOST_ARNS = 300;
const MOST_COVERS = 200;

/** The ARNs that the statement's actions work on, whole and segment by segment. */
export function offerResources(context: CompletionContext): readonly Completion[] {
  const covered = coverOf(siblingTexts(context));
  const wanted = readTypes(context);
  const { place, typed } = context;
  const rest = place.string?.value.slice(typed.length) ?? '';
  const segments = typed.startsWith('arn:') ? offerSegments(context, segmentsOf(wanted, context.catalogue)) : [];
  // In the middle of an ARN only the segment at the cursor is meant.
  const early = segments.length === 0 || splitArn(typed).length <= 3;
  const whole =
    early && (rest === '' || typed === '') ? offerArns(context, wanted).filter(({ label }) => !covered(label)) : [];
  const star = typed === '' || typed === '*' ? offerStar(context, wanted).filter(({ label }) => !covered(label)) : [];
  const offered = new Map<string, Completion>();
  for (const item of [...segments, ...whole, ...star]) {
    const key = item.part ? `${item.part.start} ${item.label}` : item.label;
    if (!offered.has(key)) offered.set(key, item);
  }
  return [...offered.values()];
}

function coverOf(texts: readonly string[]): (arn: string) => boolean {
  const plain = new Set(texts);
  const wild = texts
    .filter((text) => text.includes('*') && text !== '*')
    .slice(0, MOST_COVERS)
    .map((text) => compileWildcard(text));
  return (arn) => plain.has(arn) || (!arn.includes('*') && wild.some((matches) => matches(arn)));
}

interface Wanted {
  /** Best first. */
  readonly types: readonly ResourceType[];
  readonly needed: ReadonlySet<ResourceType>;
  /** The statement's actions are known, and none of them takes a resource. */
  readonly none: boolean;
}

/**
 * The resource types that the statement's actions accept: those that they need first, then by how many actions of the
 * statement take them. A pattern needs the types that at least a fifth of its actions take.
 */
function readTypes({ view, catalogue }: CompletionContext): Wanted {
  const needed = new Set<ResourceType>();
  const uses = new Map<ResourceType, number>();
  let all = 0;
  let open = false;
  for (const { negated, entries } of view?.actions ?? []) {
    for (const entry of negated ? [] : entries) {
      const { everything, wildcardInPrefix, hole } = entry.pattern;
      open ||= everything || wildcardInPrefix || hole;
      if (everything || wildcardInPrefix) continue;
      const actions = actionsOf(entry, catalogue).slice(0, MOST_ACTIONS);
      all += actions.length;
      const [only] = actions;
      if (only && actions.length === 1) for (const type of typesNeeded(only, catalogue)) needed.add(type);
      const own = new Map<ResourceType, number>();
      for (const { resourceTypes } of actions) {
        for (const { type } of resourceTypes) own.set(type, (own.get(type) ?? 0) + 1);
      }
      for (const [type, count] of own) {
        uses.set(type, (uses.get(type) ?? 0) + count);
        if (actions.length > 1 && count * 5 >= actions.length) needed.add(type);
      }
    }
  }
  const types = [...uses]
    .sort(
      ([a, x], [b, y]) =>
        Number(needed.has(b)) - Number(needed.has(a)) || y - x || countUses(b, catalogue) - countUses(a, catalogue),
    )
    .map(([type]) => type);
  return { types: types.slice(0, MOST_TYPES), needed, none: all > 0 && !open && types.length === 0 };
}

function typesNeeded(action: Action, catalogue: Catalogue): readonly ResourceType[] {
  const required = action.resourceTypes.filter((one) => one.required).map(({ type }) => type);
  return required.length > 0 ? required : neededTypes(action, catalogue);
}

/** Resource policies in whose statements `*` is the resource that the policy is attached to. */
const STAR_IS_ITSELF: ReadonlySet<string> = new Set(['kms', 'secretsmanager', 'ecr']);

function offerStar({ policy }: CompletionContext, { none }: Wanted): readonly Completion[] {
  const { kind, service } = policy.classification;
  const own = kind === 'resource' && service !== null && STAR_IS_ITSELF.has(service);
  const first = none || own || kind === 'scp' || kind === 'rcp';
  const detail = own
    ? 'the resource that this policy belongs to'
    : none
      ? 'these actions take no other resource'
      : 'every resource';
  return [{ label: '*', kind: 'resource', rank: first ? RANK.star : RANK.last, detail }];
}

/** Whole ARNs: those seen in the workspace that fit, then one for each type, filled in as far as anything is known. */
function offerArns(context: CompletionContext, wanted: Wanted): readonly Completion[] {
  const { known, catalogue, typed } = context;
  const given = givenIn(context);
  const items: Completion[] = [];
  const seen = known.arns.slice(0, MOST_ARNS).flatMap((text) => parseArn(text) ?? []);
  for (const type of wanted.types) {
    const detail = `${type.service} ${nameType(type)}`;
    const names = relatedTypes(type, catalogue).flatMap((one) => one.arns);
    for (const template of type.arns) {
      const words = standIns(template);
      const service = splitArn(template)[2]?.text;
      for (const arn of seen) {
        if (arn.service.text !== service) continue;
        const filled = refill(template, words, arn, names);
        if (filled) items.push({ label: filled, kind: 'resource', rank: RANK.known, detail });
      }
      const rank = wanted.needed.has(type) ? RANK.needed : RANK.other;
      const suffix = SUFFIX[`${type.service}:${type.name}`] ?? '';
      const blank = fillIn(template + suffix, given);
      // Mostly all that lies inside is meant: the objects of a bucket.
      const last = words.at(-1);
      const inner = words.filter((word) => !COMMON.has(word)).length > 1 && last !== undefined;
      if (inner)
        items.push({ ...fillIn(template + suffix, given, last), kind: 'resource', rank, detail: `any ${detail}` });
      items.push({ ...blank, kind: 'resource', rank, detail });
    }
  }
  if (wanted.types.length === 0 && !wanted.none) {
    for (const { text } of seen) items.push({ label: text, kind: 'resource', rank: RANK.seen, detail: 'seen before' });
    if (typed === '')
      items.push({ label: 'arn:', kind: 'resource', rank: RANK.last - 1, detail: 'an ARN', goesOn: true });
  }
  return items;
}

/** A template with the names that an ARN holds; what is missing at its end may be anything. */
function refill(
  template: string,
  words: readonly string[],
  arn: NonNullable<ReturnType<typeof parseArn>>,
  templates: readonly string[],
): string | undefined {
  const captured = captureNames(arn, template);
  const own =
    captured && [...captured].every(([name, value]) => !WITHOUT_SLASH.has(name) || !value.includes('/'))
      ? captured
      : undefined;
  const names = new Map<string, string>(own);
  if (!own) {
    for (const other of templates) {
      for (const [name, value] of captureNames(arn, other) ?? []) {
        if (!value.includes('/') && !names.has(name)) names.set(name, value);
      }
    }
  }
  // What stands for everything is no example.
  if ([...names].every(([name, value]) => COMMON.has(name) || value === '*')) return undefined;
  names.set('Partition', arn.partition.text).set('Region', arn.region.text).set('Account', arn.account.text);
  const missing = words.filter((word) => !names.has(word));
  if (missing.length > 1 || (missing.length === 1 && missing[0] !== words.at(-1))) return undefined;
  const text = template.replace(STAND_IN, (_, name: string) => names.get(name) ?? '*');
  return parseArn(text) ? text : undefined;
}

/** Names behind which a slash begins another type: objects, indexes. */
const WITHOUT_SLASH: ReadonlySet<string> = new Set(['BucketName', 'TableName']);

const COMMON: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account']);

function standIns(template: string): readonly string[] {
  return [...template.matchAll(STAND_IN)].map((match) => match[1] ?? '');
}

/** What the segments of an ARN may be: of what the actions want first. */
function segmentsOf(wanted: Wanted, catalogue: Catalogue): ArnSegments {
  return {
    kind: 'resource',
    services: [...new Set(wanted.types.flatMap(({ arns }) => arns.map((arn) => splitArn(arn)[2]?.text ?? '')))],
    others: catalogue.servicePrefixes(),
    fits: () => true,
    formsOf: (service) =>
      typesOf(service, wanted, catalogue).flatMap((type) =>
        type.arns.map((template): ArnForm => {
          return { template, detail: nameType(type), rank: wanted.needed.has(type) ? RANK.needed : RANK.other };
        }),
      ),
  };
}

/** The types that the actions want of the service that an ARN names; else all of that service. */
function typesOf(service: string, wanted: Wanted, catalogue: Catalogue): readonly ResourceType[] {
  const own = wanted.types.filter(({ arns }) => arns.some((arn) => splitArn(arn)[2]?.text === service));
  if (own.length > 0) return own;
  return [...(catalogue.service(service)?.resourceTypes.values() ?? [])].slice(0, MOST_TYPES);
}
