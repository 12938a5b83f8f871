/** Opens the catalogue: a table of contents at the first question, one service at a time after that. */
import { messageOf } from '../base/message-of.ts';
import { compileTemplate, createKeyLookup, oidcConditionKey } from './condition-keys.ts';
import type { DecodedService } from './decode.ts';
import { decodeService } from './decode.ts';
import { createActionNames } from './names.ts';
import type { PackedToc } from './packed.ts';
import { PACKED_FORMAT } from './packed.ts';
import { parseServicePrincipal } from './service-principals.ts';
import type { Catalogue, CatalogueBytes, ConditionKey, RetiredName } from './types.ts';

/** The data is missing, damaged, or of another version. What needs it cannot work; everything else can. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

/**
 * A catalogue over the two data files. `read` is called once, at the first question; a `read` that throws, or data that
 * is not what it should be, makes that question and all later ones throw the same {@link CatalogueError}.
 */
export function openCatalogue(read: () => CatalogueBytes): Catalogue {
  const open = once(() => {
    const bytes = attempt('the AWS reference data cannot be read', read);
    return attempt('the AWS reference data is damaged (catalogue-toc.json)', () => openTables(bytes));
  });
  return {
    get date() {
      return open().toc.date;
    },
    get counts() {
      return open().toc.counts;
    },
    servicePrefixes: () => open().prefixes(),
    serviceName: (prefix) => open().entries.get(prefix.toLowerCase())?.[1],
    service: (prefix) => open().decoded(prefix.toLowerCase())?.service,
    action: (prefix, name) => open().decoded(prefix.toLowerCase())?.service.actions.get(name.toLowerCase()),
    prefixOfAlias: (alias) => open().aliases.get(alias.toLowerCase()),
    retiredService: (prefix) => open().retired().services.get(prefix.toLowerCase()),
    retiredAction: (prefix, name) => open().retired().actions.get(`${prefix}:${name}`.toLowerCase()),
    actionsOfOperation: (prefix, name) => open().operations().get(`${prefix}:${name}`.toLowerCase()) ?? [],
    expandAction: (pattern) => open().names.expand(pattern),
    matchesAnyAction: (pattern) => open().names.matchesAny(pattern),
    conditionKey: (key) => open().conditionKey(key),
    globalConditionKeys: () => open().globalKeys,
    federationConditionKeys: () => open().decoded('sts')?.federationKeys ?? [],
    retiredConditionKey: (key) => open().retired().conditionKeys.get(key.toLowerCase()),
    servicePrincipal(name) {
      const { toc, entries } = open();
      return parseServicePrincipal(name, toc.servicePrincipals, (prefix) => entries.get(prefix)?.[1]);
    },
    servicePrincipals: () => open().servicePrincipals(),
    isRcpService: (prefix) => open().rcpServices.has(prefix.toLowerCase()),
  };
}

