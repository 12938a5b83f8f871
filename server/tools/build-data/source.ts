/**
 * Reads the pinned npm packages the catalogue is built from and checks every shape on the way in: what this file does
 * not know, it refuses. The packages follow the service authorization reference:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceAction {
  readonly name: string;
  readonly description: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly SourceActionResource[];
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
  readonly scenarios: boolean;
}

export interface SourceActionResource {
  readonly name: string;
  readonly required: boolean;
  readonly conditionKeys: readonly string[];
  readonly dependentActions: readonly string[];
}

export interface SourceResourceType {
  readonly name: string;
  readonly arn: string;
  readonly conditionKeys: readonly string[];
}

export interface SourceConditionKey {
  readonly name: string;
  readonly description: string;
  readonly type: string;
}

export interface SourceService {
  readonly prefix: string;
  readonly name: string;
  readonly actions: readonly SourceAction[];
  readonly resourceTypes: readonly SourceResourceType[];
  readonly conditionKeys: readonly SourceConditionKey[];
}

export interface SourcePackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** `2026-09-26`, from the version: `0.21.202609261` is build 1 of that day. */
  readonly date: string;
  readonly services: readonly SourceService[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads one package. Throws with file and field on anything unknown or missing. */
export function readPackage(modules: string, alias: string): SourcePackage {
  const root = join(modules, alias);
  const manifest = object(readJson(join(root, 'package.json')), alias);
  const version = text(manifest, 'version', alias);
  const stamp = /^\d+\.\d+\.(\d{4})(\d{2})(\d{2})\d$/.exec(version);
  if (!stamp) throw new Error(`${alias}: the version '${version}' does not end in a date`);
  const data = join(root, 'data');
  const names = object(readJson(join(data, 'serviceNames.json')), `${alias}/serviceNames.json`);
  const prefixes = texts(readJson(join(data, 'services.json')), `${alias}/services.json`);
  for (const folder of ['actions', 'resourceTypes', 'conditionKeys']) {
    const found = readdirSync(join(data, folder)).map((file) => file.replace(/\.json$/, ''));
    const surplus = found.filter((prefix) => !prefixes.includes(prefix));
    if (surplus.length > 0) throw new Error(`${alias}/${folder}: files of no service: ${surplus.join(', ')}`);
  }
  return {
    name: text(manifest, 'name', alias),
    version,
    licence: text(manifest, 'license', alias),
    date: `${stamp[1]}-${stamp[2]}-${stamp[3]}`,
    services: [...prefixes].sort().map((prefix) => ({
      prefix,
      name: text(names, prefix, `${alias}/serviceNames.json`).trim(),
      actions: entries(data, 'actions', prefix, 'name', toAction),
      resourceTypes: entries(data, 'resourceTypes', prefix, 'key', toResourceType),
      conditionKeys: entries(data, 'conditionKeys', prefix, 'key', toConditionKey),
    })),
  };
}

/** Reads a list of names out of the package's own tables: `rcpSupportedServices.json`. */
export function readNames(modules: string, alias: string, file: string): readonly string[] {
  return texts(readJson(join(modules, alias, 'data', file)), `${alias}/${file}`);
}

/** Reads a table from a name to names: `unassociatedConditions.json`. */
export function readTable(modules: string, alias: string, file: string): ReadonlyMap<string, readonly string[]> {
  const where = `${alias}/${file}`;
  const table = object(readJson(join(modules, alias, 'data', file)), where);
  return new Map(Object.entries(table).map(([name, value]) => [name, texts(value, `${where}: ${name}`)]));
}

export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

export function object(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where}: not an object`);
  return value as Fields;
}

export function text(fields: Fields, name: string, where: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${where}: '${name}' is not a text`);
  return value;
}

/** Fails when `fields` has a field that is not in `known`: a new field is new knowledge, not noise. */
export function onlyFields(fields: Fields, known: readonly string[], where: string): void {
  const unknown = Object.keys(fields).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`${where}: unknown field ${unknown.join(', ')}`);
}

export function texts(value: unknown, where: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw new Error(`${where}: not a list`);
  return value;
}

/** The entries of one file, whose keys are the lower-case names, sorted by name. */
function entries<T extends { readonly name: string }>(
  data: string,
  folder: string,
  prefix: string,
  nameField: string,
  convert: (fields: Fields, name: string, where: string) => T,
): readonly T[] {
  const where = `${folder}/${prefix}.json`;
  return Object.entries(object(readJson(join(data, folder, `${prefix}.json`)), where))
    .map(([key, value]) => {
      const fields = object(value, `${where}: ${key}`);
      const name = text(fields, nameField, `${where}: ${key}`);
      if (name.toLowerCase() !== key) throw new Error(`${where}: '${name}' stands under '${key}'`);
      return convert(fields, name, `${where}: ${name}`);
    })
    .sort((a, b) => compareTexts(a.name, b.name));
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toAction(fields: Fields, name: string, where: string): SourceAction {
  const known = 'name description accessLevel resourceTypes conditionKeys dependentActions scenarios isPermissionOnly';
  onlyFields(fields, known.split(' '), where);
  const { resourceTypes, conditionKeys, dependentActions, scenarios } = fields;
  if (!Array.isArray(resourceTypes)) throw new Error(`${where}: 'resourceTypes' is not a list`);
  return {
    name,
    description: text(fields, 'description', where).trim(),
    accessLevel: text(fields, 'accessLevel', where),
    resourceTypes: resourceTypes.map((resource) => toActionResource(object(resource, where), where)),
    conditionKeys: texts(conditionKeys, where),
    dependentActions: texts(dependentActions, where),
    scenarios: Array.isArray(scenarios) && scenarios.length > 0,
  };
}

function toActionResource(fields: Fields, where: string): SourceActionResource {
  onlyFields(fields, ['name', 'required', 'conditionKeys', 'dependentActions'], where);
  const { required, conditionKeys, dependentActions } = fields;
  if (typeof required !== 'boolean') throw new Error(`${where}: 'required' is not a boolean`);
  return {
    name: text(fields, 'name', where),
    required,
    conditionKeys: texts(conditionKeys, where),
    dependentActions: texts(dependentActions, where),
  };
}

function toResourceType(fields: Fields, name: string, where: string): SourceResourceType {
  onlyFields(fields, ['key', 'arn', 'conditionKeys'], where);
  const { conditionKeys = [] } = fields;
  return { name, arn: text(fields, 'arn', where), conditionKeys: texts(conditionKeys, where) };
}

function toConditionKey(fields: Fields, name: string, where: string): SourceConditionKey {
  onlyFields(fields, ['key', 'description', 'type'], where);
  return { name, description: text(fields, 'description', where).trim(), type: text(fields, 'type', where) };
}
