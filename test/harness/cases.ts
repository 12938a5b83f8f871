import { readFileSync } from 'node:fs';

/**
 * A file of cases:
 *
 *     === what it shows (kind: trust, file: a.json, persona: auditor)
 *     { "Statement": … }
 *                    ^ error[effect-missing]: … +fix
 *     --- fixed
 *     { "Statement": … }
 *
 * Markers stand under the text and are compared 1:1 with all findings. `fixed` holds the text after the first fix of
 * the first finding that has one; `fixed: Title` after the fix of that title.
 */
export interface Case {
  readonly title: string;
  readonly options: Readonly<Record<string, string>>;
  readonly line: number;
  /** The policy with its markers. */
  readonly marked: string;
  readonly fixed: readonly { readonly title: string | undefined; readonly text: string }[];
}

export function readCases(path: string): readonly Case[] {
  const cases: Case[] = [];
  const blocks = readFileSync(path, 'utf8').split(/^=== /m);
  let line = (blocks[0]?.split('\n').length ?? 1) - 1;
  for (const block of blocks.slice(1)) {
    const at = line + 1;
    line += block.split('\n').length - 1;
    const [head = '', ...body] = block.split('\n');
    const parts = body.join('\n').split(/^--- /m);
    const options = /\(([^()]*:[^()]*)\)\s*$/.exec(head);
    cases.push({
      title: (options ? head.slice(0, options.index) : head).trim(),
      options: Object.fromEntries(
        (options?.[1] ?? '')
          .split(',')
          .filter(Boolean)
          .map((pair) => {
            const colon = pair.indexOf(':');
            return [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()];
          }),
      ),
      line: at,
      marked: trimEnd(parts[0] ?? ''),
      fixed: parts.slice(1).map((part) => {
        const end = part.indexOf('\n');
        const title = /^fixed:\s*(.+)$/.exec(part.slice(0, end))?.[1]?.trim();
        return { title, text: trimEnd(part.slice(end + 1)) };
      }),
    });
  }
  return cases;
}

/** One line feed at the end, whatever blank lines separate the cases. */
function trimEnd(text: string): string {
  return `${text.replace(/\s+$/, '')}\n`;
}
