/** Writes l10n/bundle.l10n.json: every text that the client shows, as it stands in `l10n.t('…')` in client/src. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const SOURCES = join(ROOT, 'client/src');
export const BUNDLE = join(ROOT, 'l10n/bundle.l10n.json');

const CALL = /\bl10n\.t\(\s*('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")?/g;

/** The sources of the client, by path from client/src. */
export function readSources(): ReadonlyMap<string, string> {
  const names = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(SOURCES, name), 'utf8')]));
}

/**
 * The texts handed to `l10n.t`, sorted.
 *
 * @throws {Error} when a call does not begin with a string literal, which no translator would ever see
 */
export function textsOf(sources: ReadonlyMap<string, string>): readonly string[] {
  const texts = new Set<string>();
  for (const [name, source] of sources) {
    for (const [, literal] of source.matchAll(CALL)) {
      if (literal === undefined) throw new Error(`client/src/${name}: l10n.t takes a text in single or double quotes.`);
      const inner = literal.slice(1, -1).replace(/\\(['"])/g, '$1');
      if (inner.includes('\\')) throw new Error(`client/src/${name}: no escapes but of quotes in ${literal}`);
      texts.add(inner);
    }
  }
  return [...texts].sort();
}

export function renderBundle(): string {
  const texts = textsOf(readSources());
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [text, text])), null, 2)}\n`;
}

if (require.main === module) writeFileSync(BUNDLE, renderBundle());
