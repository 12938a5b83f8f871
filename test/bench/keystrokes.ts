import { parse } from 'jsonc-parser';
import { DEFAULT_EDITOR_SETTINGS } from '../../server/src/lint/settings.ts';
import type { Analysis } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';
import { startJsonPeer } from './peers.ts';
import type { Ratios, Row, Section } from './report.ts';
import { type Package, startSession } from './server.ts';
import { letter, type Size, typeInto, typingPlace } from './texts.ts';
import { sayRatio, sayTime, summarize, type Times, timeEach } from './times.ts';

type Policies = readonly (readonly [Size, string])[];

/** Milliseconds at the 99th percentile that the analysis of a text may take. */
const ANALYSIS_P99: Partial<Readonly<Record<Size, number>>> = { '6 KB': 5, '20 KB': 15, '1 MB': 300 };
const KEYSTROKE_P99: Partial<Readonly<Record<Size, number>>> = { '6 KB': 50 };
const PARSE_RATIO = 6;
const FROM_PARSE_RATIO = 15_000;

function repeats({ length }: string): number {
  return length > 5_000_000 ? 3 : length > 500_000 ? 12 : length > 50_000 ? 40 : length > 10_000 ? 150 : 300;
}

const analyze = (text: string, previous?: Analysis): Analysis =>
  service.analyze({ path: 'policy.json', text }, undefined, previous);

/** Texts that differ by a letter. */
function typed(text: string): (run: number) => string {
  const variants = Array.from({ length: 26 }, (_, run) => typeInto(text, run));
  return (run) => variants[run % 26] ?? text;
}

/** Reading and judging a whole text in process, beside what others do with it. */
export async function measureTexts(policies: Policies, ratios: Ratios): Promise<Section> {
  const peer = startJsonPeer();
  const rows: Row[] = [];
  const before = new Map<string, { readonly length: number; readonly time: number }>();
  for (const [size, text] of policies) {
    const count = repeats(text);
    const variant = text.length < 2_000_000 ? typed(text) : (run: number) => typeInto(text, run);
    const plain = timeEach(count, (run) => JSON.parse(variant(run)));
    const parsed = timeEach(count, (run) => parse(variant(run)));
    const first = timeEach(count, (run) => analyze(variant(run)).findings);
    let previous: Analysis | undefined;
    const next = timeEach(count, (run) => {
      previous = analyze(variant(run), previous);
      return previous.findings;
    });
    const others: number[] = [];
    for (let run = -2; run < Math.min(count, 60); run++) {
      const start = performance.now();
      await peer.diagnose(variant(run + 2));
      if (run >= 0) others.push(performance.now() - start);
    }
    const ratio = (times: Times) => sayRatio(times.median / parsed.median);
    const row = (what: string, times: Times): Row => ({
      what: `${size}: ${what}`,
      median: sayTime(times.median),
      p99: sayTime(times.p99),
      ratio: ratio(times),
    });
    rows.push(row('`JSON.parse`', plain));
    rows.push(row('jsonc-parser', parsed));
    rows.push(row('vscode-json-languageservice, diagnostics', summarize(others)));
    const goals = (what: string, { median, p99 }: Times): Pick<Row, 'target' | 'met'> => {
      const all: Goal[] = [];
      const limit = ANALYSIS_P99[size];
      if (limit !== undefined) all.push({ target: `p99 under ${limit} ms`, met: p99 < limit });
      if (text.length < FROM_PARSE_RATIO) return joined(all);
      const value = median / parsed.median;
      ratios.set(`${what} of ${size}, of jsonc-parser`, value);
      all.push({ target: `at most ${PARSE_RATIO} × the parser`, met: value <= PARSE_RATIO });
      const smaller = before.get(what);
      before.set(what, { length: text.length, time: median });
      if (!smaller) return joined(all);
      const growth = (median / smaller.time) ** (1 / Math.log2(text.length / smaller.length));
      all.push({ target: `at most 2.3 × for twice the text (${growth.toFixed(2)})`, met: growth <= 2.3 });
      return joined(all);
    };
    rows.push({ ...row('**first analysis**', first), ...goals('first analysis', first) });
    rows.push({ ...row('**analysis after a keystroke**', next), ...goals('analysis after a keystroke', next) });
  }
  return { title: 'Reading and judging a text', peer: 'of jsonc-parser', rows };
}

interface Goal {
  readonly target: string;
  readonly met: boolean;
}

function joined(goals: readonly Goal[]): Pick<Row, 'target' | 'met'> {
  if (goals.length === 0) return {};
  const missed = goals.filter(({ met }) => !met);
  const shown = missed.length > 0 ? missed : goals;
  return { target: shown.map(({ target }) => target).join('; '), met: missed.length === 0 };
}

