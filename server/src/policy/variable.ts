/**
 * A policy variable in a text: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, or an escape such as `${*}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export interface PolicyVariable {
  /** Of the dollar sign, in the text. */
  readonly start: number;
  readonly end: number;
  /** The condition key, or `*`, `?`, `$` for an escape. */
  readonly key: string;
  readonly escape: boolean;
  /** The default value without its quotation marks. */
  readonly fallback: string | undefined;
}

const VARIABLE = /\$\{\s*([*?$]|[A-Za-z][\w.\-/]*:(?!:)[^}',]*?)\s*(?:,\s*'([^'}]*)'\s*)?\}/g;

export function findVariables(text: string): readonly PolicyVariable[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(VARIABLE), (match) => {
    const key = match[1] ?? '';
    return {
      start: match.index,
      end: match.index + match[0].length,
      key,
      escape: key.length === 1,
      fallback: match[2],
    };
  });
}

/** The text with every variable replaced by `*`, to compare it as a pattern; escapes become the character they stand for. */
export function variablesAsWildcards(text: string): string {
  if (!text.includes('${')) return text;
  let result = '';
  let at = 0;
  for (const variable of findVariables(text)) {
    result += `${text.slice(at, variable.start)}${variable.escape ? variable.key : '*'}`;
    at = variable.end;
  }
  return result + text.slice(at);
}
