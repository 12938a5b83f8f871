// npm run bench: how long things take, beside what they are measured by in the same run. Options:
//   --write   writes docs/performance.md
//   --check   the short form for CI: fails where a ratio is over its budget (budgets.json)
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureGrowth } from './growth.ts';
import { measureFeatures, measureKeystrokes, measureTexts } from './keystrokes.ts';
import { measureCorpus, measureMemory } from './load.ts';
import { machine, overBudget, type Ratios, render, type Section } from './report.ts';
import { buildPackage } from './server.ts';
import { measureSizes } from './sizes.ts';
import { measureStart } from './start.ts';
import { makePolicy, SIZES, type Size, SMALL } from './texts.ts';

const ROOT = join(__dirname, '../..');
const PAGE = join(ROOT, 'docs/performance.md');

async function run(): Promise<void> {
  const flags = new Set(process.argv.slice(2));
  const short = flags.has('--check');
  const started = performance.now();
  const ratios: Ratios = new Map();
  const pack = await buildPackage();
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const sections: Section[] = [];
  const add = (section: Section): void => {
    sections.push(section);
    console.log(`${render([section])}\n`);
  };
  console.log(`${machine()}\n`);
  try {
    const file = join(folder, 'policy.json');
    writeFileSync(file, SMALL);
    const sizes = (Object.keys(SIZES) as Size[]).filter((size) => !short || size !== '10 MB');
    const policies = sizes.map((size) => [size, makePolicy(size)] as const);
    add(await measureStart(pack, file, short ? 8 : 20, ratios));
    add(await measureTexts(policies, ratios));
    add(await measureFeatures(policies, ratios));
    add(await measureKeystrokes(pack, short ? policies.slice(0, 3) : policies));
    add(measureCorpus());
    add(measureGrowth(short, ratios));
    if (!short) {
      add(await measureMemory(pack));
      add(measureSizes(pack, folder));
    }
  } finally {
    pack.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`${Math.round((performance.now() - started) / 1000)} s`);
  if (flags.has('--write')) writeFileSync(PAGE, page(render(sections)));
  if (!short) return;
  const budgets: Readonly<Record<string, number>> = JSON.parse(readFileSync(join(__dirname, 'budgets.json'), 'utf8'));
  const broken = overBudget(ratios, budgets);
  for (const line of broken) console.error(`over budget: ${line}`);
  if (broken.length > 0) process.exitCode = 1;
}

function page(tables: string): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  return `# Performance

Measured by \`npm run bench -- --write\`, which writes this page. One run, peers included: bare Node, \`JSON.parse\`,
jsonc-parser's \`parse\`, and vscode-json-languageservice with our schema of identity policies. Compare ratios, not
milliseconds: another machine has others. Where something was done fewer than a hundred times, the p99 is the longest time.
A first analysis knows nothing of the text; after a keystroke, what was said of the statements that stayed the same is said
again.

${machine()}; commit ${commit}.

The texts are made of statements of AWS managed policies. \`npm run bench:check\` is the short form for CI: it fails only
where a ratio is over its budget in \`test/bench/budgets.json\`, far above what a healthy build needs.

${tables}
`;
}

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
