import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeLens, InitializeParams } from 'vscode-languageserver';
import { connect, PULL, SETTINGS } from './client.ts';

const URI = 'file:///team/reader.json';
const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::app/*" }
  ]
}`;
const DOCUMENT = { textDocument: { uri: URI } };

const RESOLVES = {
  ...PULL,
  textDocument: { ...PULL.textDocument, codeLens: { resolveSupport: { properties: ['command'] } } },
} satisfies InitializeParams['capabilities'];

test('a client that asks for words when they are seen gets places first', async () => {
  const client = await connect({
    capabilities: RESOLVES,
    initializationOptions: { commands: ['iamPolicy.chooseKind'] },
  });
  assert.deepEqual(client.initialized.capabilities.codeLensProvider, { resolveProvider: true });
  client.open(URI, TEXT);
  const places = await client.request<CodeLens[]>('textDocument/codeLens', DOCUMENT);
  assert.deepEqual(
    places.map(({ range, command }) => ({ line: range.start.line, command })),
    [
      { line: 0, command: undefined },
      { line: 3, command: undefined },
    ],
  );
  const [policy, statement] = await Promise.all(
    places.map((lens) => client.request<CodeLens>('codeLens/resolve', lens)),
  );
  assert.match(policy?.command?.title ?? '', /^Permission policy \(likely\) · .* of 6,144 characters$/);
  assert.equal(policy?.command?.command, 'iamPolicy.chooseKind');
  assert.deepEqual(policy?.command?.arguments, [URI, 0]);
  assert.match(statement?.command?.title ?? '', / · \d+ Read$/);
  assert.equal(statement?.command?.command, '', 'words, nothing to click');
  assert.deepEqual(statement?.range, places[1]?.range);
  await client.end();
});

test('words asked for after the file has changed are not those of another place', async () => {
  const client = await connect({ capabilities: RESOLVES });
  client.open(URI, TEXT);
  const [lens] = await client.request<CodeLens[]>('textDocument/codeLens', DOCUMENT);
  client.change(URI, '{}', 2);
  await assert.rejects(client.request('codeLens/resolve', lens), /changed/);
  await assert.rejects(client.request('codeLens/resolve', { range: lens?.range }), /changed/);
  await client.end();
});

test('other clients get lenses with their words, and without a command that they do not have', async () => {
  const client = await connect({ capabilities: PULL });
  assert.deepEqual(client.initialized.capabilities.codeLensProvider, {});
  client.open(URI, TEXT);
  const lenses = await client.request<CodeLens[]>('textDocument/codeLens', DOCUMENT);
  assert.equal(lenses.length, 2);
  for (const { command } of lenses) {
    assert.equal(command?.command, '');
    assert.notEqual(command?.title, '');
  }
  client.open('file:///team/package.json', '{ "name": "app" }');
  const none = { textDocument: { uri: 'file:///team/package.json' } };
  assert.deepEqual(await client.request('textDocument/codeLens', none), []);
  const unknown = { textDocument: { uri: 'file:///team/no.json' } };
  assert.deepEqual(await client.request('textDocument/codeLens', unknown), []);
  await client.end();
});

test('lenses can be switched off, and the client is told to ask again', async () => {
  const client = await connect({
    capabilities: {
      ...PULL,
      workspace: { ...SETTINGS.workspace, codeLens: { refreshSupport: true }, diagnostics: {} },
    },
    settings: { lens: { policy: false } },
  });
  await client.take('client/registerCapability');
  client.open(URI, TEXT);
  const lines = async (): Promise<readonly number[]> =>
    (await client.request<CodeLens[]>('textDocument/codeLens', DOCUMENT)).map(({ range }) => range.start.line);
  assert.deepEqual(await lines(), [3]);
  client.settings = { lens: { policy: true, statement: false } };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.take('workspace/codeLens/refresh');
  assert.deepEqual(await lines(), [0]);
  await client.end();
});
