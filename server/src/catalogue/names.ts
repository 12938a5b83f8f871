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
  readonly prefix: string;
  readonly names: readonly string[];
  readonly lowerNames: readonly string[];
}

/** `services` come in the order of their ids and each with its names sorted, so answers need no sorting. */
export function createActionNames(services: readonly PackedTocService[]): ActionNames {
  const packed = new Map(services.map((service) => [service[0], service]));
  const split = new Map<string, ServiceNames>();
  const answers = new Map<string, readonly string[]>();

  function namesOf([prefix, , , , actions]: PackedTocService): ServiceNames {
    const known = split.get(prefix);
    if (known) return known;
    const list = (text: string): readonly string[] => (text === '' ? [] : text.split(' '));
    const fresh = { prefix, names: list(actions), lowerNames: list(actions.toLowerCase()) };
    split.set(prefix, fresh);
    return fresh;
  }

  function* matches(pattern: string): Generator<string> {
    // A star alone is the only pattern without a colon that IAM takes.
    const whole = /^\*+$/.test(pattern) ? '*:*' : pattern.toLowerCase();
    const colon = whole.indexOf(':');
    if (colon < 0) return;
    const prefix = whole.slice(0, colon);
    const test = compileWildcard(whole.slice(colon + 1));
    for (const service of hasWildcard(prefix) ? services.filter(prefixTest(prefix)) : one(packed.get(prefix))) {
      const { names, lowerNames } = namesOf(service);
      for (let index = 0; index < names.length; index++) {
        if (test(lowerNames[index] ?? '')) yield `${service[0]}:${names[index]}`;
      }
    }
  }

  return {
    expand(pattern) {
      const key = pattern.toLowerCase();
      const known = answers.get(key);
      if (known) return known;
      const answer = [...matches(key)];
      const oldest = answers.size >= KEPT_ANSWERS ? answers.keys().next().value : undefined;
      if (oldest !== undefined) answers.delete(oldest);
      answers.set(key, answer);
      return answer;
    },
    matchesAny(pattern) {
      const known = answers.get(pattern.toLowerCase());
      return known ? known.length > 0 : !matches(pattern).next().done;
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
