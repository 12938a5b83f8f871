/**
 * Snippets as editors know them: `$1` and `${1:word}` are stops, `${1|a,b|}` is a choice.
 * https://microsoft.github.io/language-server-protocol/specifications/lsp/3.18/specification/#snippet_syntax
 */

/**
 * A text as a snippet in which each of some words is a stop, the same one wherever it stands.
 * @param choices what to choose from for a word; plain words without commas and bars
 */
export function printSnippet(
  text: string,
  words: readonly string[],
  choices: Readonly<Record<string, readonly string[]>> = {},
): string {
  let snippet = '';
  let plain = 0;
  for (let at = 0; at < text.length; ) {
    const stop = words.findIndex((word) => word !== '' && text.startsWith(word, at));
    const word = words[stop];
    if (word === undefined) {
      at++;
      continue;
    }
    const choice = Object.hasOwn(choices, word) ? choices[word] : undefined;
    snippet += escapeSnippet(text.slice(plain, at));
    snippet += choice ? `\${${stop + 1}|${choice.join(',')}|}` : `\${${stop + 1}:${escapeSnippet(word)}}`;
    at += word.length;
    plain = at;
  }
  return snippet + escapeSnippet(text.slice(plain));
}

/** Text that holds no stop. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

const STOP = /\\.|\$(\d+)|\$\{(\d+)(?::([^}]*)|\|([^|]*)\|)?\}/g;

/** The stops of a snippet, counted on from others in front of it. */
export function shiftStops(snippet: string, by: number): string {
  if (by === 0) return snippet;
  return snippet.replace(STOP, (stop: string, bare?: string, braced?: string) => {
    const number = bare ?? braced;
    return number === undefined ? stop : stop.replace(number, String(Number(number) + by));
  });
}

/** What a snippet looks like before anything is filled in; the first of each choice. */
export function plainSnippet(snippet: string): string {
  return snippet.replace(STOP, (stop: string, _bare?: string, _braced?: string, word = '', choice = '') =>
    stop.startsWith('\\') ? stop.slice(1) : word || (choice.split(',')[0] ?? ''),
  );
}
