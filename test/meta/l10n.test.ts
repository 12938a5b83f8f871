import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BUNDLE, readSources, renderBundle } from '../../client/tools/build-l10n.ts';

const ROOT = join(__dirname, '../..');

type Texts = Readonly<Record<string, string>>;

const readTexts = (path: string): Texts => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Texts;

test('l10n/bundle.l10n.json is what `npm run build:l10n` writes', () => {
  assert.equal(readFileSync(BUNDLE, 'utf8'), renderBundle());
});

/**
 * Where VS Code shows a text: the first argument of a message, and the properties that items, questions and progress have.
 * What comes after it is a string literal, which no translation reaches.
 */
const SHOWN = new RegExp(
  [
    String.raw`\bshow(?:Information|Warning|Error)Message\(`,
    String.raw`\bsetStatusBarMessage\(`,
    String.raw`\bappend(?:Markdown|Text)\(`,
    String.raw`\b(?:label|title|placeHolder|placeholder|prompt|detail|description|tooltip|text|name|validationMessage|message)(?::| =)\s`,
  ]
    .map((place) => `(?:${place})`)
    .join('|')
    .replace(/^/, '(?:')
    .concat(String.raw`)\s*('[^'\n]*'|"[^"\n]*"|${'`[^`]*`'})`),
  'g',
);

/** Icons, placeholders and Markdown are no words. */
const hasWords = (literal: string): boolean =>
  /\p{L}{2}/u.test(literal.replace(/\$\([a-z-]+\)/g, '').replace(/\$\{[^}]*\}/g, ''));

const bypassing = (source: string): readonly string[] =>
  [...source.matchAll(SHOWN)].flatMap(([, literal = '']) => (hasWords(literal) ? [literal] : []));

test('the search for texts that bypass l10n finds them', () => {
  assert.deepEqual(bypassing("void window.showInformationMessage('Done');"), ["'Done'"]);
  assert.deepEqual(bypassing('window.showErrorMessage(\n  `Failed: ${error}`,\n)'), ['`Failed: ${error}`']);
  assert.deepEqual(bypassing("item.tooltip = 'Kind';"), ["'Kind'"]);
  assert.deepEqual(bypassing("[{ label: 'Another', detail: `$(info) ${reason}` }]"), ["'Another'"]);
  assert.deepEqual(bypassing("{ title: l10n.t('Kind'), label: '$(add)' }"), []);
});

test('no text that the client shows bypasses l10n', () => {
  const found = [...readSources()].flatMap(([name, source]) => bypassing(source).map((text) => `${name}: ${text}`));
  assert.deepEqual(found, []);
});

/** The texts of the manifest by path; the rules' titles are the server's words, English everywhere. */
function textsOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (path === 'contributes.configuration.properties.iamPolicy.rules.properties') return [];
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, path === '' ? key : `${path}.${key}`));
}

const MANIFEST = textsOf(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')), '');
const NLS = readTexts('package.nls.json');

test('the texts of package.json are keys of package.nls.json, all of which are used', () => {
  const shown =
    /(?:^|\.)(?:displayName|title|category|label|altText|(?:markdown)?description|(?:markdown)?(?:enumDescriptions|enumItemLabels)\.\d+|aliases\.\d+)$/i;
  const literal = MANIFEST.filter(
    ([path, text]) => path.startsWith('contributes.') && shown.test(path) && !/^%.+%$/.test(text),
  );
  const enumerated = literal.filter(([path]) => !/\.enum\.\d+$/.test(path));
  assert.deepEqual(enumerated, []);
  const used = MANIFEST.flatMap(([, text]) => /^%(.+)%$/.exec(text)?.[1] ?? []);
  assert.deepEqual([...new Set(used)].sort(), Object.keys(NLS).sort());
});

const translations = (folder: string, pattern: RegExp) =>
  readdirSync(join(ROOT, folder)).filter((name) => pattern.test(name));

/** What a translation must keep: places to fill in, links to commands, names of settings, code. */
const keptParts = (text: string): readonly string[] =>
  [...text.matchAll(/\{\d+\}|\(command:[\w.]+\)|`#[\w.]+#`|`[\w -]+`|"[\w./*-]+":/g)].map(([part]) => part).sort();

function compare(english: Texts, other: Texts, name: string): void {
  assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort(), `${name} has other keys`);
  for (const [key, text] of Object.entries(english)) {
    assert.deepEqual(keptParts(other[key] ?? ''), keptParts(text), `${name}: ${key}`);
    assert.notEqual(other[key], '', `${name}: ${key}`);
  }
}

test('every translation has every text, with its places to fill in', () => {
  const bundles = translations('l10n', /^bundle\.l10n\.[\w-]+\.json$/);
  const manifests = translations('.', /^package\.nls\.[\w-]+\.json$/);
  const languageOf = (name: string) => name.split('.').at(-2);
  assert.deepEqual(bundles.map(languageOf), manifests.map(languageOf), 'a language in one place only');
  assert.ok(bundles.length > 0);
  for (const name of bundles) compare(JSON.parse(renderBundle()) as Texts, readTexts(join('l10n', name)), name);
  for (const name of manifests) compare(NLS, readTexts(name), name);
});
