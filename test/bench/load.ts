import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { service } from '../harness/data.ts';
import type { Row, Section } from './report.ts';
import { bareMemory, type Package, startSession } from './server.ts';
import { letter, makePolicy, SMALL, typeInto, typingPlace } from './texts.ts';
import { sayMegabytes, sayTime, summarize } from './times.ts';

const SLOWEST_MS = 50;
const RESIDENT_MB = 60;
const EDITS = 10_000;
/** Edits that a fast typist's burst holds; the server answers the last of them. */
const BURST = 100;

/** Each policy is judged so often with a warm catalogue; what else the machine did counts in the slowest times only. */
const ROUNDS = 3;

/** All AWS managed policies, one after the other. */
export function measureCorpus(): Section {
  const policies = readManagedPolicies();
  const judge = () =>
    policies.map(({ name, text }) => {
      const start = performance.now();
      service.analyze({ path: `${name}.json`, text }).findings;
      return { name, length: text.length, time: performance.now() - start };
    });
  judge();
  const rounds = Array.from({ length: ROUNDS }, judge);
  const all = (rounds[0] ?? []).map((one, index) => {
    const times = rounds.map((round) => round[index]?.time ?? Number.POSITIVE_INFINITY);
    return { ...one, time: Math.min(...times) };
  });
  const { median, p99 } = summarize(all.map(({ time }) => time));
  const total = all.reduce((sum, { time }) => sum + time, 0);
  const slowest = all.reduce((a, b) => (b.time > a.time ? b : a));
  const rows: Row[] = [
    { what: `one of ${policies.length.toLocaleString('en')} policies`, median: sayTime(median), p99: sayTime(p99) },
    {
      what: 'policies a second, on one core',
      median: Math.round((policies.length / total) * 1000).toLocaleString('en'),
    },
    {
      what: `the slowest: ${slowest.name}, ${Math.round(slowest.length / 1000)} KB`,
      median: sayTime(slowest.time),
      target: `under ${SLOWEST_MS} ms`,
      met: slowest.time < SLOWEST_MS,
    },
  ];
  return { title: 'AWS managed policies', peer: ' ', rows };
}

/** What the server holds in memory as time goes by. */
export async function measureMemory({ server }: Package): Promise<Section> {
  const bare = await bareMemory();
  const session = await startSession(server);
  const rows: Row[] = [];
  if (bare !== undefined) rows.push({ what: 'bare Node', median: sayMegabytes(bare) });
  const add = (what: string, limited: boolean): void => {
    const bytes = session.memory();
    if (bytes === undefined || bare === undefined) return;
    const above = bytes - bare;
    rows.push({
      what,
      median: sayMegabytes(bytes),
      ratio: `+${sayMegabytes(above)}`,
      ...(limited && { target: `under ${RESIDENT_MB} MB above`, met: above < RESIDENT_MB * 1024 * 1024 }),
    });
  };
  add('server, started', true);
  await session.open(SMALL, 'file:///bench/small.json');
  add('after a small policy', true);
  const text = makePolicy('6 KB');
  await session.open(typeInto(text, 0));
  add('after a policy of 6 KB', true);
  const place = typingPlace(text);
  for (let edit = 1; edit <= EDITS; edit++) {
    if (edit % BURST === 0) await session.type(place, place + 1, letter(edit));
    else await session.send(place, place + 1, letter(edit));
  }
  add(`after ${EDITS.toLocaleString('en')} edits of it`, true);
  for (const { name, text: other } of readManagedPolicies()) {
    const uri = `file:///bench/managed/${name}.json`;
    await session.open(other, uri);
    await session.close(uri);
  }
  add('after all AWS managed policies', true);
  await session.end();
  return { title: 'Memory of the server', heads: ['resident', ' '], peer: 'above bare Node', rows };
}
