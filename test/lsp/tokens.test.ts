import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SemanticTokens } from 'vscode-languageserver';
import { connect, PULL, SETTINGS } from './client.ts';

const URI = 'file:///team/reader.json';
const TEXT = `{ "Effect": "Allow",
  "Action": ["s3:Get*",
    "iam:PassRole"] }`;
const DOCUMENT = { textDocument: { uri: URI } };

/** Tokens as `line:character+length type`. */
function decode({ data }: SemanticTokens, types: readonly string[]): readonly string[] {
  const decoded: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 5);
    line += down;
    character = down > 0 ? right : character + right;
    decoded.push(`${line}:${character}+${length} ${types[type]}`);
  }
  return decoded;
}

test('tokens of the whole file and of a range, by a legend of types that every editor knows', async () => {
  const client = await connect({ capabilities: PULL });
  const provider = client.initialized.capabilities.semanticTokensProvider;
  assert.ok(provider);
  assert.equal(provider.full, true);
  assert.equal(provider.range, true);
  const { tokenTypes } = provider.legend;
  client.open(URI, TEXT);
  const full = decode(await client.request('textDocument/semanticTokens/full', DOCUMENT), tokenTypes);
  assert.deepEqual(full, [
    '1:14+2 namespace',
    '1:17+3 function',
    '1:20+1 operator',
    '2:5+3 namespace',
    '2:9+8 function',
  ]);
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const part = await client.request<SemanticTokens>('textDocument/semanticTokens/range', { ...DOCUMENT, range });
  assert.deepEqual(decode(part, tokenTypes), full);
  await client.end();
});

test('a file that is no policy has an empty answer, and so has one that is not open', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, '{ "actions": ["s3:Get*"] }');
  assert.deepEqual((await client.request<SemanticTokens>('textDocument/semanticTokens/full', DOCUMENT)).data, []);
  const unknown = { textDocument: { uri: 'file:///team/no.json' } };
  assert.deepEqual((await client.request<SemanticTokens>('textDocument/semanticTokens/full', unknown)).data, []);
  await client.end();
});

test('tokens can be switched off, and the client is told to ask again', async () => {
  const client = await connect({
    capabilities: {
      ...PULL,
      workspace: { ...SETTINGS.workspace, semanticTokens: { refreshSupport: true }, diagnostics: {} },
    },
    settings: { semanticTokens: false },
  });
  await client.take('client/registerCapability');
  client.open(URI, TEXT);
  const ask = () => client.request<SemanticTokens>('textDocument/semanticTokens/full', DOCUMENT);
  assert.deepEqual((await ask()).data, []);
  client.settings = { semanticTokens: true };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.take('workspace/semanticTokens/refresh');
  assert.notDeepEqual((await ask()).data, []);
  await client.end();
});
