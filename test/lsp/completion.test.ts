import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionClientCapabilities, CompletionItem, CompletionList } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect, PULL, SETTINGS } from './client.ts';

const URI = 'file:///team/a.json';
const statement = (inner: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inner}}]}`;
const SNIPPETS: CompletionClientCapabilities = {
  completionItem: { snippetSupport: true, documentationFormat: ['markdown'] },
};
/** What VS Code says of itself. */
const ALL: CompletionClientCapabilities = {
  completionItem: {
    snippetSupport: true,
    commitCharactersSupport: true,
    documentationFormat: ['markdown', 'plaintext'],
    resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
    labelDetailsSupport: true,
    insertTextModeSupport: { valueSet: [1, 2] },
  },
  completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
};

/** A session with a file open at the `|` of a text. */
async function start(marked: string, completion: CompletionClientCapabilities | undefined, settings?: unknown) {
  const client = await connect({
    capabilities: {
      textDocument: { ...PULL.textDocument, ...(completion && { completion }) },
      workspace: { ...PULL.workspace, ...(settings !== undefined && SETTINGS.workspace) },
    },
    initializationOptions: { commands: ['editor.action.triggerSuggest'] },
    settings,
  });
  const text = marked.replace('|', '');
  const document = TextDocument.create(URI, 'json', 1, text);
  client.open(URI, text);
  if (settings !== undefined) await client.take('client/registerCapability');
  const list = await client.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: URI },
    position: document.positionAt(marked.indexOf('|')),
  });
  const find = (label: string): CompletionItem => {
    const item = list?.items.find((one) => one.label === label);
    assert.ok(item, `'${label}' is not offered`);
    return item;
  };
  return { client, document, list, find };
}

/** Asks at the `|` of a text, in a session of its own. */
async function complete(marked: string, completion: CompletionClientCapabilities | undefined = SNIPPETS) {
  const { client, document, list, find } = await start(marked, completion);
  await client.end();
  const accept = (label: string): { readonly item: CompletionItem; readonly text: string } => {
    const item = find(label);
    const shared = list?.itemDefaults?.editRange;
    const edit =
      item.textEdit ?? (shared && 'start' in shared && { range: shared, newText: item.textEditText ?? item.label });
    assert.ok(edit && 'range' in edit, `'${label}' has no edit`);
    return { item, text: TextDocument.applyEdits(document, [edit, ...(item.additionalTextEdits ?? [])]) };
  };
  return { list, accept };
}

test('an action replaces the string, and says what it is', async () => {
  const { accept } = await complete(statement('"Action":["s3:Ge|t","s3:PutObject"]'));
  const { item, text } = accept('s3:GetObject');
  assert.equal(text, statement('"Action":["s3:GetObject","s3:PutObject"]'));
  assert.equal(item.insertTextFormat, undefined);
  assert.equal(item.filterText, undefined, 'the label is what it is found by');
  assert.equal(item.detail, 'Read');
});

test('after a service the list opens again for its actions', async () => {
  const { accept, list } = await complete(statement('"Action":"|"'));
  const { item, text } = accept('s3:');
  assert.equal(text, statement('"Action":"s3:"'));
  assert.equal(item.command?.command, 'editor.action.triggerSuggest');
  assert.equal(list?.isIncomplete, true);
});

test('an element brings its colon, a place for its value, and the comma where one is missing', async () => {
  const inString = await complete(statement('"Action":"s3:GetObject","Res|"'));
  const { item, text } = inString.accept('Resource');
  assert.equal(text, statement('"Action":"s3:GetObject","Resource": "$1"'));
  assert.equal(item.insertTextFormat, 2);
  const bare = await complete(statement('"Action":"s3:GetObject",|'));
  assert.equal(bare.accept('Resource').text, statement('"Action":"s3:GetObject","Resource": "$1"'));
  const between = await complete(statement('"Sid|" "Action":"s3:GetObject"'));
  assert.equal(between.accept('Sid').text, statement('"Sid": "$1", "Action":"s3:GetObject"'));
  const behind = await complete(statement('"Action":"s3:GetObject" "Res|"'));
  assert.equal(behind.accept('Resource').text, statement('"Action":"s3:GetObject", "Resource": "$1"'));
});

test('an element that has its colon only changes its name', async () => {
  const { accept } = await complete(statement('"Action":"s3:GetObject","Reso|":"*"'));
  const { item, text } = accept('Resource');
  assert.equal(text, statement('"Action":"s3:GetObject","Resource":"*"'));
  assert.equal(item.insertTextFormat, undefined);
});

test('a client without snippets gets plain words', async () => {
  const { accept } = await complete(statement('"Action":"s3:GetObject",|'), {});
  const { item, text } = accept('Resource');
  assert.equal(text, statement('"Action":"s3:GetObject","Resource"'));
  assert.equal(item.insertTextFormat, undefined);
});

test('names to fill in are stops, in front of the value’s', async () => {
  const condition = '"Action":"s3:GetObject","Resource":"*","Condition":{"StringEquals":{"aws:RequestT|"}}';
  const { accept } = await complete(statement(condition));
  assert.equal(
    accept('aws:RequestTag/TagKey').text,
    statement(condition.replace('"aws:RequestT|"', '"aws:RequestTag/${1:TagKey}": "$2"')),
  );
});

test('what all items share is sent once; the others keep their own', async () => {
  const { list, accept } = await complete(statement('"Action":"s3:|"'), ALL);
  assert.ok(list?.itemDefaults?.editRange);
  assert.ok(list.items.every(({ textEdit, sortText }) => textEdit === undefined && (sortText ?? '').length <= 3));
  assert.deepEqual(
    list.items.map(({ sortText }) => sortText),
    list.items.map(({ sortText }) => sortText).toSorted(),
  );
  assert.equal(accept('s3:GetObject').text, statement('"Action":"s3:GetObject"'));
  assert.deepEqual(accept('s3:GetObject').item.labelDetails, { description: 'Read' });
  assert.ok(JSON.stringify(list).length / list.items.length < 140, 'characters for each item');

  const arn = statement('"Action":"sqs:SendMessage","Resource":"arn:aws:s|"');
  const segments = await complete(arn, ALL);
  assert.equal(segments.accept('sqs').text, statement('"Action":"sqs:SendMessage","Resource":"arn:aws:sqs:"'));
  assert.ok(segments.accept('sqs').item.textEdit);
});

test('the keys that accept an item, where the client knows them', async () => {
  const marked = statement('"Action":"s3:GetObject","Resource":"*"').replace('"Allow"', '"|"');
  assert.deepEqual((await complete(marked, ALL)).list?.itemDefaults?.commitCharacters, ['"']);
  const { commitCharacters } = (await complete(marked, { completionItem: { commitCharactersSupport: true } })).accept(
    'Allow',
  ).item;
  assert.deepEqual(commitCharacters, ['"']);
  assert.equal((await complete(marked)).accept('Allow').item.commitCharacters, undefined);
});

test('documentation is sent when it is asked for, in the form that the client shows', async () => {
  const { client, find } = await start(statement('"Action":"s3:|"'), ALL);
  const item = find('s3:GetObject');
  assert.equal(item.documentation, undefined);
  const resolved = await client.request<CompletionItem>('completionItem/resolve', item);
  assert.ok(typeof resolved.documentation === 'object' && resolved.documentation.kind === 'markdown');
  assert.match(resolved.documentation.value, /retrieve objects/);
  const { documentation, ...rest } = resolved;
  assert.deepEqual(rest, item);
  await client.end();
});

test('an item of an earlier list, or of nobody’s, comes back as it is', async () => {
  const { client, find, document } = await start(statement('"Action":"s3:|"'), ALL);
  const item = find('s3:GetObject');
  const at = { textDocument: { uri: URI }, position: document.positionAt(document.getText().indexOf('Allow')) };
  assert.ok(await client.request('textDocument/completion', at));
  assert.deepEqual(await client.request('completionItem/resolve', item), item);
  for (const data of [[99, 0], [1, -1], ['x'], null, 'x']) {
    const odd = { label: 'x', data };
    assert.deepEqual(await client.request('completionItem/resolve', odd), odd);
  }
  await client.end();
});

test('a client that cannot ask later gets the documentation of short lists at once', async () => {
  const marked = statement('"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:|"');
  const { list } = await complete(marked, { completionItem: { documentationFormat: ['plaintext'] } });
  const [item] = list?.items ?? [];
  assert.ok(typeof item?.documentation === 'object' && item.documentation.kind === 'plaintext');
  assert.doesNotMatch(item.documentation.value, /`/);
  assert.equal(item.data, undefined);
  const long = await complete(statement('"Action":"ec2:|"'));
  assert.ok(long.list?.items.every(({ documentation }) => documentation === undefined));
});

