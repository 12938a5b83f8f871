/** What is left of a form whose first blanks the user has filled in. */
export interface Continuation {
  /** Where in what is typed it begins: behind the last blank that is filled in, and the marks that end it. */
  readonly start: number;
  readonly text: string;
}

/**
 * What follows in a form such as `repo:<organization>/<repository>:ref:refs/heads/main` once its first blanks are filled
 * in: `ref:refs/heads/main` behind `repo:acme/site:`. Undefined where nothing is filled in, or something else is typed.
 */
export function continueForm(form: string, typed: string): Continuation | undefined {
  let at = 0;
  let rest = form;
  let filled = false;
  for (;;) {
    const blank = /^<[^<>]+>/.exec(rest)?.[0];
    if (blank === undefined) {
      const [literal] = rest.split('<', 1);
      if (literal === undefined || literal === '') return undefined;
      if (typed.startsWith(literal, at)) {
        at += literal.length;
        rest = rest.slice(literal.length);
        continue;
      }
      if (!filled || !literal.startsWith(typed.slice(at))) return undefined;
      const marks = /^[^\w*{]*/.exec(typed.slice(at))?.[0].length ?? 0;
      return { start: at + marks, text: rest.slice(marks) };
    }
    if (at === typed.length) return filled ? { start: at, text: rest } : undefined;
    rest = rest.slice(blank.length);
    const end = rest === '' ? -1 : typed.indexOf(rest.charAt(0), at);
    if (end <= at) return undefined;
    at = end;
    filled = true;
  }
}
