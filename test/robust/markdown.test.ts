/** Whatever stands in a policy, what editors show of it holds no link, no picture and no HTML but our own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_EDITOR_SETTINGS } from '../../server/src/lint/settings.ts';
import { service } from '../harness/data.ts';

const ATTACKS = [
  '[Run](command:workbench.action.terminal.new)',
  '![x](https://evil.example/x.png)',
  '<img src=https://evil.example/x.png onerror=alert(1)>',
  '<a href=command:x>Click</a>',
  'https://evil.example/login',
  'www.evil.example',
  '<https://evil.example>',
  '` [Run](command:x) `',
  '``` [Run](command:x)',
  '\\[Run](command:x)',
  '\\\\[Run](command:x)',
  'x\n\n[Run](command:x)\n\n# Head',
  '[Run][1]\n\n[1]: command:x',
  '$(alert) &lt;b&gt; &#91;x](command:x)',
  '**bold** _it_ ~~no~~ | a | b |',
] as const;

/** A policy with a text in every place that a person may fill. */
function poison(attack: string): string {
  const text = JSON.stringify(attack);
  const inside = (before: string): string => JSON.stringify(`${before}${attack}`);
  return `{
  "Version": ${text},
  "Id": ${text},
  "Statement": [
    {
      "Sid": ${text},
      "Effect": "Allow",
      "Principal": { "AWS": [${inside('arn:aws:iam::111122223333:role/')}, ${text}], "Federated": ${text}, "Service": ${text}, ${text}: "x" },
      "Action": ["s3:GetObject", ${inside('s3:')}, ${inside('s3:Get*')}, ${text}],
      "Resource": [${inside('arn:aws:s3:::')}, ${text}, ${inside('arn:aws:s3:::b/${aws:')}],
      "Condition": {
        "StringLike": { "aws:PrincipalTag/x": ${text}, ${inside('aws:PrincipalTag/')}: [${text}], ${text}: ${text} },
        ${text}: { "aws:SourceArn": ${text} }
      }
    },
    { "Sid": ${inside('Read ')}, "Effect": ${text}, "NotAction": ${text}, "NotResource": ${text}, ${text}: ${text} }
  ]
}`;
}

/** The Markdown that is left when inline code and escaped characters are taken away: our own words. */
const ownWords = (markdown: string): string =>
  markdown.replace(/\\[^A-Za-z0-9\s]/g, '').replace(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

function checkMarkdown(markdown: string, what: string): void {
  const words = ownWords(markdown);
  const links = Array.from(words.matchAll(/\]\(([^)]*)\)/g), ([, url = '']) => url);
  for (const url of links)
    assert.match(url, /^https:\/\/[\w.-]+\.(?:aws\.amazon|amazon|github)\.com\//, `${what}: ${markdown}`);
  assert.doesNotMatch(
    words.replace(/\]\([^)]*\)/g, ''),
    /https?:\/\/|www\.|!\[|<\/?[a-z]|\]\[|^\[.*\]:/im,
    `${what}: ${markdown}`,
  );
  assert.doesNotMatch(words, /^#/m, `${what}: ${markdown}`);
}

for (const attack of ATTACKS) {
  test(`${JSON.stringify(attack)} stays text`, () => {
    const text = poison(attack);
    const analysis = service.analyze({ path: 'policy.json', text });
    assert.equal(analysis.policies.length, 1);
    const editor = { ...DEFAULT_EDITOR_SETTINGS, accounts: { '111122223333': attack } };
    let hovers = 0;
    let documented = 0;
    // Every second character is enough to meet each name and value.
    for (let offset = 0; offset <= text.length; offset += 2) {
      const hover = service.hover(analysis, offset, { accounts: editor.accounts });
      if (hover) checkMarkdown(hover.markdown, `hover at ${offset}`);
      hovers += hover ? 1 : 0;
    }
    for (let offset = 0; offset <= text.length; offset += 9) {
      const known = { accounts: ['111122223333'], arns: [`arn:aws:s3:::${attack}`], accountNames: editor.accounts };
      for (const { documentation } of service.complete(analysis, offset, known)?.items.slice(0, 40) ?? []) {
        const markdown = typeof documentation === 'function' ? documentation() : documentation;
        if (markdown === undefined) continue;
        checkMarkdown(markdown, `completion at ${offset}`);
        documented += 1;
      }
    }
    for (const { tooltip, label } of service.hints(analysis, { start: 0, end: text.length }, editor)) {
      checkMarkdown(tooltip(), 'hint');
      assert.doesNotMatch(label, /\n/);
    }
    // Plain text, on one line: nothing in them is markup.
    for (const lens of service.lenses(analysis, editor.lens)) assert.match(service.sayLens(lens), /^.{1,400}$/);
    for (const { children } of service.symbols(analysis))
      for (const { name } of children) assert.match(name, /^.{1,400}$/);
    for (const { target } of service.links(analysis))
      assert.match(target, /^https:\/\/docs\.aws\.amazon\.com\/[\w./#-]*$/);
    assert.ok(hovers > 50 && documented > 5, `${hovers} hovers, ${documented} documentations`);
  });
}
