import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_EDITOR_SETTINGS } from '../../server/src/lint/settings.ts';
import { type Analysis, createPolicyService } from '../../server/src/service.ts';
import { catalogue } from '../harness/data.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MEGABYTE = 2 ** 20;
const TEXT = `x${'Name'.repeat(MEGABYTE / 4)}`;
const EDITS = 100;

/** A policy of a megabyte in which a word stands that is different each time, as it is while it is typed. */
function policyWith(word: string): string {
  const statement = {
    Sid: TEXT,
    Effect: 'Allow',
    Action: [`s3:Get${word}*`, `s3:Put${word}`, `${word.toLowerCase()}service:*`],
    Resource: [`arn:aws:s3:::amzn-s3-demo-bucket-${word}/*`, `arn:aws:sqs:eu-west-1:111122223333:${word}`],
    Condition: { StringEquals: { [`aws:PrincipalTag/${word}`]: `value of ${word}`, [`s3:${word}`]: 'a' } },
  };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}

test('what is remembered of names that were typed once does not keep their documents', () => {
  const service = createPolicyService({ catalogue, log: assert.fail });
  let previous: Analysis | undefined;
  const type = (edit: number): void => {
    const text = policyWith(`Word${edit}And${'Some'.repeat(3)}`);
    const analysis = service.analyze({ path: 'a.json', text }, undefined, previous);
    assert.ok(analysis.findings.length > 0);
    const whole = { start: 0, end: text.length };
    for (const lens of service.lenses(analysis, DEFAULT_EDITOR_SETTINGS.lens)) service.sayLens(lens);
    service.hints(analysis, whole, DEFAULT_EDITOR_SETTINGS);
    service.tokens(analysis);
    for (const name of ['Action', 'Resource', 'Condition']) service.hover(analysis, text.indexOf(name) + 30);
    service.complete(analysis, text.indexOf('s3:Get') + 5);
    previous = analysis;
  };
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / MEGABYTE;
  };
  for (let edit = 0; edit < 10; edit++) type(edit);
  const before = heap();
  for (let edit = 10; edit < 10 + EDITS; edit++) type(edit);
  const grown = heap() - before;
  assert.ok(grown < EDITS / 4, `${EDITS} edits of a text of a megabyte left ${grown.toFixed(0)} MB behind`);
});
