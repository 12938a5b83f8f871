import { cpus, totalmem } from 'node:os';

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly median: string;
  readonly p99?: string;
  /** Compared with a peer of the same run. */
  readonly ratio?: string;
  readonly target?: string;
  readonly met?: boolean;
}

export interface Section {
  readonly title: string;
  /** What the first two columns of figures are, where they are no medians. */
  readonly heads?: readonly [string, string];
  /** What the column of ratios compares with. */
  readonly peer: string;
  readonly rows: Row[];
}

/** Ratios of one run by name, as budgets.json limits them. */
export type Ratios = Map<string, number>;

export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${memory} GB; Node ${process.version}, ${process.platform} ${process.arch}`;
}

/** The sections as Markdown tables. */
export function render(sections: readonly Section[]): string {
  return sections
    .map(({ title, heads = ['median', 'p99'], peer, rows }) => {
      const head = `## ${title}\n\n| | ${heads.join(' | ')} | ${peer} | target |\n|---|--:|--:|--:|---|`;
      const lines = rows.map(
        ({ what, median, p99 = '', ratio = '', target, met }) =>
          `| ${what} | ${median} | ${p99} | ${ratio} | ${target === undefined ? '' : `${target}: ${met ? 'met' : '**missed**'}`} |`,
      );
      return [head, ...lines].join('\n');
    })
    .join('\n\n');
}

/** The budgets that a run breaks; none on a healthy day, whatever the machine. */
export function overBudget(ratios: Ratios, budgets: Readonly<Record<string, number>>): readonly string[] {
  return Object.entries(budgets).flatMap(([name, limit]) => {
    const ratio = ratios.get(name);
    if (ratio === undefined) return [`${name}: not measured`];
    return ratio <= limit ? [] : [`${name}: ${ratio.toFixed(2)}, budget ${limit}`];
  });
}
