import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/a.json';
const statement = (inner: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inner}}]}`;
const SNIPPETS = { completionItem: { snippetSupport: true, documentationFormat: ['markdown' as const] } };

/** Asks at the `|` of a text. */
async function complete(marked: string, snippets = true) {
  const client = await connect({
    capabilities: { ...PULL, textDocument: { ...PULL.textDocument, ...(snippets && { completion: SNIPPETS }) } },
    initializationOptions: { commands: ['editor.action.triggerSuggest'] },
  });
  const text = marked.replace('|', '');
  const document = TextDocument.create(URI, 'json', 1, text);
  client.open(URI, text);
  const list = await client.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: URI },
    position: document.positionAt(marked.indexOf('|')),
  });
  await client.end();
  const accept = (label: string): { readonly item: CompletionItem; readonly text: string } => {
    const item = list?.items.find((one) => one.label === label);
    assert.ok(item?.textEdit && 'range' in item.textEdit, `'${label}' is not offered with an edit`);
    return { item, text: TextDocument.applyEdits(document, [item.textEdit]) };
  };
  return { list, accept };
}

test('an action replaces the string, and says what it is', async () => {
  const { accept } = await complete(statement('"Action":["s3:Ge|t","s3:PutObject"]'));
  const { item, text } = accept('s3:GetObject');
  assert.equal(text, statement('"Action":["s3:GetObject","s3:PutObject"]'));
  assert.equal(item.insertTextFormat, undefined);
  assert.equal(item.filterText ?? item.label, 's3:GetObject');
  assert.equal(item.detail, 'Read');
  assert.deepEqual(item.documentation && typeof item.documentation === 'object' && item.documentation.kind, 'markdown');
});

test('after a service the list opens again for its actions', async () => {
  const { accept } = await complete(statement('"Action":"|"'));
  const { item, text } = accept('s3:');
  assert.equal(text, statement('"Action":"s3:"'));
  assert.equal(item.command?.command, 'editor.action.triggerSuggest');
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
});

test('an element that has its colon only changes its name', async () => {
  const { accept } = await complete(statement('"Action":"s3:GetObject","Reso|":"*"'));
  const { item, text } = accept('Resource');
  assert.equal(text, statement('"Action":"s3:GetObject","Resource":"*"'));
  assert.equal(item.insertTextFormat, undefined);
});

test('a client without snippets gets plain words', async () => {
  const { accept } = await complete(statement('"Action":"s3:GetObject",|'), false);
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

test('nothing is offered outside policies', async () => {
  assert.equal((await complete('{ "name": "|", "scripts": {} }')).list, null);
});
