import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/a.json';
const policy = (inner: string) => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inner}}]}`;
const READ = '"Action":"s3:GetObject","Resource":"*"';

/** Asks at the `|` of a text, accepts an item, and says what the text is then. */
async function accept(marked: string, label: string, snippets: boolean, settings: unknown = {}) {
  const completion = { completionItem: { snippetSupport: snippets } };
  const client = await connect({
    capabilities: {
      ...PULL,
      workspace: { ...PULL.workspace, configuration: true },
      textDocument: { ...PULL.textDocument, completion },
    },
    settings,
  });
  const text = marked.replace('|', '');
  const document = TextDocument.create(URI, 'json', 1, text);
  client.open(URI, text);
  const list = await client.request<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: URI },
    position: document.positionAt(marked.indexOf('|')),
  });
  await client.end();
  const item = list?.items.find((one: CompletionItem) => one.label === label);
  assert.ok(item?.textEdit && 'range' in item.textEdit, `'${label}' is not offered with an edit`);
  return { item, text: TextDocument.applyEdits(document, [item.textEdit]) };
}

test('a key that is true or false brings the choice, as far as the client can choose', async () => {
  const marked = policy(`${READ},"Condition":{"Bool":{"aws:Sec|"}}`);
  const { text } = await accept(marked, 'aws:SecureTransport', true);
  assert.equal(text, policy(`${READ},"Condition":{"Bool":{"aws:SecureTransport": "\${1|true,false|}"}}`));
  const plain = await accept(marked, 'aws:SecureTransport', false);
  assert.equal(plain.text, policy(`${READ},"Condition":{"Bool":{"aws:SecureTransport"}}`));
});

test('a subject of GitHub has its names to fill in', async () => {
  const trust =
    '"Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity"';
  const at = (value: string) =>
    policy(`${trust},"Condition":{"StringEquals":{"token.actions.githubusercontent.com:sub":"${value}"}}`);
  const label = 'repo:<organization>/<repository>:ref:refs/heads/main';
  const snippet = await accept(at('|'), label, true);
  assert.equal(snippet.text, at('repo:${1:<organization>}/${2:<repository>}:ref:refs/heads/main'));
  const plain = await accept(at('|'), label, false);
  assert.equal(plain.text, at(label));
});

test('a variable replaces what stands of it', async () => {
  const at = (prefix: string) => policy(`${READ},"Condition":{"StringLike":{"s3:prefix":"home/${prefix}/*"}}`);
  const { item, text } = await accept(at('${aws:us|}'), '${aws:username}', true);
  assert.equal(text, at('${aws:username}'));
  assert.equal(item.filterText ?? item.label, '${aws:username}');
});

test('accounts are shown by the names in the settings', async () => {
  const settings = { accounts: { '444455556666': 'shop production' } };
  const marked = policy(`${READ},"Condition":{"StringEquals":{"aws:SourceAccount":"|"}}`);
  const { item } = await accept(marked, '444455556666', true, settings);
  assert.equal(item.detail, 'shop production');
});
