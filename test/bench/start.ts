import type { Ratios, Row, Section } from './report.ts';
import { type Package, startSession, timeRun } from './server.ts';
import { SMALL } from './texts.ts';
import { sayRatio, sayTime, summarize } from './times.ts';

/** From spawning a process to what its user waits for. */
export async function measureStart(
  { cli, server }: Package,
  file: string,
  runs: number,
  ratios: Ratios,
): Promise<Section> {
  const bare: number[] = [];
  const once: number[] = [];
  const diagnostics: number[] = [];
  const completion: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const times = [await timeRun(['-e', '0']), await timeRun([cli, 'lint', file])] as const;
    const start = performance.now();
    const session = await startSession(server);
    await session.open(SMALL);
    const shown = performance.now() - start;
    await session.ask('textDocument/completion', SMALL.indexOf('GetObject') + 3);
    const completed = performance.now() - start;
    await session.end();
    // The first run of all warms the caches of the system.
    if (run === 0) continue;
    bare.push(times[0]);
    once.push(times[1]);
    diagnostics.push(shown);
    completion.push(completed);
  }
  const base = summarize(bare);
  const row = (what: string, values: readonly number[], limit?: number): Row => {
    const times = summarize(values);
    const ratio = times.median / base.median;
    ratios.set(`start: ${what}`, ratio);
    return {
      what,
      median: sayTime(times.median),
      p99: sayTime(times.p99),
      ratio: sayRatio(ratio),
      ...(limit !== undefined && { target: `under ${limit} ×`, met: ratio < limit }),
    };
  };
  return {
    title: 'Start',
    peer: 'of bare Node',
    rows: [
      { what: 'bare Node: `node -e 0`', median: sayTime(base.median), p99: sayTime(base.p99) },
      row('command line: spawn to findings and exit', once, 2),
      row('server: spawn to first diagnostics', diagnostics, 2),
      row('server: spawn to first completion', completion),
    ],
  };
}