/** What an editor asks for beside the diagnostics, in process and with the text already read. */
export async function measureFeatures(policies: Policies, ratios: Ratios): Promise<Section> {
  const text = policies.find(([size]) => size === '6 KB')?.[1] ?? '';
  const offset = typingPlace(text);
  const at = { start: offset, end: offset };
  const whole = { start: 0, end: text.length };
  const { lens, ...hints } = DEFAULT_EDITOR_SETTINGS;
  const works: Readonly<Record<string, (analysis: Analysis) => unknown>> = {
    'completion in an action': (analysis) => service.complete(analysis, offset),
    'hover of an action': (analysis) => service.hover(analysis, offset),
    'code actions: fixes': (analysis) => service.fixesAt(analysis, at),
    'code actions: rewrites': (analysis) => service.rewritesAt(analysis, at),
    'all lenses, with their words': (analysis) => service.lenses(analysis, lens).map((one) => service.sayLens(one)),
    'all inlay hints': (analysis) => service.hints(analysis, whole, hints),
    'all semantic tokens': (analysis) => service.tokens(analysis),
    'all symbols': (analysis) => service.symbols(analysis),
    'all document links': (analysis) => service.links(analysis),
    'all folding ranges': (analysis) => service.foldings(analysis),
  };
  const variant = typed(text);
  const peer = startJsonPeer();
  const peerTimes = async (ask: (text: string) => Promise<void>): Promise<Times> => {
    const values: number[] = [];
    for (let run = -10; run < 40; run++) {
      const start = performance.now();
      await ask(variant(run + 10));
      if (run >= 0) values.push(performance.now() - start);
    }
    return summarize(values);
  };
  const hover = await peerTimes((one) => peer.hover(one, offset));
  const complete = await peerTimes((one) => peer.complete(one, offset));
  const rows = Object.entries(works).map(([what, work]): Row => {
    const values: number[] = [];
    for (let run = -10; run < 40; run++) {
      const analysis = analyze(variant(run + 10));
      analysis.findings;
      const start = performance.now();
      work(analysis);
      if (run >= 0) values.push(performance.now() - start);
    }
    const times = summarize(values);
    ratios.set(`6 KB: ${what}, of the JSON service's hover`, times.median / hover.median);
    return {
      what,
      median: sayTime(times.median),
      p99: sayTime(times.p99),
      ratio: sayRatio(times.median / hover.median),
      target: 'p99 under 10 ms',
      met: times.p99 < 10,
    };
  });
  const peerRow = (what: string, times: Times): Row => ({
    what,
    median: sayTime(times.median),
    p99: sayTime(times.p99),
    ratio: sayRatio(times.median / hover.median),
  });
  rows.push(peerRow('vscode-json-languageservice: parse and hover', hover));
  rows.push(peerRow('vscode-json-languageservice: parse and completion', complete));
  return { title: 'Help in a policy of 6 KB', peer: 'of the JSON service’s hover', rows };
}

/** Through the server and its pipe, as an editor sees it. */
export async function measureKeystrokes({ server }: Package, policies: Policies): Promise<Section> {
  const rows: Row[] = [];
  for (const [size, text] of policies) {
    const session = await startSession(server);
    const keys: number[] = [];
    const asked = { hover: [] as number[], completion: [] as number[], codeAction: [] as number[] };
    const place = typingPlace(text);
    const count = Math.min(repeats(text), 100);
    await session.open(typeInto(text, 0));
    for (let run = -2; run < count; run++) {
      const time = await session.type(place, place + 1, letter(run + 3));
      if (run >= 0) keys.push(time);
      for (const method of ['hover', 'completion', 'codeAction'] as const) {
        const answer = await session.ask(`textDocument/${method}`, place);
        if (run >= 0) asked[method].push(answer);
      }
    }
    await session.end();
    const row = (what: string, values: readonly number[]): Row => {
      const { median, p99 } = summarize(values);
      return { what: `${size}: ${what}`, median: sayTime(median), p99: sayTime(p99) };
    };
    const limit = KEYSTROKE_P99[size];
    const goal = limit !== undefined && { target: `p99 under ${limit} ms`, met: summarize(keys).p99 < limit };
    rows.push({ ...row('**keystroke to diagnostics**', keys), ...(goal || {}) });
    rows.push(row('hover', asked.hover), row('completion', asked.completion), row('code actions', asked.codeAction));
  }
  return { title: 'Through the server (25 ms of waiting for the next key included)', peer: ' ', rows };
}
