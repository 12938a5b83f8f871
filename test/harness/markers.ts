import { positionAt } from '../../server/src/base/lines.ts';
import type { Finding } from '../../server/src/rules/define.ts';
import type { Analysis } from '../../server/src/service.ts';

const MARKER = /^\s*[\^~]+ (error|warning|info|hint)\[/;

/** The policy without its marker lines. No line of JSON starts with `^` or `~`. */
export function unmark(marked: string): string {
  return marked
    .split('\n')
    .filter((line) => !MARKER.test(line))
    .join('\n');
}

/** The policy with a marker under the line on which each finding starts; `~` says that it goes on below. */
export function mark(analysis: Analysis): string {
  const lines = analysis.input.text.split('\n');
  const under = new Map<number, string[]>();
  for (const finding of analysis.findings) {
    const start = positionAt(analysis.lines, finding.span.start);
    const list = under.get(start.line) ?? [];
    under.set(start.line, list);
    list.push(renderMarker(analysis, finding, lines[start.line] ?? ''));
  }
  return lines.flatMap((line, index) => [line, ...(under.get(index) ?? [])]).join('\n');
}

function renderMarker(analysis: Analysis, finding: Finding, line: string): string {
  const start = positionAt(analysis.lines, finding.span.start);
  const end = positionAt(analysis.lines, finding.span.end);
  const goesOn = end.line > start.line;
  const width = Math.max(1, (goesOn ? line.length : end.character) - start.character);
  const padding = line.slice(0, start.character).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(goesOn ? Math.max(1, width - 1) : width) + (goesOn ? '~' : '');
  const fix = finding.fixes().length > 0 ? ' +fix' : '';
  return `${padding}${carets} ${finding.severity}[${finding.rule}]: ${finding.message}${fix}`;
}
