import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RegistrationParams, TextEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/a.iam.json';
const DYNAMIC = { formatting: { dynamicRegistration: true }, rangeFormatting: { dynamicRegistration: true } };
const options = { tabSize: 2, insertSpaces: true };

async function connectAndOpen(text: string) {
  const client = await connect({ capabilities: { ...PULL, textDocument: { ...PULL.textDocument, ...DYNAMIC } } });
  const registered: unknown[] = [];
  for (let count = 0; count < 2; count++) {
    const { registrations } = await client.take<RegistrationParams>('client/registerCapability');
    registered.push(...registrations.map(({ method, registerOptions }) => [method, registerOptions]));
  }
  client.open(URI, text, 'iam-policy');
  return { client, registered };
}

const apply = (text: string, edits: TextEdit[]) =>
  TextDocument.applyEdits(TextDocument.create(URI, '', 1, text), edits);

test('our own files are laid out, others are left to the editor', async () => {
  const text = '{"Version":"2012-10-17",\r\n"Statement":[]}';
  const { client, registered } = await connectAndOpen(text);
  const own = { documentSelector: [{ language: 'iam-policy' }] };
  assert.deepEqual(registered, [
    ['textDocument/formatting', own],
    ['textDocument/rangeFormatting', own],
  ]);
  const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: URI }, options });
  assert.equal(apply(text, edits), '{\r\n  "Version": "2012-10-17",\r\n  "Statement": []\r\n}');
  await client.end();
});

test('the line break at the end stays', async () => {
  const { client } = await connectAndOpen('[1]\n\n');
  const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: URI }, options });
  assert.equal(apply('[1]\n\n', edits), '[\n  1\n]\n');
  await client.end();
});

test('a range is laid out alone', async () => {
  const text = '{\n  "Version":"2012-10-17",\n"Statement":[]\n}';
  const { client } = await connectAndOpen(text);
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 20 } };
  const params = { textDocument: { uri: URI }, range, options };
  const edits = await client.request<TextEdit[]>('textDocument/rangeFormatting', params);
  assert.equal(apply(text, edits), '{\n  "Version": "2012-10-17",\n"Statement":[]\n}');
  await client.end();
});

test('a file that is not open cannot be laid out', async () => {
  const { client } = await connectAndOpen('{}');
  const params = { textDocument: { uri: 'file:///no.json' }, options };
  assert.equal(await client.request('textDocument/formatting', params), null);
  await client.end();
});

test('a line break in a string without an end stays whole: no position lies inside it', async () => {
  const text = '{\r\n"Sid": "a\\\r\n\t\t,"b": 1\r\n}';
  const { client } = await connectAndOpen(text);
  const edits = await client.request<TextEdit[]>('textDocument/formatting', { textDocument: { uri: URI }, options });
  const document = TextDocument.create(URI, '', 1, text);
  for (const { range } of edits) {
    for (const position of [range.start, range.end]) {
      assert.deepEqual(document.positionAt(document.offsetAt(position)), position);
    }
  }
  assert.ok(edits.some(({ newText }) => newText.startsWith('\r')));
  assert.match(apply(text, edits), /"a\\\r\n?/);
  await client.end();
});
