export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export function list(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return [value].flat().flatMap((one) => (typeof one === 'object' ? [] : [String(one)]));
}

/** What `${*}`, `${?}` and `${$}` become: characters that stand for themselves. */
const LITERAL: Readonly<Record<string, string>> = { '*': '\ue000', '?': '\ue001', $: '\ue002' };

/** A text with its policy variables filled in, the same way everywhere. */
export function fillVariables(text: string): string {
  return text
    .replace(/\$\{([*?$])\}/g, (_, sign: string) => LITERAL[sign] ?? sign)
    .replace(/\$\{([a-z0-9-]+:[^}*?]*)\}/gi, (_, name: string) => `var-${name.toLowerCase().replace(/[^a-z]+/g, '-')}`);
}

/** A text that is compared as it stands. */
export function plain(text: string): string {
  return text.replaceAll('\ue000', '*').replaceAll('\ue001', '?').replaceAll('\ue002', '$');
}

/** Texts that a pattern matches, nothing in place of `*` among them. */
export function filled(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [plain(pattern)];
  return ['x', 'x/y', '', 'x:y'].map((fill) => plain(pattern.replaceAll('*', fill).replaceAll('?', 'q')));
}

const TESTS = new Map<string, RegExp>();

/** Letter case counts. */
export function matchesPattern(pattern: string, text: string): boolean {
  let test = TESTS.get(pattern);
  if (!test) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.');
    test = new RegExp(`^${plainForTest(source)}$`, 's');
    if (TESTS.size > 20_000) TESTS.clear();
    TESTS.set(pattern, test);
  }
  return test.test(text);
}

function plainForTest(source: string): string {
  return source.replaceAll('\ue000', '\\*').replaceAll('\ue001', '\\?').replaceAll('\ue002', '\\$');
}

/** At most so many of a list, from all over it. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as T);
}

export function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
