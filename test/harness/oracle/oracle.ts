import type { Catalogue } from '../../../server/src/catalogue/types.ts';
import { type Context, holds } from './condition.ts';
import { type PrincipalBlock, policiesOf, type Statement } from './policy.ts';
import {
  type Caller,
  canCall,
  createCarried,
  createWorld,
  namedResources,
  sampleActions,
  sampleCallers,
  sampleContexts,
  sampleResources,
} from './requests.ts';
import { matchesPattern } from './text.ts';

/** What became of access, with a request for each that shows it; a request is denied, not spoken of, or allowed. */
export interface Change {
  readonly lost?: string;
  readonly won?: string;
  /** How many requests were tried. */
  readonly requests: number;
}

export interface Oracle {
  /**
   * Compares two texts by what their policies say to requests made up for the purpose.
   * @param service whose resource they are attached to; nobody asks them for anything else
   */
  compare(before: string, after: string, service?: string | null): Change;
}

const MOST_ASKED = 3;

/**
 * Works out what policies allow in the plainest way there is and with nothing of what it checks. A request is an
 * action of the catalogue, a resource it works on, a caller and the keys it carries.
 */
export function createOracle(catalogue: Catalogue): Oracle {
  const world = createWorld(catalogue);

  const matchesAction = ({ actions }: Statement, id: string): boolean =>
    actions.patterns.some((pattern) => world.matched(pattern).has(id)) !== actions.negated;

  const compareStatements = (
    before: readonly Statement[],
    after: readonly Statement[],
    service: string | null | undefined,
  ): Change => {
    const [oldKeys, newKeys] = [before, after].map((all) => new Set(all.map(({ key }) => key)));
    const gone = before.filter(({ key }) => !newKeys?.has(key));
    const come = after.filter(({ key }) => !oldKeys?.has(key));
    const changed = [...gone, ...come];
    if (changed.length === 0) return { requests: 0 };
    const named = namedResources(changed);
    // What the others ask for matters as well, as long as they are few.
    const asked = before.length <= MOST_ASKED ? [...changed, ...after.filter(({ key }) => oldKeys?.has(key))] : changed;
    const callers = sampleCallers(asked);
    const carriedBy = createCarried(sampleContexts(asked, catalogue), catalogue);
    let requests = 0;
    let lost: string | undefined;
    let won: string | undefined;
    for (const action of sampleActions(gone, come, world)) {
      if (service && action.service !== service) continue;
      const id = action.id.toLowerCase();
      const forAction = [before, after].map((all) => all.filter((one) => matchesAction(one, id)));
      if (forAction.every(({ length }) => length === 0)) continue;
      const able = callers
        .filter((caller) => canCall(action, caller))
        .map((caller) => ({ caller, carried: carriedBy(action, caller) }));
      for (const resource of sampleResources(action, named, world)) {
        const forResource = forAction.map((all) => all.filter((one) => matchesResource(one, resource)));
        for (const { caller, carried } of able) {
          const [old = [], now = []] = forResource.map((all) => all.filter((one) => matchesCaller(one, caller)));
          if (old.length + now.length === 0) continue;
          for (const context of carried) {
            requests++;
            const change = decide(now, context) - decide(old, context);
            if (change === 0) continue;
            const request = (): string =>
              `${action.id} on ${resource} by ${caller.type} ${caller.names.at(-1) ?? ''} with ${JSON.stringify([...context])}`;
            if (change < 0) lost ??= request();
            else won ??= request();
          }
        }
      }
    }
    return { requests, ...(lost && { lost }), ...(won && { won }) };
  };

  return {
    compare(before, after, service) {
      const [old, now] = [policiesOf(before), policiesOf(after)];
      let all: Change = { requests: 0 };
      for (let index = 0; index < Math.max(old.length, now.length); index++) {
        const one = compareStatements(old[index] ?? [], now[index] ?? [], service);
        all = { ...one, ...all, requests: all.requests + one.requests };
      }
      return all;
    },
  };
}

/** -1 for denied, 0 for not allowed, 1 for allowed. */
function decide(statements: readonly Statement[], context: Context): -1 | 0 | 1 {
  let allowed: 0 | 1 = 0;
  for (const { allows, clauses } of statements) {
    if (allows && allowed === 1) continue;
    if (!clauses.every((clause) => holds(clause, context))) continue;
    if (!allows) return -1;
    allowed = 1;
  }
  return allowed;
}

function matchesResource({ resources }: Statement, resource: string): boolean {
  if (!resources) return true;
  return resources.patterns.some((pattern) => matchesPattern(pattern, resource)) !== resources.negated;
}

function matchesCaller({ principals }: Statement, caller: Caller): boolean {
  return !principals || isNamed(principals, caller) !== principals.negated;
}

function isNamed({ entries }: PrincipalBlock, { type, names }: Caller): boolean {
  return entries.some((entry) => {
    if (entry.value === '*') return entry.type === 'AWS' || entry.type === type;
    return entry.type === type && names.includes(entry.value);
  });
}
