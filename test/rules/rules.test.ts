import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe } from 'node:test';
import { testRuleCases } from '../harness/rule-cases.ts';

// One file of cases per rule: <rule-id>.txt; others may hold cases that several rules share.
for (const file of readdirSync(__dirname)
  .filter((name) => name.endsWith('.txt'))
  .sort()) {
  const path = join(__dirname, file);
  if (existsSync(path)) describe(file.slice(0, -4), () => testRuleCases(path));
}
