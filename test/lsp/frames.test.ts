import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFrameWatch } from '../../server/src/lsp/frames.ts';

const frame = (body: string, header = ''): string =>
  `${header}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** What is said of some bytes that arrive so many at a time; `undefined` is nothing. */
function watch(text: string, size: number): string | undefined {
  const take = createFrameWatch();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) {
    const why = take(bytes.subarray(at, at + size));
    if (why !== undefined) return why;
  }
  return undefined;
}

const SIZES = [1, 2, 7, 64, 100_000];

test('messages pass without a word, however they are cut into pieces', () => {
  const messages = [
    frame('{"jsonrpc":"2.0","method":"x"}'),
    frame('😀\r\n\r\nContent-Length: 5', 'Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n'),
    frame(''),
    frame('['.repeat(5000)).replace('Content-Length: ', 'content-length:'),
    frame('{}'),
  ];
  for (const size of SIZES) assert.equal(watch(messages.join(''), size), undefined, `${size} at a time`);
});

const BROKEN: Readonly<Record<string, RegExp>> = {
  '{"jsonrpc":"2.0"}': /^'\{.*' is no header$/,
  'hello\r\n\r\n': /^'hello' is no header$/,
  'X: 1\r\n\r\n{}': /^a message has no Content-Length$/,
  '\r\n\r\n': /^a message has no Content-Length$/,
  'Content-Length: 2\n\n{}': /does not end in CR and LF$/,
  'Content-Length: 2x\r\n\r\n{}': /^Content-Length is '2x'$/,
  'Content-Length: -2\r\n\r\n{}': /^Content-Length is '-2'$/,
  'Content-Length: 1e3\r\n\r\n{}': /^Content-Length is '1e3'$/,
  'Content-Length:\r\n\r\n{}': /^Content-Length is ''$/,
  '\u001b[31m: 1\r\n\r\n': /^'[ -~]*' is no header$/,
  [`X: ${'x'.repeat(5000)}\r\n`]: /^a header has no end$/,
  ['X: 1\r\n'.repeat(1000)]: /^a header has no end$/,
};

for (const [text, says] of Object.entries(BROKEN)) {
  test(`${JSON.stringify(text.slice(0, 40))} is told at once, also after a message`, () => {
    for (const size of SIZES) {
      assert.match(watch(text, size) ?? '', says, `${size} at a time`);
      assert.match(watch(frame('{}') + text, size) ?? '', says, `${size} at a time`);
    }
  });
}
