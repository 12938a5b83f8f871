// A reporter for node:test, for one file: its failures in full, and the totals as JSON in the file named by TEST_TOTALS.
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

function describeError(error) {
  const cause = error?.cause ?? error;
  return (typeof cause === 'string' ? cause : (cause?.stack ?? inspect(cause))).replace(/^/gm, '    ');
}

export default async function* report(source) {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  /** The names of the running test and of the suites around it, outermost first. */
  const path = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') path.splice(data.nesting, path.length, data.name);
    if (type === 'test:pass') {
      if (data.skip !== undefined || data.todo !== undefined) totals.skipped += 1;
      else if (data.details.type !== 'suite') totals.passed += 1;
    }
    // A parent fails because its children did: they are counted and shown, it is not.
    if (type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed') {
      totals.failed += 1;
      const names = [...path.slice(0, data.nesting), data.name].join(' > ');
      yield `    ✗ ${names}\n${describeError(data.details.error)}\n`;
    }
  }
  if (process.env.TEST_TOTALS) writeFileSync(process.env.TEST_TOTALS, JSON.stringify(totals));
}
