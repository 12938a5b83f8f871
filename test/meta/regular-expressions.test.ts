/** No regular expression of ours takes time that grows with the square of the text, whatever the text. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const ROOT = join(__dirname, '../..');
const FOLDERS = ['server/src', 'client/src'];

/** Long enough that the square of it is felt. */
const LENGTH = 10_000;
/** A linear search takes a few milliseconds at most. */
const LONGEST_MS = 15;
const TRIES = 5;

/** Those that never see a long text. */
const EXEMPT: Readonly<Record<string, string>> = {
  'meaning/actions.ts': 'words of AWS',
  'meaning/words.ts': 'words of AWS',
  'features/completion/half-typed.ts': 'the text is cut before',
  'features/completion/place.ts': 'the text is cut before',
};

const LITERAL = /(?<=[=(,:!&|?[]\s*|\breturn\s+)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g;

interface Found {
  readonly where: string;
  readonly regexp: RegExp;
}

/** Every regular expression that the sources hold, as far as it stands there as one. */
function findAll(): readonly Found[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[jt]s$/.test(name))
      .flatMap((name) => {
        const text = readFileSync(join(ROOT, folder, name), 'utf8');
        return Array.from(text.matchAll(LITERAL), ({ 1: source = '', 2: flags = '', index }): readonly Found[] => {
          const line = text.slice(0, index).split('\n').length;
          try {
            // Searched for once: what is found costs nothing, what is not is looked for at every place.
            return [{ where: `${folder}/${name}:${line}`, regexp: new RegExp(source, flags.replace('g', '')) }];
          } catch {
            // A division, or a part of a text.
            return [];
          }
        }).flat();
      }),
  );
}

/** What regular expressions repeat: letters, digits, blanks, signs of our languages, and how their parts begin. */
const SEEDS = [
  ...Array.from('aA0 \t\n\r-_.:/\\"\'*?,;$%@#<>(){}[]=+|&~^`!\u2028\ud800é'),
  ...['ab', 'aA', 'a1', 'a-', 'a.', 'a:', 'a,', 'a ', ' a', '1,', '1.', '-1', '.*', '*.', '**a', '::', 'a::'],
  ...[
    '${',
    '${a',
    '${a:',
    '${a:b',
    "${a, '",
    '${}',
    '{{',
    '{{a',
    '[[',
    '[[a',
    '<a',
    '<a-',
    '%{',
    '%A',
    '@@',
    '@@a',
    '__',
    '__A',
  ],
  ...[
    '$(',
    '$(a',
    '$A',
    '$A_',
    '//',
    '/*',
    '/*a',
    '*/',
    '\\"',
    '\\\\',
    '"a',
    '"arn:',
    'arn:',
    'arn:a:',
    'a.b.',
    'www.',
    ' to ',
    ' of ',
  ],
  ...[
    'Aa',
    'AAa',
    'amazonaws.com',
    'c2s',
    '.c2s',
    'system:serviceaccount:',
    'repo:',
    'repo:a/b:',
    '\r\n',
    ' \n',
    '\n ',
    'a\n',
  ],
];

function hostile(): readonly string[] {
  return SEEDS.flatMap((seed) => {
    const text = seed.repeat(Math.ceil(LENGTH / seed.length));
    return [`${text}!`, `"\${arn:aws:${text}`];
  });
}

/** Milliseconds of the processor, which are the same on a busy machine; the least of a few tries. */
function measure(regexp: RegExp, text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let times = 0; times < TRIES && least > LONGEST_MS; times++) {
    const before = process.cpuUsage();
    regexp.test(text);
    least = Math.min(least, process.cpuUsage(before).user / 1000);
  }
  return least;
}

test('regular expressions match in linear time', () => {
  const found = findAll();
  assert.ok(found.length > 150, `only ${found.length} were found`);
  const texts = hostile();
  const slow: string[] = [];
  const seen = new Set<string>();
  for (const { where, regexp } of found) {
    if (seen.has(String(regexp)) || Object.keys(EXEMPT).some((file) => where.startsWith(`server/src/${file}:`)))
      continue;
    seen.add(String(regexp));
    const worst = texts.find((text) => measure(regexp, text) > LONGEST_MS);
    if (worst !== undefined) slow.push(`${where} ${regexp} on ${JSON.stringify(worst.slice(0, 20))}…`);
  }
  assert.deepEqual(slow, []);
});
