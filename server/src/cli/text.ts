import { visible } from '../base/quote.ts';
import { type Analysis, type Finding, type Judge, type Range, type Severity, titleOf } from '../judge.ts';

/** Paints a text; the names say what for. */
export type Paint = (style: Severity | 'path' | 'faint', text: string) => string;

const CODES = { error: 31, warning: 33, info: 34, hint: 36, path: 1, faint: 2 } as const;

export const PLAIN: Paint = (_style, text) => text;
export const COLOURED: Paint = (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m`;

/** The most of a source line that is shown; of longer ones, such as minified policies, the part around the finding. */
const WIDTH = 110;

/** A finding as a good compiler prints it: where and what, the line it is about, what else matters, how to fix it. */
export function renderFinding(judge: Judge, name: string, analysis: Analysis, finding: Finding, paint: Paint): string {
  const where = (range: Range) => `${showName(name)}:${range.start.line + 1}:${range.start.character + 1}`;
  const range = judge.range(analysis, finding.span);
  const label = `${finding.severity}[${finding.rule}]`;
  const gutter = String(range.start.line + 1);
  const margin = ' '.repeat(gutter.length);
  const { line, carets } = excerpt(analysis, range);
  const rows = [
    `${paint('path', where(range))} ${paint(finding.severity, label)} ${finding.message}`,
    `${paint('faint', `${gutter} |`)} ${line}`,
    `${paint('faint', `${margin} |`)} ${paint(finding.severity, carets)}`,
    ...finding.related.map(({ span, message }) => `${margin} see ${where(judge.range(analysis, span))} ${message}`),
    ...finding.fixes().map((fix) => `${margin} fix: ${titleOf(fix)}`),
  ];
  return `${withoutOrders(rows.join('\n'))}\n`;
}

/**
 * The name of a file as a line may begin with it. GitHub takes orders from lines that begin with two colons.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function showName(name: string): string {
  return withoutOrders(visible(name).replace(/^(?=\s*::)/, './'));
}

/**
 * Build servers take orders from what stands behind two number signs: `##vso[task.setvariable …]`.
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
 */
function withoutOrders(text: string): string {
  return text.replaceAll('##', '#\ufffd');
}

/** The line on which a range starts, and carets under the part of the range that is on it. */
function excerpt(
  { input, lines }: Analysis,
  { start, end }: Range,
): { readonly line: string; readonly carets: string } {
  const from = lines.starts[start.line] ?? 0;
  const source = input.text
    .slice(from, lines.starts[start.line + 1] ?? input.text.length)
    .replace(/(?<![\r\n])[\r\n]+$/, '');
  const last = end.line > start.line ? source.length : Math.min(end.character, source.length);
  const first = Math.min(start.character, source.length);
  // Keep room on both sides of what is marked; what is marked may itself be cut.
  const room = Math.max(10, Math.floor((WIDTH - (last - first)) / 2));
  const left = source.length <= WIDTH ? 0 : Math.max(0, Math.min(first - room, source.length - WIDTH));
  const right = Math.min(source.length, left + WIDTH);
  const before = (left > 0 ? '…' : '') + cells(source.slice(left, first));
  const marked = cells(source.slice(first, Math.min(last, right)));
  const after = cells(source.slice(Math.min(last, right), right)) + (right < source.length ? '…' : '');
  return {
    line: before + marked + after,
    carets: ' '.repeat(widthOf(before)) + '^'.repeat(Math.max(1, widthOf(marked))),
  };
}

/** One tab is two blanks, and nothing that a terminal would obey gets through. */
function cells(text: string): string {
  return visible(text.replaceAll('\t', '  '));
}

// Scripts whose characters fill two cells of a terminal. Beyond the first plane nearly everything does.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    width += character.length > 1 || WIDE.test(character) ? 2 : /\p{M}/u.test(character) ? 0 : 1;
  }
  return width;
}
