import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DEFAULT_EDITOR_SETTINGS } from '../../server/src/lint/settings.ts';

const ROOT = join(__dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Setting {
  readonly order: number;
  readonly scope: string;
  readonly default: unknown;
  readonly markdownDescription: string;
}

interface Step {
  readonly description: string;
  readonly media: {
    readonly markdown?: string;
    readonly image?: string;
    readonly svg?: string;
    readonly altText?: string;
  };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly icon: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly category: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command?: string; readonly submenu?: string }[]>>;
    readonly submenus: readonly { readonly id: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const MANIFEST = JSON.parse(read('package.json')) as Manifest;
const { commands, menus, submenus, walkthroughs, configuration } = MANIFEST.contributes;
const OWN = new Set(commands.map(({ command }) => command));
const pathsOf = ({ markdown, image, svg }: Step['media']): readonly string[] =>
  [markdown, image, svg].filter((path) => path !== undefined);
const STEPS = walkthroughs.flatMap(({ steps }) => steps);

/** The editor's own commands that we name; the tests in the editor ask whether it has them. */
const EDITORS_OWN = new Set([
  'acceptSelectedSuggestion',
  'editor.action.quickFix',
  'editor.action.triggerSuggest',
  'workbench.actions.view.problems',
]);

const isCommand = (command: string): boolean => OWN.has(command) || EDITORS_OWN.has(command);

test('all commands are of one category, and menus name commands that exist', () => {
  assert.ok(commands.length > 5);
  assert.deepEqual([...new Set(commands.map(({ category }) => category))], ['%displayName%']);
  const entries = Object.values(menus).flat();
  assert.deepEqual(
    entries.filter(({ command }) => command !== undefined && !isCommand(command)),
    [],
  );
  const known = submenus.map(({ id }) => id);
  assert.deepEqual(
    entries.flatMap(({ submenu }) => submenu ?? []),
    known,
  );
  for (const id of known) assert.ok(menus[id], `${id} is empty`);
});

test('the commands that the client names are in the manifest', () => {
  const source = read('client/src/extension.ts');
  const registered = [...source.matchAll(/'(iamPolicy\.\w+)'/g)].map(([, command = '']) => command);
  const inner = ['iamPolicy.isPolicy'];
  assert.deepEqual(
    registered.filter((one) => !OWN.has(one) && !inner.includes(one)),
    [],
  );
});

test('a walkthrough names commands, settings and media that exist, and events that fire', () => {
  const texts = ['package.nls.json', 'package.nls.de.json'].map(
    (path) => JSON.parse(read(path)) as Record<string, string>,
  );
  assert.ok(STEPS.length >= 5);
  for (const { description, media, completionEvents } of STEPS) {
    for (const nls of texts) {
      const text = nls[description.slice(1, -1)] ?? '';
      const named = [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, command = '']) => command);
      assert.deepEqual(
        named.filter((command) => !isCommand(command)),
        [],
      );
    }
    const paths = pathsOf(media);
    assert.equal(paths.length, 1);
    for (const path of paths) assert.ok(existsSync(join(ROOT, path)), `${path} is missing`);
    assert.ok(media.markdown !== undefined || media.altText !== undefined, 'a picture without words');
    assert.ok(completionEvents.length > 0);
    for (const event of completionEvents) {
      const [kind = '', name = ''] = event.split(':');
      if (kind === 'onCommand') assert.ok(isCommand(name), `${event}: no such command`);
      else if (kind === 'onContext') assert.match(read('client/src/extension.ts'), new RegExp(`'${name}'`));
      else assert.equal(event, 'onStepSelected');
    }
  }
});

test('the icon is a PNG of 128 × 128', () => {
  const bytes = readFileSync(join(ROOT, MANIFEST.icon));
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [128, 128]);
  assert.ok(statSync(join(ROOT, MANIFEST.icon.replace(/png$/, 'svg'))).size > 0);
});

test('settings stand in order, may differ by folder, and have the defaults of the server', () => {
  const settings = Object.entries(configuration.properties);
  assert.deepEqual(
    settings.map(([, { order }]) => order),
    settings.map((_, index) => index + 1),
  );
  const perWindow = settings.filter(([, { scope }]) => scope !== 'resource').map(([name]) => name);
  assert.deepEqual(perWindow, ['iamPolicy.trace.server']);
  const { accounts, lens, hints, semanticTokens } = DEFAULT_EDITOR_SETTINGS;
  const expected: Readonly<Record<string, unknown>> = {
    accounts,
    ...Object.fromEntries(Object.entries(lens).map(([name, value]) => [`lens.${name}`, value])),
    ...Object.fromEntries(Object.entries(hints).map(([name, value]) => [`hints.${name}`, value])),
    semanticTokens,
  };
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(configuration.properties[`iamPolicy.${name}`]?.default, value, name);
  }
  // A setting that a description refers to is there.
  for (const text of Object.values(JSON.parse(read('package.nls.json')) as Record<string, string>)) {
    for (const [, name = ''] of text.matchAll(/`#([\w.]+)#`/g)) assert.ok(configuration.properties[name], name);
  }
});
