import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from '../../server/src/lint/read-settings.ts';

function read(value: unknown) {
  const told: string[] = [];
  const settings = readSettings(value, (problem) => told.push(problem));
  return { settings, told };
}

const EDITOR = {
  accounts: {},
  lens: { policy: true, statement: true },
  hints: { accounts: true, wildcards: true, resourceTypes: true },
  semanticTokens: true,
};
const DEFAULTS = { rules: {}, kinds: {}, persona: 'regular', ...EDITOR };

test('what makes sense is taken as it is', () => {
  const value = {
    rules: { 'effect-invalid': 'off', 'action-unknown': 'hint' },
    kinds: { './a/b.json': 'trust', 'queues/*.json': 'resource:sqs' },
    persona: 'auditor',
    accounts: { '111122223333': 'Production' },
    lens: { policy: true, statement: false },
    hints: { accounts: false, wildcards: true, resourceTypes: true },
    semanticTokens: false,
  };
  assert.deepEqual(read({ ...value, trace: { server: 'verbose' } }), { settings: value, told: [] });
});

test('nothing set, or nothing that could be settings, is the default', () => {
  for (const value of [undefined, null, {}, [], 'x', 7, { rules: null, kinds: null, persona: null }]) {
    assert.deepEqual(read(value), { settings: DEFAULTS, told: [] });
  }
});

test('a wrong entry is left out and told; its neighbours hold', () => {
  const { settings, told } = read({
    rules: { 'no/such~rule': 'off', 'effect-invalid': 'loud', 'action-unknown': 'off' },
    kinds: { 'a/~b.json': 'turst', 'b.json': 'scp', 'c.json': 'resource:', 'd.json': 5 },
  });
  assert.deepEqual(settings, {
    rules: { 'action-unknown': 'off' },
    kinds: { 'b.json': 'scp' },
    persona: 'regular',
    ...EDITOR,
  });
  const kinds =
    'identity, trust, resource, scp, rcp, permissions-boundary, session, vpc-endpoint, none, or resource:<service>';
  assert.deepEqual(told.toSorted(), [
    `iamPolicy.kinds: 'a/~b.json' must be one of ${kinds}.`,
    `iamPolicy.kinds: 'c.json' must be one of ${kinds}.`,
    `iamPolicy.kinds: 'd.json' must be one of ${kinds}.`,
    "iamPolicy.rules: 'effect-invalid' must be one of error, warning, info, hint, off.",
    "iamPolicy.rules: there is no rule 'no/such~rule'.",
  ]);
});

test('a setting of the wrong type is left out whole', () => {
  const { settings, told } = read({ rules: 'off', kinds: ['trust'], persona: 7 });
  assert.deepEqual(settings, DEFAULTS);
  assert.deepEqual(told.toSorted(), [
    'iamPolicy.kinds must be an object.',
    'iamPolicy.persona must be one of regular, pedantic, auditor.',
    'iamPolicy.rules must be an object.',
  ]);
});

test('what editors show is read entry by entry, too', () => {
  const { settings, told } = read({
    accounts: { '111122223333': 'Production', '1111': 'Short', '444455556666': 7 },
    lens: { policy: 'yes', statement: false },
    hints: true,
    semanticTokens: 'on',
  });
  assert.deepEqual(settings, {
    ...DEFAULTS,
    accounts: { '111122223333': 'Production' },
    lens: { policy: true, statement: false },
  });
  assert.deepEqual(told.toSorted(), [
    "iamPolicy.accounts: '1111' is not an account id of twelve digits.",
    "iamPolicy.accounts: the name of '444455556666' must be a text.",
    'iamPolicy.hints must be an object.',
    'iamPolicy.lens.policy must be true or false.',
    'iamPolicy.semanticTokens must be true or false.',
  ]);
});

test('settings of a workspace that mean harm are cut short', () => {
  const kinds = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`**/{a,b}${index}`, 'trust']));
  const rules = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`x\n\u202e${index}`, 'off']));
  const { settings, told } = read({ kinds, rules });
  assert.equal(Object.keys(settings.kinds).length, 500);
  assert.ok(told.includes('iamPolicy.kinds: only the first 500 globs count.'));
  assert.equal(told.length, 101);
  for (const one of told) assert.doesNotMatch(one, /[\n\u202e]/);
});
