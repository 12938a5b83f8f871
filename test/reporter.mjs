// A reporter for node:test: one line per file while it runs, failures in full, and the totals for test/run.mjs as JSON in
// the file named by TEST_TOTALS. A file that holds no test counts as a failure: node:test would call it passed.
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { inspect } from 'node:util';

function describeError(error) {
  const cause = error?.cause ?? error;
  return (typeof cause === 'string' ? cause : (cause?.stack ?? inspect(cause))).replace(/^/gm, '    ');
}

export default async function* report(source) {
  /** @type {Map<string, { passed: number, failed: number, skipped: number, ms: number }>} */
  const files = new Map();
  const failures = [];
  let current;

  const finish = (file) => {
    const totals = files.get(file);
    const counts = `${totals.passed} passed${totals.failed ? `, ${totals.failed} FAILED` : ''}`;
    return `  ${totals.failed ? '✗' : '✓'} ${file}: ${counts}, ${(totals.ms / 1000).toFixed(1)} s\n`;
  };

  for await (const { type, data } of source) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
      continue;
    }
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const path = data.file ?? data.name;
    const file = relative(process.cwd(), path);
    if (file !== current) {
      if (current !== undefined) yield finish(current);
      current = file;
      if (!files.has(file)) files.set(file, { passed: 0, failed: 0, skipped: 0, ms: 0 });
    }
    const totals = files.get(file);
    if (data.nesting === 0) totals.ms += data.details.duration_ms;
    const isFileItself = data.name === path;
    if (type === 'test:pass') {
      if (isFileItself) {
        totals.failed += 1;
        failures.push(`${file}\n    This file holds no test.`);
      } else if (data.skip !== undefined || data.todo !== undefined) totals.skipped += 1;
      else if (data.details.type !== 'suite') totals.passed += 1;
      continue;
    }
    // A parent fails because its children did: they are counted and shown, it is not.
    if (data.details.error?.failureType === 'subtestsFailed') continue;
    totals.failed += 1;
    failures.push(`${file} > ${data.name}\n${describeError(data.details.error)}`);
    yield `  ✗ ${file} > ${data.name}\n`;
  }
  if (current !== undefined) yield finish(current);

  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const totals of files.values()) for (const key of Object.keys(sum)) sum[key] += totals[key];
  if (failures.length > 0) yield `\n${failures.join('\n\n')}\n\n`;
  if (process.env.TEST_TOTALS) writeFileSync(process.env.TEST_TOTALS, JSON.stringify(sum));
}
