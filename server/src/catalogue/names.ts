/** Wildcards over the names of all actions, without opening a service. */
import { rememberTexts } from '../base/remember.ts';
import { compileWildcard, hasWildcard } from '../base/wildcard.ts';

/** How many answers are kept: an editor session asks for the same few patterns on every keystroke. */
const KEPT_ANSWERS = 256;

export interface ActionNames {
  readonly expand: (pattern: string) => readonly string[];
  readonly matchesAny: (pattern: string) => boolean;
}

interface ServiceNames {
  readonly prefix: string;
  /** Names with a blank between two; `lower` is the same text in lower case. */
  readonly names: string;
  readonly lower: string;
}

/**
 * `prefixes` and the lines of `actions` go together, in the order of the ids, so answers need no sorting. The names stay
 * one text per service: splitting 22,000 of them would cost more time and memory than all searches.
 */
export function createActionNames(prefixes: readonly string[], actions: string): ActionNames {
  const answerOf = rememberTexts<readonly string[]>({ texts: KEPT_ANSWERS });
  let services: ReadonlyMap<string, ServiceNames> | undefined;

  function openServices(): ReadonlyMap<string, ServiceNames> {
    const lower = actions.toLowerCase().split('\n');
    const lines = actions.split('\n').map((names, index): ServiceNames => {
      return { prefix: prefixes[index] ?? '', names, lower: lower[index] ?? '' };
    });
    return new Map(lines.map((line) => [line.prefix, line]));
  }

  /** Calls `found` for each match, until it answers false. */
  function search(pattern: string, found: (id: string) => boolean): void {
    // A star alone is the only pattern without a colon that IAM takes.
    const whole = /^\*+$/.test(pattern) ? '*:*' : pattern.toLowerCase();
    const colon = whole.indexOf(':');
    // No name holds a blank, but a piece with one would be found across two names.
    if (colon < 0 || whole.includes(' ')) return;
    const prefix = whole.slice(0, colon);
    services ??= openServices();
    const name = compileNamePattern(whole.slice(colon + 1));
    if (!hasWildcard(prefix)) {
      const service = services.get(prefix);
      if (service) searchService(service, name, found);
      return;
    }
    const takesPrefix = compileWildcard(prefix);
    for (const service of services.values()) {
      if (takesPrefix(service.prefix) && !searchService(service, name, found)) return;
    }
  }

  return {
    expand(pattern) {
      return answerOf(pattern.toLowerCase(), (key) => {
        const answer: string[] = [];
        search(key, (id) => answer.push(id) > 0);
        return answer;
      });
    },
    matchesAny(pattern) {
      let any = false;
      search(pattern, () => {
        any = true;
        return false;
      });
      return any;
    },
  };
}

interface NamePattern {
  /** The longest plain piece: only names that hold it are looked at. */
  readonly piece: string;
  /** Undefined when holding the piece is all it takes. */
  readonly test: ((name: string) => boolean) | undefined;
}

function compileNamePattern(pattern: string): NamePattern {
  const piece = pattern.split(/[*?]+/).reduce((longest, part) => (part.length > longest.length ? part : longest));
  return { piece, test: pattern.replace(/\*+/g, '*') === `*${piece}*` ? undefined : compileWildcard(pattern) };
}

/** Jumps from one occurrence of the piece to the next. False when `found` answered so. */
function searchService(
  { prefix, names, lower }: ServiceNames,
  { piece, test }: NamePattern,
  found: (id: string) => boolean,
): boolean {
  if (names === '') return true;
  if (piece === '') {
    return names.split(' ').every((name) => (test && !test(name)) || found(`${prefix}:${name}`));
  }
  let end = -1;
  for (let at = lower.indexOf(piece); at >= 0 && end < lower.length; at = lower.indexOf(piece, end + 1)) {
    const start = lower.lastIndexOf(' ', at) + 1;
    const blank = lower.indexOf(' ', at + piece.length);
    end = blank < 0 ? lower.length : blank;
    if ((!test || test(lower.slice(start, end))) && !found(`${prefix}:${names.slice(start, end)}`)) return false;
  }
  return true;
}