function openTables(bytes: CatalogueBytes) {
  const toc = parseToc(bytes.toc);
  const entries = new Map(toc.services.map((service) => [service[0], service]));
  const globalKeys = toc.globalConditionKeys.map(
    (key): ConditionKey => ({ ...key, multivalued: key.multivalued ?? false, scope: 'global' }),
  );
  const globalKeysByName = new Map(globalKeys.map((key) => [key.name, key]));
  const globalLookup = createKeyLookup(globalKeys);
  const federationTests = toc.federationPrefixes.map(
    (prefix) => compileTemplate(prefix) ?? ((text: string) => text === prefix),
  );
  const isFederationPrefix = (prefix: string): boolean => federationTests.some((test) => test(prefix));
  // A prefix comes from the user's text, which may well say `constructor`.
  const foreignKeys = new Map(Object.entries(toc.foreignKeys));
  const isFederationKey = (name: string): boolean => isFederationPrefix(prefixOf(name));

  const services = new Map<string, DecodedService>();
  const lines = once(() => {
    const text = attempt('the AWS reference data cannot be read', () => bytes.services);
    if (text.length === toc.length) return text;
    throw new CatalogueError(
      `the AWS reference data is damaged: catalogue.jsonl has ${text.length} characters where catalogue-toc.json expects ${toc.length}`,
    );
  });

  function decoded(prefix: string): DecodedService | undefined {
    const known = services.get(prefix);
    const entry = entries.get(prefix);
    if (known || !entry) return known;
    const text = lines();
    const [, name, offset, length] = entry;
    const fresh = attempt(`the AWS reference data of '${prefix}' is damaged`, () => {
      const result = decodeService(() => text.slice(offset, offset + length), {
        name,
        globalKeys: globalKeysByName,
        isFederationKey,
      });
      if (result.service.prefix !== prefix) throw new Error(`found '${result.service.prefix}' in its place`);
      return result;
    });
    services.set(fresh.service.prefix, fresh);
    return fresh;
  }

  const lookups = new Map<string, ReturnType<typeof createKeyLookup>>();
  function lookupIn(prefix: string): ReturnType<typeof createKeyLookup> | undefined {
    const known = lookups.get(prefix);
    const entry = known ? undefined : decoded(prefix);
    if (!entry) return known;
    const fresh = createKeyLookup([...entry.service.conditionKeys, ...entry.federationKeys]);
    lookups.set(entry.service.prefix, fresh);
    return fresh;
  }

  function conditionKey(key: string): ConditionKey | undefined {
    const prefix = prefixOf(key);
    const owners = isFederationPrefix(prefix) ? ['sts'] : [prefix, ...(foreignKeys.get(prefix) ?? [])];
    return globalLookup(key) ?? firstOf(owners, (owner) => lookupIn(owner)?.(key)) ?? oidcConditionKey(key);
  }

  return {
    toc,
    entries,
    globalKeys,
    decoded,
    conditionKey,
    names: createActionNames([...entries.keys()], toc.actions),
    aliases: new Map(Object.entries(toc.aliases)),
    rcpServices: new Set(toc.rcpServices),
    prefixes: once(() => [...entries.keys()].sort()),
    retired: once(() => indexRetired(toc)),
    operations: once(() => new Map(Object.entries(toc.operations).map(([id, actions]) => [id.toLowerCase(), actions]))),
    servicePrincipals: once(() =>
      Object.entries(toc.servicePrincipals).map(([name, label]) => ({
        name,
        listed: true,
        ...(label ? { label } : {}),
      })),
    ),
  };
}

function parseToc(text: string): PackedToc {
  const toc = JSON.parse(text) as PackedToc;
  if (toc.format !== PACKED_FORMAT) throw new Error(`format ${toc.format}, this version reads ${PACKED_FORMAT}`);
  return toc;
}

function indexRetired(toc: PackedToc) {
  const index = (list: (entry: PackedToc['retired'][number]) => readonly string[]): ReadonlyMap<string, RetiredName> =>
    new Map(
      toc.retired.flatMap((entry) =>
        list(entry).map((id): [string, RetiredName] => [id.toLowerCase(), { name: id, lastSeen: entry.lastSeen }]),
      ),
    );
  return {
    services: index(({ services }) => services),
    actions: index(({ actions }) => actions),
    conditionKeys: index(({ conditionKeys }) => conditionKeys),
  };
}

/** What stands before the first colon, in lower case; the whole text when there is none. */
function prefixOf(key: string): string {
  const colon = key.indexOf(':');
  return (colon < 0 ? key : key.slice(0, colon)).toLowerCase();
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Runs `work` at the first call and gives its result, or throws its error, at every call. */
function once<T>(work: () => T): () => T {
  let run = (): T => {
    try {
      const value = work();
      run = () => value;
      return value;
    } catch (error) {
      run = () => {
        throw error;
      };
      throw error;
    }
  };
  return () => run();
}

function attempt<T>(failure: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const reason = messageOf(error);
    throw new CatalogueError(`${failure}: ${reason}`, { cause: error });
  }
}
