// npm run bench: how long things take, next to what they are measured by. Prints; never fails on a slow machine.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { DEFAULT_EDITOR_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Analysis } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';
import { buildPackage, type Package, startSession, timeRun } from './server.ts';
import { makePolicies, median, SMALL } from './texts.ts';

const STARTS = 15;

interface Row {
  readonly what: string;
  readonly value: string;
  readonly target?: string;
  readonly met?: boolean;
}

function tell({ what, value, target, met }: Row): void {
  const verdict = target === undefined ? '' : `   ${met ? 'met' : 'MISSED'}: ${target}`;
  console.log(`${what.padEnd(68)}  ${value}${verdict}`);
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

async function measureStart({ cli, server }: Package, file: string): Promise<void> {
  const bare: number[] = [];
  const once: number[] = [];
  const diagnostics: number[] = [];
  const completion: number[] = [];
  const memory: number[] = [];
  for (let run = 0; run <= STARTS; run++) {
    const times = [await timeRun(['-e', '0']), await timeRun([cli, 'lint', file])] as const;
    const start = performance.now();
    const session = await startSession(server);
    await session.show(SMALL);
    const shown = performance.now() - start;
    await session.ask('textDocument/completion', SMALL.indexOf('GetObject') + 3).catch(() => undefined);
    const completed = performance.now() - start;
    const resident = session.memory();
    await session.end();
    // The first run of all warms the caches of the system.
    if (run === 0) continue;
    bare.push(times[0]);
    once.push(times[1]);
    diagnostics.push(shown);
    completion.push(completed);
    if (resident !== undefined) memory.push(resident);
  }
  const base = median(bare);
  const add = (what: string, values: readonly number[], isTarget: boolean): void => {
    const ratio = median(values) / base;
    const value = `${ms(median(values))} (${ratio.toFixed(2)} × bare node)`;
    tell({ what, value, ...(isTarget && { target: '< 3 × bare node', met: ratio < 3 }) });
  };
  tell({ what: 'start: node -e 0', value: ms(base) });
  add('start: command line, first diagnostics and exit', once, true);
  add('start: language server, first diagnostics', diagnostics, true);
  add('start: language server, first completion', completion, false);
  if (memory.length > 0) tell({ what: 'memory: language server, small policy', value: megabytes(median(memory)) });
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(0)} MB`;

/** The text with another letter typed into an action in its middle, different each time. */
function typeInto(text: string, run: number): string {
  const at = text.indexOf(':', text.indexOf('"Action"', text.length >> 1) + 10) + 2;
  return `${text.slice(0, at)}${String.fromCharCode(97 + (run % 26))}${text.slice(at)}`;
}

function repeat(text: string): number {
  return text.length > 500_000 ? 9 : text.length > 50_000 ? 25 : 100;
}

function timeEach(text: string, work: (text: string) => void): number {
  const times: number[] = [];
  const count = repeat(text);
  for (let run = 0; run < count * 1.5; run++) {
    const typed = typeInto(text, run);
    const start = performance.now();
    work(typed);
    // The first third is for the compiler to warm up.
    if (run >= count / 2) times.push(performance.now() - start);
  }
  return median(times);
}

/** What an editor asks for after a keystroke, for the whole text: words above and inside it, and its colours. */
function measureShown(size: string, text: string): void {
  const { lens, ...others } = DEFAULT_EDITOR_SETTINGS;
  const whole = { start: 0, end: text.length };
  const works = {
    lenses: (analysis: Analysis) => service.lenses(analysis, lens).map((one) => service.sayLens(one)),
    hints: (analysis: Analysis) => service.hints(analysis, whole, others),
    tokens: (analysis: Analysis) => service.tokens(analysis),
  };
  for (const [what, work] of Object.entries(works)) {
    const times: number[] = [];
    for (let run = 0; run < 15; run++) {
      const analysis = service.analyze({ path: 'policy.json', text: typeInto(text, run) });
      const start = performance.now();
      work(analysis);
      times.push(performance.now() - start);
    }
    const time = median(times);
    const isTarget = size.startsWith('6 KB');
    tell({ what: `${size}: all ${what}`, value: ms(time), ...(isTarget && { target: '< 10 ms', met: time < 10 }) });
  }
}

async function measureKeystrokes({ server }: Package): Promise<void> {
  const inProcess = new Map<string, number>();
  for (const [name, text] of makePolicies()) {
    const own = timeEach(text, (typed) => service.analyze({ path: 'policy.json', text: typed }).findings);
    inProcess.set(name, own);
    const parser = timeEach(text, (typed) => parse(typed));
    const session = await startSession(server);
    const through: number[] = [];
    const hover: number[] = [];
    const completion: number[] = [];
    const offset = text.indexOf('"Action"', text.length >> 1) + 16;
    for (let run = 0; run <= repeat(text); run++) {
      const time = await session.show(typeInto(text, run));
      if (run === 0) continue;
      through.push(time);
      hover.push(await session.ask('textDocument/hover', offset).catch(() => Number.NaN));
      completion.push(await session.ask('textDocument/completion', offset).catch(() => Number.NaN));
    }
    const resident = session.memory();
    await session.end();
    const size = `${name} (${text.length.toLocaleString('en')} characters)`;
    tell({ what: `${size}: jsonc-parser alone`, value: ms(parser) });
    const target = name === '6 KB' ? 5 : name === '1 MB' ? 300 : undefined;
    tell({
      what: `${size}: keystroke to findings, in process`,
      value: `${ms(own)} (${(own / parser).toFixed(1)} × jsonc-parser)`,
      ...(target !== undefined && { target: `< ${target} ms`, met: own < target }),
    });
    tell({ what: `${size}: keystroke to diagnostics, through the server`, value: ms(median(through)) });
    measureShown(size, text);
    tell({ what: `${size}: hover, completion`, value: `${ms(median(hover))}, ${ms(median(completion))}` });
    if (resident !== undefined) tell({ what: `${size}: memory of the server`, value: megabytes(resident) });
  }
  const [small = Number.NaN, large = Number.NaN] = [inProcess.get('131 KB'), inProcess.get('1 MB')];
  const growth = large / small;
  tell({
    what: 'time from 131 KB to 1 MB (7.6 × the text)',
    value: `${growth.toFixed(1)} ×`,
    target: 'linear: < 11 ×',
    met: growth < 11,
  });
}

async function run(): Promise<void> {
  const pack = await buildPackage();
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  try {
    const file = join(folder, 'policy.json');
    writeFileSync(file, SMALL);
    await measureStart(pack, file);
    await measureKeystrokes(pack);
  } finally {
    pack.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
