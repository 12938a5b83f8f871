/** Turns one service of the source into its packed line, taking out the quirks of the source on the way. */
import type { PackedAction, PackedKey, PackedService } from '../../src/catalogue/packed.ts';
import { ACTION_OPENING, KEY_OPENING, LEVELS } from '../../src/catalogue/packed.ts';
import type { ConditionKeyType } from '../../src/catalogue/types.ts';
import type { SourceAction, SourceActionResource, SourceService } from './source.ts';

/** The source writes the two special kinds of write as "Tagging, Write" and "Permissions management, Write". */
const LEVEL_LETTERS = new Map(Object.entries(LEVELS).map(([letter, level]) => [level as string, letter]));

export const KEY_TYPES: readonly string[] = [
  'String',
  'ARN',
  'Bool',
  'Numeric',
  'Date',
  'IPAddress',
  'Binary',
] satisfies readonly ConditionKeyType[];

/** Packs a service. `dependentActions` answers for `s3:GetObject`. Throws on anything unknown or dangling. */
export function packService(
  service: SourceService,
  dependentActions: (id: string) => readonly string[],
): PackedService {
  const { prefix } = service;
  const keyIndex = new Map<string, number>();
  const k: PackedKey[] = [];
  for (const key of service.conditionKeys) {
    const name = normaliseKey(key.name);
    // ssm lists one key in two spellings of the placeholder.
    if (keyIndex.has(name.toLowerCase())) continue;
    keyIndex.set(name.toLowerCase(), k.length);
    const { type, multivalued } = splitType(key.type, `${prefix}: ${key.name}`);
    k.push(isAwsKey(name) ? name : [name, fold(key.description, KEY_OPENING), type, multivalued ? 1 : 0]);
  }

  const lists = new Map<string, number>([['', 0]]);
  const listOf = (keys: readonly string[], where: string): number => {
    const indexes = keys.map((key) => {
      const index = keyIndex.get(normaliseKey(key).toLowerCase());
      if (index === undefined) throw new Error(`${where}: the condition key '${key}' is listed nowhere`);
      return index;
    });
    const id = [...new Set(indexes)].sort((a, b) => a - b).join(' ');
    const known = lists.get(id);
    if (known !== undefined) return known;
    lists.set(id, lists.size);
    return lists.size - 1;
  };

  const resourceIndex = new Map(service.resourceTypes.map((type, index) => [type.name.toLowerCase(), index]));
  const r = service.resourceTypes.map(
    (type) =>
      [type.name, splitArns(type.arn, `${prefix}: ${type.name}`), listOf(type.conditionKeys, type.name)] as const,
  );
  const a = service.actions.map((action): PackedAction => {
    const where = `${prefix}:${action.name}`;
    const level = levelLetter(action, where) + (action.scenarios ? '+' : '');
    const description = fold(action.description, ACTION_OPENING);
    const keys = listOf(action.conditionKeys, where);
    const resources = mergeResources(action.resourceTypes).map((resource) => {
      const index = resourceIndex.get(resource.name.toLowerCase());
      if (index === undefined) throw new Error(`${where}: the resource type '${resource.name}' is listed nowhere`);
      const code = 2 * index + (resource.required ? 1 : 0);
      const own = listOf(resource.conditionKeys, where);
      return own === 0 ? code : ([code, own] as const);
    });
    const dependent = dependentActions(where);
    return dependent.length > 0
      ? [action.name, level, description, keys, resources, dependent]
      : [action.name, level, description, keys, resources];
  });
  const l = [...lists.keys()].map((id) => (id === '' ? [] : id.split(' ').map(Number)));
  return { prefix, k, l, r, a };
}

/** Writes every placeholder as `${…}`: the source has `${TagKey}`, `<key>` and a literal `tag-key`. */
export function normaliseKey(name: string): string {
  const normal = name.replace(/<key>|(?<=\/)tag-key$/, '${TagKey}');
  const literal = normal.replace(/\$\{\w+\}/g, '');
  if (!/^[\w./: @-]+$/.test(literal) || !normal.includes(':')) throw new Error(`a condition key '${name}'?`);
  return normal;
}

export function isAwsKey(name: string): boolean {
  return name.toLowerCase().startsWith('aws:');
}

function levelLetter(action: SourceAction, where: string): string {
  const [level = '', write, ...rest] = action.accessLevel.split(', ');
  const letter = LEVEL_LETTERS.get(level);
  if (letter === undefined || (write !== undefined && write !== 'Write') || rest.length > 0) {
    throw new Error(`${where}: unknown access level '${action.accessLevel}'`);
  }
  return letter;
}

function splitType(type: string, where: string): { type: ConditionKeyType; multivalued: boolean } {
  const [, many, single = ''] = /^(ArrayOf)?(.*)$/.exec(type) ?? [];
  if (!KEY_TYPES.includes(single)) throw new Error(`${where}: unknown condition type '${type}'`);
  return { type: single as ConditionKeyType, multivalued: many !== undefined };
}

/** Some resource types hold two ARNs in one text. */
function splitArns(joined: string, where: string): readonly string[] {
  const arns = joined.split(', ');
  for (const arn of arns) {
    if (!/^arn:\$\{Partition\}:[^:\s]+:[^:\s]*:[^:\s]*:\S+$/.test(arn)) throw new Error(`${where}: an ARN '${arn}'?`);
  }
  return arns;
}

/** A few actions list a resource type twice; then it is required only when every mention says so. */
function mergeResources(resources: readonly SourceActionResource[]): readonly SourceActionResource[] {
  const merged = new Map<string, SourceActionResource>();
  for (const resource of resources) {
    const name = resource.name.toLowerCase();
    const before = merged.get(name);
    merged.set(name, {
      ...resource,
      required: resource.required && (before?.required ?? true),
      conditionKeys: [...(before?.conditionKeys ?? []), ...resource.conditionKeys],
    });
  }
  return [...merged.values()];
}

function fold(description: string, opening: string): string {
  if (description.startsWith('~')) throw new Error(`a description starts with '~': ${description}`);
  return description.startsWith(opening) ? `~${description.slice(opening.length)}` : description;
}
