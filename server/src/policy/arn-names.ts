import { hasWildcard } from '../base/wildcard.ts';
import { findPartition, judgeRegion } from '../catalogue/partitions.ts';
import type { Catalogue, ResourceType } from '../catalogue/types.ts';
import { type Arn, type ArnField, isAccountId, parseArn, splitArn } from './arn.ts';
import { hasHole } from './hole.ts';
import type { PolicyView, ResourceEntry } from './model.ts';
import { captureNames, isInside, relatedTypes } from './resource-type.ts';

/** An ARN written from a template, with the words in it that the user must replace. */
export interface FilledArn {
  readonly text: string;
  readonly placeholders: readonly string[];
}

/** What stands in the ARNs of a document, to be used again: `Partition`, `Region`, `Account`, and names such as `BucketName`. */
export interface KnownNames {
  readonly find: (type: ResourceType, name: string) => string | undefined;
}

/** Words that stand for a value to be filled in; see {@link fillTemplate}. */
export const ARN_PLACEHOLDERS = { region: '<region>', account: '<account-id>' } as const;

// Asked for each finding of a policy, which a large one has many of.
const KNOWN = new WeakMap<PolicyView, KnownNames>();

/** The names in the ARNs of a policy. A name is known only where all of them agree on it. */
export function namesIn(policy: PolicyView, catalogue: Catalogue): KnownNames {
  const known = KNOWN.get(policy) ?? readNames(resourcesOf(policy), catalogue);
  KNOWN.set(policy, known);
  return known;
}

function readNames(entries: readonly ResourceEntry[], catalogue: Catalogue): KnownNames {
  const arns = entries.flatMap(({ arn }) => arn ?? []);
  const byService = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  const read = (service: string, from: () => ReadonlyMap<string, ReadonlySet<string>>) => {
    const known = byService.get(service) ?? from();
    byService.set(service, known);
    return known;
  };
  return {
    find(type, name) {
      const values = COMMON.has(name)
        ? read('', () => readCommon(arns))
        : read(type.service, () => readOwn(arns, type.service, catalogue));
      const set = values.get(name);
      const [value] = set ?? [];
      return set?.size === 1 ? value : undefined;
    },
  };
}

function readCommon(arns: readonly Arn[]): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  for (const { partition, service, region, account } of arns) {
    if (isOpen(partition.text) || findPartition(partition.text)) add(values, 'Partition', partition.text);
    if (isAccountId(account.text) || account.text.includes('$')) add(values, 'Account', account.text);
    if (region.text === 'us-west-2' && service.text === 's3') continue;
    if (isOpen(region.text) || judgeRegion(region.text) !== 'wrong') add(values, 'Region', region.text);
  }
  return values;
}

/** Not known as it stands, so not known to be wrong. */
function isOpen(text: string): boolean {
  return hasWildcard(text) || hasHole(text);
}

/** The names that the ARNs of one service hold, by the stand-ins of its resource types. */
function readOwn(arns: readonly Arn[], prefix: string, catalogue: Catalogue): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  const own = arns.filter(({ service }) => service.text === prefix);
  const types = own.length > 0 ? (catalogue.service(prefix)?.resourceTypes.values() ?? []) : [];
  const templates = [...types].flatMap((type) => type.arns);
  for (const arn of own) {
    for (const template of templates) {
      for (const [name, value] of captureNames(arn, template) ?? []) {
        // A slash is part of a name only where nothing else of the service has that form.
        if (!value.includes('/')) add(values, name, value);
      }
    }
  }
  return values;
}

function add(values: Map<string, Set<string>>, name: string, value: string): void {
  if (/^\**$/.test(value)) return;
  const set = values.get(name) ?? new Set();
  set.add(value);
  values.set(name, set);
}

const COMMON: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account']);

/** All resources that a policy names. */
export function resourcesOf(policy: PolicyView): readonly ResourceEntry[] {
  return policy.statements.flatMap(({ resources }) => resources.flatMap(({ entries }) => entries));
}