test('what the server promises follows from what the client can do', async () => {
  const provider = async (completion: CompletionClientCapabilities) => {
    const client = await connect({ capabilities: { ...PULL, textDocument: { ...PULL.textDocument, completion } } });
    await client.end();
    return client.initialized.capabilities.completionProvider;
  };
  assert.deepEqual(await provider(ALL), {
    triggerCharacters: ['"', ':'],
    resolveProvider: true,
    completionItem: { labelDetailsSupport: true },
  });
  assert.deepEqual(await provider({}), { triggerCharacters: ['"', ':'], resolveProvider: false });
});

test('names of accounts from the settings', async () => {
  const marked = statement('"Principal":{"AWS":"|"},"Action":"sts:AssumeRole"');
  const { client, find } = await start(marked, ALL, { accounts: { '111122223333': 'audit' } });
  const item = find('arn:aws:iam::111122223333:root');
  assert.equal(item.labelDetails?.description, 'the whole account audit');
  assert.match(item.filterText ?? '', /audit/);
  await client.end();
});

test('what other files of the workspace name, once they have been read', async () => {
  const role = 'arn:aws:iam::111122223333:role/deploy';
  const other = statement(`"Principal":{"AWS":"${role}"},"Action":"sts:AssumeRole"`);
  const client = await connect({
    capabilities: PULL,
    workspaceFolders: [{ uri: 'file:///team', name: 'team' }],
    runtime: { disk: { list: async () => [{ name: 'other.json', folder: false }], read: async () => other } },
  });
  const marked = '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"|"},"Action":"sts:AssumeRole"}]}';
  client.open(URI, marked.replace('|', ''));
  const ask = { textDocument: { uri: URI }, position: { line: 0, character: marked.indexOf('|') } };
  await client.request('textDocument/completion', ask);
  // This waits until all is read.
  await client.request('workspace/symbol', { query: '' });
  const { items } = await client.request<CompletionList>('textDocument/completion', ask);
  assert.deepEqual(
    items.slice(0, 2).map(({ label }) => label),
    [role, 'arn:aws:iam::111122223333:root'],
  );
  await client.end();
});

test('nothing is offered outside policies', async () => {
  assert.equal((await complete('{ "name": "|", "scripts": {} }')).list, null);
});
