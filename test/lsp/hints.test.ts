import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InlayHint, MarkupContent } from 'vscode-languageserver';
import { connect, PULL, SETTINGS } from './client.ts';

const URI = 'file:///team/sender.json';
const TEXT = `{ "Effect": "Allow", "Action": "dynamodb:*Item",
  "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders" }`;

const whole = (uri = URI) => ({
  textDocument: { uri },
  range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
});

test('hints stand where they belong, each with its tooltip', async () => {
  const client = await connect({
    capabilities: { ...PULL, textDocument: { ...PULL.textDocument, hover: { contentFormat: ['markdown'] } } },
    initializationOptions: { settings: { accounts: { '111122223333': 'Production' } } },
  });
  assert.equal(client.initialized.capabilities.inlayHintProvider, true);
  client.open(URI, TEXT);
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', whole());
  assert.deepEqual(
    hints.map(({ tooltip, ...hint }) => hint),
    [
      { position: { line: 0, character: 47 }, label: '7 actions', paddingLeft: true },
      { position: { line: 1, character: 49 }, label: 'Production', paddingLeft: true, paddingRight: true },
      { position: { line: 1, character: 57 }, label: 'queue', paddingLeft: true, kind: 1 },
    ],
  );
  for (const { tooltip } of hints) assert.equal((tooltip as MarkupContent).kind, 'markdown');
  const line = {
    textDocument: { uri: URI },
    range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
  };
  assert.deepEqual(await client.request('textDocument/inlayHint', line), [], 'nothing else is in sight');
  await client.end();
});

test('a client without Markdown gets plain text, one without the file nothing', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, TEXT);
  const hints = await client.request<InlayHint[]>('textDocument/inlayHint', whole());
  assert.deepEqual(
    hints.map(({ tooltip }) => (tooltip as MarkupContent).kind),
    ['plaintext', 'plaintext'],
  );
  assert.deepEqual(await client.request('textDocument/inlayHint', whole('file:///team/no.json')), []);
  client.open('file:///team/package.json', '{ "arn": "arn:aws:sqs:eu-west-1:111122223333:orders" }');
  assert.deepEqual(await client.request('textDocument/inlayHint', whole('file:///team/package.json')), []);
  await client.end();
});

test('a client that resolves hints gets a tooltip when it asks, while the file is as it was', async () => {
  const client = await connect({
    capabilities: {
      ...PULL,
      textDocument: { ...PULL.textDocument, inlayHint: { resolveSupport: { properties: ['tooltip'] } } },
    },
  });
  assert.deepEqual(client.initialized.capabilities.inlayHintProvider, { resolveProvider: true });
  client.open(URI, TEXT);
  const [actions, queue] = await client.request<InlayHint[]>('textDocument/inlayHint', whole());
  assert.ok(actions && queue);
  assert.equal(actions.tooltip, undefined);
  const tooltipOf = async (hint: InlayHint) =>
    ((await client.request<InlayHint>('inlayHint/resolve', hint)).tooltip as MarkupContent | undefined)?.value;
  assert.match((await tooltipOf(actions)) ?? '', /matches 7 actions of DynamoDB/);
  assert.match((await tooltipOf(queue)) ?? '', /^The queue orders/);
  assert.equal(await tooltipOf({ ...queue, data: undefined }), undefined);
  client.change(URI, TEXT.replace('orders', 'other'), 2);
  assert.equal(await tooltipOf(queue), undefined, 'of an earlier text');
  await client.end();
});

test('each kind of hint can be switched off, and the client is told to ask again', async () => {
  const accounts = { '111122223333': 'Production' };
  const client = await connect({
    capabilities: {
      ...PULL,
      workspace: { ...SETTINGS.workspace, inlayHint: { refreshSupport: true }, diagnostics: {} },
    },
    settings: { accounts, hints: { accounts: true, wildcards: false, resourceTypes: false } },
  });
  await client.take('client/registerCapability');
  client.open(URI, TEXT);
  const labels = async () =>
    (await client.request<InlayHint[]>('textDocument/inlayHint', whole())).map(({ label }) => label);
  assert.deepEqual(await labels(), ['Production']);
  for (const [hints, expected] of [
    [{ accounts: false, wildcards: true, resourceTypes: false }, ['7 actions']],
    [{ accounts: false, wildcards: false, resourceTypes: true }, ['queue']],
  ] as const) {
    client.settings = { accounts, hints };
    client.notify('workspace/didChangeConfiguration', { settings: null });
    await client.take('workspace/inlayHint/refresh');
    assert.deepEqual(await labels(), expected);
  }
  await client.end();
});
