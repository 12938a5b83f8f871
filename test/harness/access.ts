import { parse } from 'jsonc-parser';
import type { Catalogue } from '../../server/src/catalogue/types.ts';

/**
 * What a policy says, worked out in the plainest way there is and with nothing of what it checks: for each effect,
 * principal and condition, the pairs of an action and a resource that its statements match.
 */
export type Access = ReadonlyMap<string, ReadonlySet<string>>;

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
type Statement = Readonly<Record<string, Json>>;

export interface Oracle {
  /**
   * @param effective leaves out pairs of an action and a resource that it cannot work on
   * @param unlisted actions that the reference does not have: they may be newer
   */
  access(statements: readonly Statement[], effective: boolean, unlisted: readonly string[]): Access;
  /** The actions of some statements that the reference does not have. */
  unlisted(statements: readonly Statement[]): readonly string[];
}

export function statementsOf(text: string): readonly Statement[] {
  const policy = parse(text.replace(/^\ufeff/, '')) as { Statement?: Statement | Statement[] };
  return [policy.Statement ?? []].flat();
}

export function createOracle(catalogue: Catalogue): Oracle {
  const services = catalogue.servicePrefixes().flatMap((prefix) => catalogue.service(prefix) ?? []);
  const actions = services.flatMap(({ actions }) => [...actions.values()]);
  const matched = new Map<string, readonly string[]>();

  /** The names that a pattern matches. */
  const expand = (pattern: string): readonly string[] => {
    const key = pattern.toLowerCase();
    const known = matched.get(key);
    if (known) return known;
    const test = toTest(key.replace(/^\*:\*$/, '*'));
    const names = actions.filter(({ id }) => test.test(id)).map(({ id }) => id);
    matched.set(key, names);
    return names;
  };

  const namedBy = ({ Action, NotAction }: Statement, unlisted: readonly string[]): readonly string[] => {
    const named = new Set(
      list(Action ?? NotAction).flatMap((pattern) => {
        const test = toTest(pattern.replace(/^\*:\*$/, '*'));
        return [...expand(pattern), ...unlisted.filter((name) => test.test(name))];
      }),
    );
    if (Action !== undefined) return [...named];
    return [...actions.map(({ id }) => id), ...unlisted].filter((id) => !named.has(id));
  };

  const canWork = (id: string, resource: string): boolean => {
    const [prefix = '', name = ''] = id.split(':');
    const action = catalogue.action(prefix, name);
    if (!action || (action.scenarioDependent && !isOfOther(resource, prefix))) return true;
    if (action.resourceTypes.length === 0) return resource === '*' || resource.startsWith('not ');
    if (!/^arn:[^:]*:[a-z0-9-]+:/.test(resource) || /\$\{(?![a-z0-9-]+:)|</.test(resource)) return true;
    const plain = resource.replace(/\$\{[^}]*\}/g, 'v');
    const all = [...(catalogue.service(prefix)?.resourceTypes.values() ?? [])];
    const fields = plain.split(':');
    const own = fields.slice(5).join(':');
    const templates = all.flatMap((type) => type.arns.map((template) => ({ type, template })));
    const takes = (types: readonly { readonly type: unknown }[]): boolean =>
      types.some(({ type }) => action.resourceTypes.some((one) => one.type === type));
    let known = false;
    for (const filled of ['x', 'x/y', 'x:y']) {
      const arn = [...fields.slice(0, 5), own.replaceAll('*', filled).replaceAll('?', 'q')].join(':');
      const fits = templates.filter(({ template }) => hasForm(template, arn));
      // `bucket/key` has the form of a bucket too, but is an object.
      const best = Math.max(...fits.map(({ template }) => literal(template)));
      if (takes(fits.filter(({ template }) => literal(template) === best))) return true;
      known ||= fits.length > 0;
    }
    if (known) return false;
    // `root/o-*/*` stands for `root/o-1/r-1`, whatever the stars are filled with.
    const matched = templates.filter(({ template }) => {
      const [, , service, , , ...rest] = template.replace(/\$\{[^}]*\}/g, '*').split(':');
      return service === fields[2] && canMeet(own, rest.join(':'));
    });
    return matched.length > 0 ? takes(matched) : fields[2] === prefix;
  };

  return {
    unlisted(statements) {
      const texts = statements.flatMap(({ Action, NotAction }) => list(Action ?? NotAction));
      return [...new Set(texts.map((text) => text.toLowerCase()))].filter((text) => expand(text).length === 0);
    },
    access(statements, effective, unlisted) {
      const all = new Map<string, Set<string>>();
      for (const statement of statements) {
        const { Effect, Principal, NotPrincipal, Condition, Resource, NotResource } = statement;
        const key = JSON.stringify([Effect, ...[Principal, NotPrincipal, foldNames(Condition)].map(inOrder)]);
        const pairs = all.get(key) ?? new Set();
        all.set(key, pairs);
        const resources =
          NotResource === undefined ? list(Resource ?? '(attached)') : [`not ${list(NotResource).sort()}`];
        for (const action of namedBy(statement, unlisted)) {
          for (const resource of resources) {
            if (!effective || canWork(action, resource)) pairs.add(`${action} ${resource}`);
          }
        }
      }
      return all;
    },
  };
}

function list(value: Json | undefined): string[] {
  return value === undefined ? [] : [value].flat().map(String);
}

function toTest(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
}

/** An ARN of another service. */
function isOfOther(resource: string, prefix: string): boolean {
  const [arn, , service = ''] = resource.split(':');
  return arn === 'arn' && /^[a-z0-9-]+$/.test(service) && service !== prefix;
}

/** Partition, Region and account are left out of the question. */
function hasForm(template: string, arn: string): boolean {
  const [, , service = '', , , ...rest] = template.replace(/\$\{[^}]*\}/g, '*').split(':');
  const [, , own = '', , , ...resource] = arn.split(':');
  // AWS Backup keeps what it makes of anything under the name of any service: `${Vendor}`.
  return service === own && toTest(rest.join(':').replaceAll('*', '?*')).test(resource.join(':'));
}

/** Can a text match both patterns? */
function canMeet(a: string, b: string, known = new Map<string, boolean>()): boolean {
  const key = `${a} ${b}`;
  let answer = known.get(key);
  if (answer === undefined) {
    if (a === '' && b === '') answer = true;
    else if (a.startsWith('*')) answer = canMeet(a.slice(1), b, known) || (b !== '' && canMeet(a, b.slice(1), known));
    else if (b.startsWith('*')) answer = canMeet(b, a, known);
    else answer = a !== '' && a[0] === b[0] && canMeet(a.slice(1), b.slice(1), known);
    known.set(key, answer);
  }
  return answer;
}

function literal(template: string): number {
  return template.replace(/\$\{[^}]*\}|\*/g, '').length;
}

/** Operators and keys of conditions in lower case, as AWS compares them. */
function foldNames(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name.toLowerCase(), foldNames(one) ?? null]));
}

/** The same text for what differs in the order of members and values, and in one value alone or in a list. */
function inOrder(value: Json | undefined): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return JSON.stringify([...new Set(value.map(inOrder))].sort());
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter((entry) => entry[1] !== undefined);
    return JSON.stringify(members.map(([name, one]) => [name, inOrder(typeof one === 'object' ? one : [one])]).sort());
  }
  return String(value);
}
