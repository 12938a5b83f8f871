// npm run fuzz [-- --cases N] [--seed S] [--from I] [--fixtures]: the engine with texts nobody has seen before, or with
// every beginning of every fixture and every fixture without one of its characters. Some are edited as well, as a client
// does it. Ends with 1 at the first text that makes the engine throw, answer outside the text, answer otherwise than of a
// fresh reading, or take longer than a deadline; prints how to have it again.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readFixtures, variantsOf } from './fixtures.ts';
import { generate } from './generate.ts';
import { probe } from './probe.ts';
import { probeEdits } from './probe-edits.ts';
import { createRandom } from './texts.ts';

/** A single text may take so long, on a busy machine too. */
const DEADLINE_MS = 10_000;
/** How often a worker says where it is. */
const REPORTED_MS = 1000;
/** One text of so many is edited, and so many messages long. */
const EDITED_EVERY = 10;
const MESSAGES = 6;

interface Range {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly fixtures: boolean;
}

type Message = { readonly at: number } | { readonly failed: number; readonly why: string };

function work({ seed, from, to, step, fixtures }: Range, tell: (message: Message) => void): void {
  const variants = fixtures ? variantsOf(readFixtures()) : undefined;
  let told = Number.NEGATIVE_INFINITY;
  for (let index = from; index < to; index += step) {
    if (performance.now() - told > REPORTED_MS) {
      tell({ at: index });
      told = performance.now();
    }
    try {
      const start = performance.now();
      const text = variants ? variants.at(index) : generate(seed, index);
      probe(text, index);
      if (index % EDITED_EVERY === 0) probeEdits(text, createRandom(index), MESSAGES);
      const took = performance.now() - start;
      if (took > DEADLINE_MS) throw new Error(`took ${took.toFixed(0)} ms`);
    } catch (error) {
      tell({ failed: index, why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
      return;
    }
  }
}

function supervise(range: Range): Promise<boolean> {
  return new Promise((resolve) => {
    const child = fork(__filename, [JSON.stringify(range)]);
    let at = range.from;
    let failed = false;
    let alarm: NodeJS.Timeout | undefined;
    const report = (index: number, why: string): void => {
      failed = true;
      console.error(`Case ${index} failed: ${why}`);
      const which = range.fixtures ? '--fixtures' : `--seed ${range.seed}`;
      console.error(`Again: npm run fuzz -- ${which} --from ${index} --cases 1`);
    };
    const wind = (): void => {
      clearTimeout(alarm);
      alarm = setTimeout(() => {
        report(at, 'no answer for a minute; it is this one or one that came within a second after it');
        child.kill('SIGKILL');
      }, 60_000 + DEADLINE_MS);
    };
    wind();
    child.on('message', (message: Message) => {
      wind();
      if ('failed' in message) report(message.failed, message.why);
      else at = message.at;
    });
    child.on('exit', (code) => {
      clearTimeout(alarm);
      if (code !== 0 && !failed) report(at, `the process ended with ${code}`);
      resolve(!failed);
    });
  });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      fixtures: { type: 'boolean', default: false },
    },
  });
  const whole = (text: string | undefined, otherwise: number): number => {
    const value = text === undefined ? otherwise : Number(text);
    if (!Number.isSafeInteger(value) || value < 0) throw new Error(`not a whole number: ${text}`);
    return value;
  };
  const { fixtures } = values;
  const seed = whole(values.seed, 20_121_017);
  const from = whole(values.from, 0);
  const cases = whole(values.cases, fixtures ? variantsOf(readFixtures()).count - from : 100_000);
  const start = performance.now();
  const step = Math.min(availableParallelism(), cases);
  const good = await Promise.all(
    Array.from({ length: step }, (_, first) =>
      supervise({ seed, from: from + first, to: from + cases, step, fixtures }),
    ),
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  const what = fixtures ? 'the fixtures' : `seed ${seed}`;
  if (good.every(Boolean)) console.log(`${cases.toLocaleString('en')} cases of ${what} passed in ${seconds} s.`);
  else process.exitCode = 1;
}

const [range] = process.argv.slice(2);
if (process.send && range !== undefined) {
  work(JSON.parse(range), (message) => process.send?.(message));
  process.disconnect();
} else {
  main().catch((error: unknown) => {
    console.error(`npm run fuzz: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 2;
  });
}
