/** How long something took, each time it was done. */
export interface Times {
  readonly median: number;
  /** The longest of fewer than a hundred. */
  readonly p99: number;
  readonly count: number;
}

export function summarize(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99), count: sorted.length };
}

/** Does something so many times, after half as many times to warm up. */
export function timeEach(count: number, work: (run: number) => void): Times {
  const values: number[] = [];
  const warm = Math.ceil(count / 2);
  for (let run = 0; run < warm + count; run++) {
    const start = performance.now();
    work(run);
    if (run >= warm) values.push(performance.now() - start);
  }
  return summarize(values);
}

export const sayTime = (value: number): string =>
  `${value < 1 ? value.toFixed(2) : value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;

export const sayRatio = (value: number): string => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ×`;

export const sayMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

export const sayKilobytes = (bytes: number): string => `${Math.round(bytes / 1024).toLocaleString('en')} KB`;

export function median(values: readonly number[]): number {
  return summarize(values).median;
}
