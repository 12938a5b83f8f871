import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code, escapeMarkdown, plainText, renderBox } from '../../server/src/features/markdown.ts';

test('markdown: document text is never markup', () => {
  for (const [text, expected] of [
    ['a *b* _c_ `d`', 'a \\*b\\* \\_c\\_ \\`d\\`'],
    ['[x](command:evil)', '\\[x\\](command:evil)'],
    ['![x](http://e.com/i.png)', '!\\[x\\](http\\://e.com/i.png)'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['# title', '\\# title'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['a\n\n# b', 'a # b'],
    ['www.evil.com', 'www\\.evil.com'],
    ['a | b', 'a \\| b'],
    ['&lt;', '\\&lt;'],
    ['back\\slash', 'back\\\\slash'],
    ['arn:aws:s3:::my-bucket/a', 'arn:aws:s3:::my-bucket/a'],
  ] as const) {
    assert.equal(escapeMarkdown(text), expected);
  }
});

test('markdown: code holds any text', () => {
  assert.equal(code('s3:GetObject'), '`s3:GetObject`');
  assert.equal(code('a`b'), '``a`b``');
  assert.equal(code('`'), '`` ` ``');
  assert.equal(code('a\nb'), '`a b`');
  assert.equal(code(''), '`  `');
  assert.ok(code('x'.repeat(5000)).length < 400);
});

test('markdown: empty parts of a box are left out', () => {
  assert.equal(
    renderBox({
      title: 'T',
      text: ['one', ''],
      facts: [
        ['a', ''],
        ['b', 'c'],
      ],
    }),
    '**T**\n\none\n\n- b: c',
  );
});

test('markdown: plain text gives back what was escaped', () => {
  for (const text of [
    'a *b* _c_ `d`',
    '[x](https://e.com)',
    '`',
    '``a`',
    'a`b',
    'back\\slash \\_ x',
    '# 1. www.e.com',
    '**',
    '$&<>',
  ]) {
    assert.equal(plainText(escapeMarkdown(text)), text);
    assert.equal(plainText(code(text)), text);
    assert.equal(plainText(`**Title** ${code(text)}\n\n${escapeMarkdown(text)}.`), `Title ${text}\n\n${text}.`);
  }
  assert.equal(
    plainText('[AWS documentation](https://docs.aws.amazon.com/x_y.html#a_b)'),
    'AWS documentation: https://docs.aws.amazon.com/x_y.html#a_b',
  );
});
