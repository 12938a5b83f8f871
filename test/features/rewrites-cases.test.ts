import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { titleOf } from '../../server/src/service.ts';
import { readCases } from '../harness/cases.ts';
import { applyRewrite, rewritesAt, SPELLINGS } from '../harness/rewrites.ts';

/**
 * Each case: a text with a cursor or a selection (`|`), the titles offered there, and the text after some of them;
 * `new file` is the text of the file that the one before creates.
 */
const FILE = join(__dirname, 'rewrites.txt');
const NEW_FILE = 'new file';

for (const one of readCases(FILE)) {
  test(one.title, () => {
    const list = one.fixed.find(({ title }) => title === undefined);
    const { offers } = rewritesAt(one.marked, one.options);
    const titles = offers.map(titleOf).join('\n');
    assert.equal(`${titles || '(nothing)'}\n`, list?.text, `rewrites.txt:${one.line}`);
    for (const [name, spell] of Object.entries(SPELLINGS)) {
      const { analysis, offers } = rewritesAt(spell(one.marked), one.options);
      for (const offer of offers) {
        const where = `rewrites.txt:${one.line} ${name}: ${titleOf(offer)}`;
        const text = applyRewrite(analysis, offer, one.options);
        const at = one.fixed.findIndex(({ title }) => title === titleOf(offer));
        const expected = one.fixed[at];
        if (!expected) continue;
        assert.equal(text, spell(expected.text), where);
        const next = one.fixed[at + 1];
        const newFile = next?.title === NEW_FILE ? spell(next.text).replace('\ufeff', '') : undefined;
        assert.equal(offer.newFile?.text, newFile, where);
      }
    }
    for (const { title } of one.fixed) {
      if (title === undefined || title === NEW_FILE) continue;
      assert.ok(titles.split('\n').includes(title), `rewrites.txt:${one.line}: '${title}' is not offered`);
    }
  });
}
