/** Unfolds one line of `catalogue.jsonl` into a service. */
import type { PackedAction, PackedKey, PackedService } from './packed.ts';
import { ACTION_OPENING, KEY_OPENING, LEVELS } from './packed.ts';
import type { Action, ActionResourceType, ConditionKey, ResourceType, Service } from './types.ts';

export interface DecodedService {
  readonly service: Service;
  /** The keys of federated sign-in that `sts` lists; empty for all others. */
  readonly federationKeys: readonly ConditionKey[];
}

export interface DecodeContext {
  readonly name: string;
  /** The `aws:` keys, by their name as the line has it. */
  readonly globalKeys: ReadonlyMap<string, ConditionKey>;
  readonly isFederationKey: (name: string) => boolean;
}

/** Decodes a line. Throws whatever comes of a line that is not what the tool wrote; the caller says which line. */
export function decodeService(line: string, context: DecodeContext): DecodedService {
  const packed = JSON.parse(line) as PackedService;
  const { prefix } = packed;
  const keys = packed.k.map((key) => decodeKey(key, context));
  const names = keys.map(({ name }) => name);
  const lists = packed.l.map((indexes) => indexes.map((index) => at(names, index)));

  const types = packed.r.map(
    ([name, arns, list]): ResourceType => ({ name, service: prefix, arns, conditionKeys: at(lists, list) }),
  );
  const actions = packed.a.map((action) => decodeAction(action, prefix, types, lists));
  const federationKeys = keys.filter(({ scope }) => scope === 'federation');
  return {
    service: {
      prefix,
      name: context.name,
      actions: new Map(actions.map((action) => [action.name.toLowerCase(), action])),
      resourceTypes: new Map(types.map((type) => [type.name.toLowerCase(), type])),
      conditionKeys: federationKeys.length > 0 ? keys.filter(({ scope }) => scope !== 'federation') : keys,
    },
    federationKeys,
  };
}

function decodeKey(packed: PackedKey, context: DecodeContext): ConditionKey {
  if (typeof packed === 'string') {
    const key = context.globalKeys.get(packed);
    if (!key) throw new Error(`the global condition key '${packed}' is missing`);
    return key;
  }
  const [name, description, type, multivalued] = packed;
  const scope = context.isFederationKey(name) ? 'federation' : 'service';
  // The reference calls Cognito's amr a single string, but the token holds a list, which AWS's own policies take apart
  // with ForAnyValue: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
  const several = multivalued === 1 || (scope === 'federation' && name.endsWith(':amr'));
  return { name, description: unfold(description, KEY_OPENING), type, multivalued: several, scope };
}

function decodeAction(
  [name, level, description, keys, resources, dependentActions = []]: PackedAction,
  service: string,
  types: readonly ResourceType[],
  lists: readonly (readonly string[])[],
): Action {
  return {
    service,
    name,
    id: `${service}:${name}`,
    level: LEVELS[level.charAt(0)] ?? fail(`access level '${level}'`),
    description: unfold(description, ACTION_OPENING),
    resourceTypes: resources.map((resource): ActionResourceType => {
      const [code, own] = typeof resource === 'number' ? [resource, 0] : resource;
      return { type: at(types, code >> 1), required: (code & 1) === 1, conditionKeys: at(lists, own) };
    }),
    conditionKeys: at(lists, keys),
    dependentActions,
    wildcardOnly: resources.length === 0,
    scenarioDependent: level.endsWith('+'),
  };
}

function unfold(description: string, opening: string): string {
  return description.startsWith('~') ? opening + description.slice(1) : description;
}

function at<T>(list: readonly T[], index: number): T {
  return list[index] ?? fail(`index ${index} of ${list.length}`);
}

function fail(what: string): never {
  throw new Error(`unknown ${what}`);
}
