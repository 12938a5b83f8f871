import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainText } from '../../server/src/features/markdown.ts';
import { readManagedPolicies } from '../corpus/managed-policies.ts';
import { service } from '../harness/data.ts';
import { POLICIES } from '../robust/texts.ts';

/** Text that would be markup, a link or a command anywhere in Markdown. */
const EVIL = '[x](command:evil) <img src=http://e.com/i.png> **b** `c` ``d`` _e_ www.e.com &lt; a|b ~~f~~ $g$ \\\\ # h';

const LINK = /\n\n\[AWS documentation\]\(https:\/\/docs\.aws\.amazon\.com\/[\w/.#-]+\)$/;
const SAFE = /\\[^A-Za-z0-9\s]|(`+)(?:.*?[^`])\1(?!`)/g;

/** What is left when escapes, code, bold words and our own link are taken out has nothing that could be markup. */
function assertSafe(markdown: string, where: string): void {
  const rest = markdown.replace(LINK, '').replace(SAFE, '').replaceAll('**', '');
  assert.doesNotMatch(rest, /[<>[\]|~&$`_\\*]|^ *#|:\/\/|\bwww\.\w/m, `${where}\n${markdown}`);
  assert.doesNotMatch(rest, /undefined|\[object|NaN/, where);
  assert.ok(markdown.length < 3000, `${where}: ${markdown.length} characters`);
  assert.ok(markdown.split('\n').filter((line) => line !== '').length <= 14, `${where}\n${markdown}`);
}

function tokensOf(text: string): readonly { readonly index: number; readonly text: string }[] {
  return Array.from(text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}[\]]|\b(?:true|false|null|\d+)\b/g), (match) => ({
    index: match.index,
    text: match[0],
  }));
}

const OPTIONS = { accounts: { '123456789012': EVIL } };

/** Hovers over every token; tells how many had something to say. */
function hoverEverywhere(text: string, where: string): number {
  const analysis = service.analyze({ path: 'a.jsonc', languageId: 'jsonc', text });
  let count = 0;
  for (const token of tokensOf(text)) {
    // The beginning and the middle: fields of an ARN, variables and stand-ins lie inside.
    for (const offset of new Set([token.index, token.index + (token.text.length >> 1)])) {
      const hover = service.hover(analysis, offset, OPTIONS);
      if (!hover) continue;
      assert.ok(hover.span.start <= offset && offset < hover.span.end, `${where}: ${offset}`);
      assertSafe(hover.markdown, `${where}: ${token.text}`);
      count++;
    }
  }
  return count;
}

test('hover: every text of AWS managed policies has something to say, as short and safe Markdown', () => {
  const policies = readManagedPolicies().filter((_, index) => index % 40 === 0);
  for (const { name, text } of policies) {
    const count = hoverEverywhere(text, name);
    const strings = tokensOf(text).filter(({ text: token }) => token.startsWith('"'));
    assert.ok(count >= strings.length, `${name}: ${count} of ${strings.length}`);
  }
});

test('hover: no text of a document, wherever it stands, becomes markup', () => {
  for (const policy of POLICIES) {
    for (const { index, text } of tokensOf(policy)) {
      if (!text.startsWith('"')) continue;
      const poisons = [
        EVIL,
        `${text.slice(1, -1)}${EVIL}`,
        `\${aws:username, '${EVIL}'}`,
        `<${EVIL.slice(0, 12)}>`,
        `arn:aws:s3:${EVIL}:123456789012:b/*`,
        `s3:${EVIL}*`,
      ];
      for (const poison of poisons) {
        const after = policy.slice(0, index) + JSON.stringify(poison) + policy.slice(index + text.length);
        const analysis = service.analyze({ path: 'a.jsonc', languageId: 'jsonc', text: after });
        const braces = [...after.matchAll(/\{/g)].map((match) => match.index);
        for (const offset of [index + 1, index + 8, index + 20, ...braces]) {
          const hover = service.hover(analysis, offset, OPTIONS);
          if (hover) assertSafe(hover.markdown, after);
        }
      }
    }
  }
});

test('hover: plain text has the same words without marks', () => {
  const text = POLICIES[0];
  const analysis = service.analyze({ path: 'a.json', text });
  for (const { index } of tokensOf(text)) {
    const markdown = service.hover(analysis, index)?.markdown;
    if (markdown === undefined) continue;
    const plain = plainText(markdown);
    const bare = (words: string): string => words.replace(/[^A-Za-z0-9]/g, '');
    assert.equal(bare(plain), bare(markdown), markdown);
    assert.doesNotMatch(plain, /\*\*[A-Z]|\]\(|\\[_*]/, plain);
  }
});

test('hover: anywhere in a policy of 6 KB, a warm answer takes less than 10 ms', () => {
  const policy = readManagedPolicies().find(({ text }) => text.length > 5500 && text.length < 6500);
  assert.ok(policy);
  const analysis = service.analyze({ path: 'a.json', text: policy.text });
  for (const { index } of tokensOf(policy.text)) {
    const times = Array.from({ length: 4 }, () => {
      const start = performance.now();
      service.hover(analysis, index);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 10, `${policy.name}, ${index}: ${Math.min(...times)} ms`);
  }
});
