/** Whatever is half typed in a policy that was right: what is accepted makes it right again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainSnippet } from '../../server/src/base/snippet.ts';
import { applyEdits } from '../../server/src/base/text-edit.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import { toPlain } from '../../server/src/syntax/tree.ts';
import { service } from '../harness/data.ts';
import { POLICIES } from '../robust/texts.ts';

interface Half {
  /** What stands there instead of a string, with the cursor. */
  readonly write: (text: string) => string;
  /** It ends with the cursor, so that a name has no colon and no value yet. */
  readonly ends: boolean;
}

const HALVES: Readonly<Record<string, Half>> = {
  'that is there': { write: (text) => `"${text}|"`, ends: false },
  'that is begun': { write: (text) => `"${text.slice(0, 3)}|"`, ends: false },
  'that is empty': { write: () => '"|"', ends: false },
  'cut in the middle': { write: (text) => `"${text.slice(0, 2)}|${text.slice(4)}"`, ends: false },
  'whose name is all there is': { write: (text) => `"${text.slice(0, 3)}|"`, ends: true },
  'without its end': { write: (text) => `"${text.slice(0, 3)}|`, ends: true },
  'without quotation marks': { write: (text) => `${text.slice(0, 3)}|`, ends: true },
  'that is not there': { write: () => '|', ends: true },
};

/** A string, the colon of a name, and the value of a name where that is a string. */
const STRING = /("(?:[^"\\\n]|\\.)*")(:)?( "(?:[^"\\\n]|\\.)*")?/g;

/** How many of the items of a list are tried: the first ones, and the last. */
const TRIED = 3;

for (const [how, { write, ends }] of Object.entries(HALVES)) {
  test(`a string ${how}`, () => {
    let accepted = 0;
    for (const policy of POLICIES) {
      const { roots, problems } = parseJson(policy, 'json');
      const [root] = roots;
      if (!root || problems.length > 0) continue;
      const pretty = JSON.stringify(toPlain(root), null, 2);
      for (const { index, 0: all, 1: string = '', 2: colon, 3: value } of pretty.matchAll(STRING)) {
        const text = string.slice(1, -1);
        const replaced = ends ? all : string;
        if (!ends || colon === undefined || value !== undefined) {
          accepted += acceptBoth(pretty.slice(0, index) + write(text), pretty.slice(index + replaced.length));
        }
        // The value of a name was matched together with it.
        const at = index + all.length - (value?.length ?? 0) + 1;
        if (value !== undefined) {
          accepted += acceptBoth(pretty.slice(0, at) + write(value.slice(2, -1)), pretty.slice(index + all.length));
        }
      }
    }
    assert.ok(accepted > 200, `only ${accepted} were accepted`);
  });
}

/** With the comma that follows, and where it is missing. */
function acceptBoth(before: string, after: string): number {
  return acceptSome(before + after) + (after.startsWith(',') ? acceptSome(before + after.slice(1)) : 0);
}

/** Accepts some of what is offered at the `|`; each time the text must parse. Returns how often. */
function acceptSome(marked: string): number {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const list = service.complete(service.analyze({ path: 'policy.json', text }), offset);
  if (!list) return 0;
  const some = [...list.items.slice(0, TRIED), ...list.items.slice(-1)];
  for (const { label, snippet, newText, span } of some) {
    const edit = { span: span ?? list.span, newText: snippet === undefined ? newText : plainSnippet(snippet) };
    const commas = list.commas.map((at) => ({ span: { start: at, end: at }, newText: ',' }));
    const after = applyEdits(text, [...commas, edit]);
    const { problems } = parseJson(after, 'json');
    assert.deepEqual(problems, [], `${label} at\n${marked}\ngives\n${after}`);
  }
  return some.length;
}
