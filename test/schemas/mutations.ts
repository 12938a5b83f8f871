/** What goes wrong in policies, made on purpose: every single mistake at every place, and many pairs of them. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type Path = readonly (string | number)[];

/** Values of every type, to stand where another belongs. */
const VALUES: readonly Json[] = [
  null,
  true,
  7,
  '',
  'text',
  '*',
  [],
  ['text'],
  ['*', 7],
  [['text']],
  {},
  { AWS: '*' },
  [{}],
];

/** How many pairs of mistakes are tried. */
const PAIRS = 300;

/**
 * All documents that are one mistake away from a good one (a member dropped, renamed, added, or its value replaced by
 * one of another type), then some that are two away. The same for every run.
 */
export function mutate(document: object): readonly unknown[] {
  const source = document as Json;
  const single = mistakes(source);
  const pairs: Json[] = [];
  const random = createRandom(20121017);
  for (let count = 0; count < PAIRS; count++) {
    const first = pick(single, random);
    // Most of the mistakes leave an object; a second one is made in what is left.
    if (first !== undefined) pairs.push(pick(mistakes(first), random) ?? first);
  }
  return [...single, ...pairs].filter(isObject);
}

/** A document that is no object is not a policy at all. */
function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mistakes(document: Json): readonly Json[] {
  const found: Json[] = [];
  for (const path of pathsOf(document, [])) {
    const value = at(document, path);
    if (path.length > 0) for (const other of VALUES) found.push(replace(document, path, () => other));
    if (!isObject(value)) continue;
    const members = Object.entries(value as { readonly [name: string]: Json });
    const rebuild = (entries: readonly (readonly [string, Json])[]): number =>
      found.push(replace(document, path, () => Object.fromEntries(entries)));
    for (const [name, held] of members) {
      const others = members.filter(([other]) => other !== name);
      rebuild(others);
      for (const wrong of [`${name}s`, name.toLowerCase(), `Not${name}`, 'Remark']) {
        rebuild(members.map(([other, kept]) => [other === name ? wrong : other, kept]));
        rebuild([...members, [wrong, held]]);
      }
    }
  }
  return found;
}

function pathsOf(value: Json, path: Path): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inner = Object.entries(value).flatMap(([name, held]: [string, Json]) =>
    pathsOf(held, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [path, ...inner];
}

function at(value: Json, path: Path): Json {
  let found = value;
  for (const step of path) found = (found as Readonly<Record<string | number, Json>>)[step] ?? null;
  return found;
}

function replace(value: Json, [step, ...rest]: Path, change: (value: Json) => Json): Json {
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: Json, index) => (index === step ? replace(item, rest, change) : item));
  return Object.fromEntries(
    Object.entries(value as { readonly [name: string]: Json }).map(([name, held]) => [
      name,
      name === step ? replace(held, rest, change) : held,
    ]),
  );
}

/** A linear congruential generator: good enough to choose, and the same everywhere. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}
