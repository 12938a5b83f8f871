import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hover, MarkupContent } from 'vscode-languageserver';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/a.json';
const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}`;

const at = (line: number, character: number) => ({ textDocument: { uri: URI }, position: { line, character } });

test('a hover names the range it speaks of, in Markdown where the client shows it', async () => {
  const hover = { contentFormat: ['markdown', 'plaintext'] } as { contentFormat: ('markdown' | 'plaintext')[] };
  const client = await connect({ capabilities: { ...PULL, textDocument: { ...PULL.textDocument, hover } } });
  client.open(URI, TEXT);
  const shown = await client.request<Hover>('textDocument/hover', at(2, 53));
  assert.deepEqual(shown.range, { start: { line: 2, character: 47 }, end: { line: 2, character: 68 } });
  const { kind, value } = shown.contents as MarkupContent;
  assert.equal(kind, 'markdown');
  assert.match(value, /s3:ListAllMyBuckets/);
  await client.end();
});

test('a client that shows plain text gets the words without marks', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, TEXT);
  const shown = await client.request<Hover>('textDocument/hover', at(2, 53));
  const { kind, value } = shown.contents as MarkupContent;
  assert.equal(kind, 'plaintext');
  assert.match(value, /^Action s3:ListAllMyBuckets\n/);
  assert.match(value, /\nAWS documentation: https:/);
  assert.doesNotMatch(value, /[*`\\]{2}|\]\(/);
  await client.end();
});

test('accounts have the names that the settings give them', async () => {
  const client = await connect({
    capabilities: { ...PULL, workspace: { ...PULL.workspace, configuration: true } },
    settings: { accounts: { '111122223333': 'Production' } },
  });
  client.open(URI, TEXT.replace('"Action"', '"Principal": { "AWS": "111122223333" }, "Action"'));
  const shown = await client.request<Hover>('textDocument/hover', at(2, 66));
  assert.match((shown.contents as MarkupContent).value, /account 111122223333 \(Production\)/);
  await client.end();
});

test('nothing to say, or no such file: no hover', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, TEXT);
  assert.equal(await client.request('textDocument/hover', at(99, 0)), null);
  assert.equal(
    await client.request('textDocument/hover', { ...at(0, 0), textDocument: { uri: 'file:///no.json' } }),
    null,
  );
  await client.end();
});
