import { test } from 'node:test';
import { probe } from './probe.ts';
import { EXTREMES } from './texts.ts';

/** Characters. Longer ones are looked at as one kind only. */
const LONG = 1_500_000;

for (const [name, text] of Object.entries(EXTREMES)) {
  test(name, () => {
    probe(text, 1);
    if (text.length < LONG) probe(text, 0);
  });
}
