/** Reads the facts the packages lack, written by hand in server/data/authored, and holds them against the packages. */
import { join } from 'node:path';
import type { PackedGlobalKey } from '../../src/catalogue/packed.ts';
import { isAwsKey, KEY_TYPES, normaliseKey } from './pack.ts';
import type { SourceService } from './source.ts';
import { object, onlyFields, readJson, text, texts } from './source.ts';

/** Prefix -> name for people, where the package's own name misleads; and alias -> prefix. */
export function readServiceNames(
  folder: string,
  services: readonly SourceService[],
): { readonly names: ReadonlyMap<string, string>; readonly aliases: Readonly<Record<string, string>> } {
  const where = 'service-names.json';
  const file = object(readJson(join(folder, where)), where);
  const known = new Set(services.map(({ prefix }) => prefix));
  const names = readTexts(file, 'names', where);
  const aliases = readTexts(file, 'aliases', where);
  for (const prefix of [...names.keys(), ...aliases.values()]) {
    if (!known.has(prefix)) throw new Error(`${where}: no service '${prefix}'`);
  }
  for (const alias of aliases.keys()) if (known.has(alias)) throw new Error(`${where}: '${alias}' is a service`);
  return { names, aliases: Object.fromEntries(aliases) };
}

function readTexts(file: Readonly<Record<string, unknown>>, field: string, where: string): ReadonlyMap<string, string> {
  const table = object(file[field], `${where}: ${field}`);
  return new Map(Object.keys(table).map((name) => [name, text(table, name, where)]));
}

/** Throws when a key is spelled otherwise in the packages, or when they have an `aws:` key that is not described. */
export function readGlobalKeys(folder: string, services: readonly SourceService[]): readonly PackedGlobalKey[] {
  const where = 'global-condition-keys.json';
  const { keys } = object(readJson(join(folder, where)), where);
  if (!Array.isArray(keys)) throw new Error(`${where}: no keys`);
  const names = new Map<string, string>();
  for (const key of keys) {
    const fields = object(key, where);
    const name = text(fields, 'name', where);
    onlyFields(fields, ['name', 'type', 'alsoType', 'multivalued', 'description', 'present', 'absent'], name);
    for (const field of ['description', 'present']) text(fields, field, name);
    if (!KEY_TYPES.includes(text(fields, 'type', name))) throw new Error(`${where}: type of ${name}`);
    names.set(name.toLowerCase(), name);
  }
  if (names.size !== keys.length) throw new Error(`${where}: a key stands twice`);
  for (const { prefix, conditionKeys } of services) {
    for (const key of conditionKeys) {
      const name = normaliseKey(key.name);
      const here = names.get(name.toLowerCase());
      if (here === undefined ? isAwsKey(name) : here !== name) {
        throw new Error(`${where}: ${prefix} lists '${name}', here it is ${here ?? 'missing'}`);
      }
    }
  }
  return keys;
}

/** Name -> label, `''` for none. `serviceNames` labels the names that have no label of their own. */
export function readServicePrincipals(
  folder: string,
  serviceNames: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  const where = 'service-principals.json';
  const { principals } = object(readJson(join(folder, where)), where);
  const labels = Object.entries(object(principals, where)).map(([name, label]): [string, string] => {
    if (label !== null && typeof label !== 'string') throw new Error(`${where}: ${name}`);
    return [name, label ?? serviceNames.get(name.slice(0, name.indexOf('.'))) ?? ''];
  });
  return Object.fromEntries(labels.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Operation -> actions. Throws when the operation is an action by now, or an action is none. `actionIds` by lower case. */
export function readOperations(
  folder: string,
  actionIds: ReadonlyMap<string, string>,
): Readonly<Record<string, readonly string[]>> {
  const where = 'operations.json';
  const { operations } = object(readJson(join(folder, where)), where);
  const table = Object.entries(object(operations, where)).map(([operation, value]): [string, readonly string[]] => {
    if (actionIds.has(operation.toLowerCase())) throw new Error(`${where}: '${operation}' is an action`);
    const actions = texts(value, `${where}: ${operation}`);
    for (const id of actions)
      if (actionIds.get(id.toLowerCase()) !== id) throw new Error(`${where}: no action '${id}'`);
    return [operation, actions];
  });
  return Object.fromEntries(table);
}
