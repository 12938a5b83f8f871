/** Wildcards over the names of all actions, without opening a service. */
import { compileWildcard, hasWildcard } from '../base/wildcard.ts';
import type { PackedTocService } from './packed.ts';

/** How many answers are kept: an editor session asks for the same few patterns on every keystroke. */
const KEPT_ANSWERS = 256;

export interface ActionNames {
  readonly expand: (pattern: string) => readonly string[];
  readonly matchesAny: (pattern: string) => boolean;
}

interface ServiceNames {
  /** All names in lower case, with blanks between. */
  readonly lower: string;
  readonly names: () => readonly string[];
  readonly lowerNames: () => readonly string[];
}

/** `services` come in the order of their ids and each with its names sorted, so answers need no sorting. */
export function createActionNames(services: readonly PackedTocService[]): ActionNames {
  const packed = new Map(services.map((service) => [service[0], service]));
  const split = new Map<string, ServiceNames>();
  const answers = new Map<string, readonly string[]>();

  function namesOf([prefix, , , , actions]: PackedTocService): ServiceNames {
    const known = split.get(prefix);
    if (known) return known;
    const lower = actions.toLowerCase();
    const fresh = { lower, names: splitOnce(actions), lowerNames: splitOnce(lower) };
    split.set(prefix, fresh);
    return fresh;
  }

  /** Calls `found` for each match, until it says stop. */
  function search(pattern: string, found: (prefix: string, name: string) => 'stop' | undefined): void {
    // A star alone is the only pattern without a colon that IAM takes.
    const whole = /^\*+$/.test(pattern) ? '*:*' : pattern.toLowerCase();
    const colon = whole.indexOf(':');
    if (colon < 0) return;
    const prefix = whole.slice(0, colon);
    const rest = whole.slice(colon + 1);
    const test = compileWildcard(rest);
    // Most services are ruled out by the longest plain piece of the pattern, long before any matching.
    const piece = rest.split(/[*?]+/).reduce((longest, part) => (part.length > longest.length ? part : longest));
    for (const service of hasWildcard(prefix) ? services.filter(prefixTest(prefix)) : one(packed.get(prefix))) {
      const { names, lower, lowerNames } = namesOf(service);
      if (!lower.includes(piece)) continue;
      const lowered = lowerNames();
      for (const [index, name] of names().entries()) {
        const candidate = lowered[index] ?? '';
        if (candidate.includes(piece) && test(candidate) && found(service[0], name) === 'stop') return;
      }
    }
  }

  return {
    expand(pattern) {
      const key = pattern.toLowerCase();
      const known = answers.get(key);
      if (known) return known;
      const answer: string[] = [];
      search(key, (prefix, name) => {
        answer.push(`${prefix}:${name}`);
        return undefined;
      });
      const oldest = answers.size >= KEPT_ANSWERS ? answers.keys().next().value : undefined;
      if (oldest !== undefined) answers.delete(oldest);
      answers.set(key, answer);
      return answer;
    },
    matchesAny(pattern) {
      const known = answers.get(pattern.toLowerCase());
      if (known) return known.length > 0;
      let any = false;
      search(pattern, () => {
        any = true;
        return 'stop';
      });
      return any;
    },
  };
}

function prefixTest(pattern: string): (service: PackedTocService) => boolean {
  const test = compileWildcard(pattern);
  return ([prefix]) => test(prefix);
}

function one<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function splitOnce(text: string): () => readonly string[] {
  let parts: readonly string[] | undefined;
  return () => {
    parts ??= text === '' ? [] : text.split(' ');
    return parts;
  };
}
