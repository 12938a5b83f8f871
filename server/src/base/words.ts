/** `a`, `a and b`, `a, b and c`; with more than `max` items, `a, b and 3 more`. */
export function joinWords(
  items: readonly string[],
  word: 'and' | 'or' = 'and',
  max = Number.POSITIVE_INFINITY,
): string {
  const shown = items.length > max ? items.slice(0, max - 1) : items;
  const all = shown.length < items.length ? [...shown, `${items.length - shown.length} more`] : shown;
  const last = all.at(-1) ?? '';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** `12,345`. Not `toLocaleString`, whose first call loads the locales of the world: 40 milliseconds, and memory. */
export function sayNumber(count: number): string {
  if (count < 1000) return String(count);
  return `${sayNumber(Math.floor(count / 1000))},${String(count % 1000).padStart(3, '0')}`;
}
