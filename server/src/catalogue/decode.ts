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

/**
 * Decodes a line, which is read once more where a description is asked for. Throws whatever comes of a line that is not
 * what the tool wrote; the caller says which line.
 */
export function decodeService(read: () => string, context: DecodeContext): DecodedService {
  const packed = JSON.parse(read()) as PackedService;
  const { prefix } = packed;
  const keys = packed.k.map((key) => decodeKey(key, context));
  const names = keys.map(({ name }) => name);
  const lists = packed.l.map((indexes) => indexes.map((index) => at(names, index)));

  const types = packed.r.map(
    ([name, arns, list]): ResourceType => ({ name, service: prefix, arns, conditionKeys: at(lists, list) }),
  );
  const resources = shareResources(types, lists);
  let texts: readonly string[] | undefined;
  const describe = (index: number): string => {
    texts ??= (JSON.parse(read()) as PackedService).a.map(([, , description]) => description);
    return unfold(at(texts, index), ACTION_OPENING);
  };
  const home: Home = { service: prefix, lead: `${prefix}:`, describe };
  const actions = packed.a.map(
    (action, index) => new DecodedAction(action, index, at(lists, action[3]), resources(action[4]), home),
  );
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

const NONE: readonly never[] = [];

/** What actions work on, each list of one resource type made once: most actions of a service have one of a few. */
function shareResources(types: readonly ResourceType[], lists: readonly (readonly string[])[]) {
  const single = new Map<number, readonly ActionResourceType[]>();
  const decode = (code: number, own: number): ActionResourceType => {
    return { type: at(types, code >> 1), required: (code & 1) === 1, conditionKeys: at(lists, own) };
  };
  const decodeSingle = (code: number): readonly ActionResourceType[] => {
    const known = single.get(code);
    if (known) return known;
    const fresh = [decode(code, 0)];
    single.set(code, fresh);
    return fresh;
  };
  return (packed: PackedAction[4]): readonly ActionResourceType[] => {
    const [first] = packed;
    if (first === undefined) return NONE;
    if (packed.length === 1 && typeof first === 'number') return decodeSingle(first);
    return packed.map((one) => (typeof one === 'number' ? at(decodeSingle(one), 0) : decode(...one)));
  };
}

/** What the actions of a service share. */
interface Home {
  readonly service: string;
  /** `s3:` */
  readonly lead: string;
  /** The description of an action by its place. */
  readonly describe: (index: number) => string;
}

/**
 * An action as the reference has it. The descriptions of all actions weigh more than everything else of them, and only a
 * hover or a completion shows one: it is read again when it is asked for. A class, so that all share one getter.
 */
class DecodedAction implements Action {
  readonly service: string;
  readonly name: string;
  readonly id: string;
  readonly level: Action['level'];
  readonly resourceTypes: readonly ActionResourceType[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
  readonly wildcardOnly: boolean;
  readonly scenarioDependent: boolean;
  readonly #index: number;
  readonly #home: Home;

  constructor(
    [name, level, , , , dependentActions = NONE]: PackedAction,
    index: number,
    conditionKeys: readonly string[],
    resourceTypes: readonly ActionResourceType[],
    home: Home,
  ) {
    this.service = home.service;
    this.name = name;
    this.id = home.lead + name;
    this.level = LEVELS[level.charAt(0)] ?? fail(`access level '${level}'`);
    this.resourceTypes = resourceTypes;
    this.conditionKeys = conditionKeys;
    this.dependentActions = dependentActions;
    this.wildcardOnly = resourceTypes.length === 0;
    this.scenarioDependent = level.endsWith('+');
    this.#index = index;
    this.#home = home;
  }

  get description(): string {
    return this.#home.describe(this.#index);
  }
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
