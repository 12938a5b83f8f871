import { service } from '../harness/data.ts';
import { DIMENSIONS } from './dimensions.ts';
import type { Ratios, Row, Section } from './report.ts';
import { sayTime } from './times.ts';

const LIMIT = 2.3;
/** Doublings whose texts take less than this are told by noise. */
const LEAST_MS = 8;

/** Time for twice as much of one thing. The best of several runs: what else the machine does is not the question. */
export function measureGrowth(short: boolean, ratios: Ratios): Section {
  const rows = DIMENSIONS.map(({ name, from, to, make }): Row => {
    const growths: number[] = [];
    let before: number | undefined;
    let last = 0;
    for (let count = from; count <= (short ? to / 4 : to); count *= 2) {
      last = bestTime(make(count));
      if (before !== undefined && before >= LEAST_MS) growths.push(last / before);
      before = last;
    }
    const worst = Math.max(1, ...growths);
    // One step by itself is often the collector of garbage; the mean over all of them is not.
    const mean = growths.reduce((product, one) => product * one, 1) ** (1 / Math.max(1, growths.length));
    ratios.set(`twice as many ${name}`, mean);
    return {
      what: name,
      median: sayTime(last),
      p99: growths.map((one) => one.toFixed(2)).join(' '),
      ratio: mean.toFixed(2),
      target: `none above ${LIMIT}`,
      met: worst <= LIMIT,
    };
  });
  return {
    title: 'Twice as much of one thing',
    heads: ['the largest text', 'ratio of each doubling'],
    peer: 'mean',
    rows,
  };
}

function bestTime(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  let spent = 0;
  for (let run = 0; run < 8 && (run < 3 || spent < 600); run++) {
    const start = performance.now();
    service.analyze({ path: 'policy.json', text: text + ' '.repeat(run) }).findings;
    const time = performance.now() - start;
    best = Math.min(best, time);
    spent += time;
  }
  return best;
}