/**
 * The ARN of a type, as precise as what is known allows. Names that are not known become words to replace
 * (`<bucket-name>`), but for what lies inside another resource, which becomes `*`: all objects of a bucket.
 * @param wide an ARN whose partition, region and account are kept
 */
export function fillTemplate(
  type: ResourceType,
  known: KnownNames,
  catalogue: Catalogue,
  wide?: ResourceEntry,
): FilledArn | undefined {
  const template = mainTemplate(type);
  if (template === undefined) return undefined;
  const placeholders: string[] = [];
  const inside = relatedTypes(type, catalogue).some((outer) => isInside(type, outer));
  const names = [...template.matchAll(STAND_IN)].map((match) => match[1] ?? '');
  const kept: Readonly<Record<string, string | undefined>> = {
    Partition: wide?.arn?.partition.text,
    Region: wide?.arn?.region.text,
    Account: wide?.arn?.account.text,
  };
  const fields = splitArn(template);
  const region = ['Region', nameIn(fields[3])];
  const account = ['Account', nameIn(fields[4])];
  const fill = (name: string): string => {
    const value = kept[name] || known.find(type, name);
    if (value !== undefined) return value;
    if (name === 'Partition') return 'aws';
    if (inside && name === names.at(-1)) return '*';
    const word = account.includes(name)
      ? ARN_PLACEHOLDERS.account
      : region.includes(name)
        ? ARN_PLACEHOLDERS.region
        : wordOf(name);
    placeholders.push(word);
    return word;
  };
  const text = template.replace(STAND_IN, (_, name: string) => fill(name));
  return { text: text + (SUFFIX[`${type.service}:${type.name}`] ?? ''), placeholders };
}

/**
 * The ARN of a type that an ARN at hand points to: the bucket of an object, all objects of a bucket. Undefined when the
 * ARN does not hold the names it takes.
 */
export function deriveArn(type: ResourceType, from: ResourceEntry, catalogue: Catalogue): string | undefined {
  const { arn } = from;
  const service = arn && catalogue.service(arn.service.text);
  if (!arn || !service || type.service !== service.prefix) return undefined;
  const names = new Map<string, string>();
  for (const one of relatedTypes(type, catalogue)) {
    for (const template of one.arns) {
      for (const [name, value] of captureNames(arn, template) ?? []) {
        if (!value.includes('/') && !names.has(name)) names.set(name, value);
      }
    }
  }
  const template = mainTemplate(type);
  if (template === undefined || splitArn(template)[2]?.text !== arn.service.text || names.size === 0) return undefined;
  names.set('Partition', arn.partition.text).set('Region', arn.region.text).set('Account', arn.account.text);
  const wanted = [...template.matchAll(STAND_IN)].map((match) => match[1] ?? '');
  const missing = wanted.filter((name) => !names.has(name));
  // Only what lies inside may be left open.
  if (missing.length > 1 || (missing.length === 1 && missing[0] !== wanted.at(-1))) return undefined;
  const text = template.replace(STAND_IN, (_, name: string) => names.get(name) ?? '*');
  return parseArn(text) && text + (SUFFIX[`${type.service}:${type.name}`] ?? '');
}

/** `${BucketName}` in a template of the reference. */
export const STAND_IN = /\$\{([^{}]*)\}/g;

/**
 * Log group actions are checked against an ARN that ends in `:*`.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
export const SUFFIX: Readonly<Record<string, string>> = { 'logs:log-group': ':*' };

/** The name of the stand-in that a field of a template is: `ManagementAccountId`. */
function nameIn(field: ArnField | undefined): string | undefined {
  return /^\$\{([^}]*)\}$/.exec(field?.text ?? '')?.[1];
}

function mainTemplate(type: ResourceType): string | undefined {
  return type.arns.find((template) => template.startsWith('arn:'));
}

/** `BucketName` → `<bucket-name>`; `RoleNameWithPath` → `<role-name>`. */
export function wordOf(name: string): string {
  const word = name
    .replace(/With(out)?(Leading)?(Path|Slash)$/, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
  return `<${word}>`;
}
