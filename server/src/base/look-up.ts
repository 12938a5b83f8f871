/** What a table says of a name that stands in a document: nothing of `constructor`, which every object knows. */
export function lookUp<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
