/** Texts of a document among words of our own. */

/** Longer texts are cut. */
const MOST = 500;

/** A text as part of a sentence, whatever it holds: visible, and not endless. */
export function quote(text: string, most = MOST): string {
  if (text.length <= most) return visible(text);
  // Half a character would be none.
  return `${visible(text.slice(0, most).replace(/[\ud800-\udbff]$/, ''))}…`;
}

// Control characters, line breaks among them, and those that turn the direction of writing or cannot be seen.
const UNPRINTABLE = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * A text for a notification, in which editors make links of `[words](address)`, links that run commands among them.
 * https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function unlinked(text: string): string {
  return visible(text).replaceAll('](', '] (');
}

/** The text without what would steer a terminal, begin a line or make what stands behind it look like something else. */
export function visible(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}
