import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  InitializeParams,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/a.json';
const TEXT = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Reports",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:GetObject"],
      "Resource": "arn:aws:s3:::reports/*"
    }
  ]
}`;
const textDocument = { uri: URI };
const range = (line: number, start: number, end: number, endLine = line) => ({
  start: { line, character: start },
  end: { line: endLine, character: end },
});

const RICH = {
  ...PULL,
  textDocument: {
    ...PULL.textDocument,
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    documentLink: { tooltipSupport: true },
    foldingRange: { lineFoldingOnly: true, rangeLimit: 2, foldingRange: { collapsedText: true } },
  },
} satisfies InitializeParams['capabilities'];

test('a client that knows much gets trees, tooltips and labels', async () => {
  const client = await connect({ capabilities: RICH });
  client.open(URI, TEXT);
  const [policy] = await client.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
  assert.equal(policy?.name, 'Permission policy');
  assert.deepEqual(policy.range, range(0, 0, 1, 10));
  assert.deepEqual(policy.children, [
    {
      name: 'Reports',
      detail: 'Allow s3:GetObject, s3:GetObject',
      kind: 19,
      range: range(3, 4, 5, 8),
      selectionRange: range(4, 13, 22),
      children: [],
    },
  ]);
  assert.deepEqual(await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument }), [
    { startLine: 0, endLine: 9 },
    { startLine: 2, endLine: 8 },
  ]);
  const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument });
  const link = links.find(({ tooltip }) => tooltip === 'Actions of Amazon S3');
  assert.deepEqual(link?.range, range(6, 18, 20));
  assert.match(link.target ?? '', /^https:\/\/docs\.aws\.amazon\.com\//);
  await client.end();
});

test('a client that knows little gets lists', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, TEXT);
  assert.deepEqual(await client.request<SymbolInformation[]>('textDocument/documentSymbol', { textDocument }), [
    { name: 'Permission policy', kind: 2, location: { uri: URI, range: range(0, 0, 1, 10) } },
    {
      name: 'Reports',
      kind: 19,
      location: { uri: URI, range: range(3, 4, 5, 8) },
      containerName: 'Permission policy',
    },
  ]);
  assert.deepEqual(await client.request<FoldingRange[]>('textDocument/foldingRange', { textDocument }), [
    { startLine: 0, startCharacter: 1, endLine: 10, endCharacter: 0 },
    { startLine: 2, startCharacter: 16, endLine: 9, endCharacter: 2 },
    { startLine: 3, startCharacter: 5, endLine: 8, endCharacter: 4 },
  ]);
  const [link] = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument });
  assert.deepEqual(Object.keys(link ?? {}).sort(), ['range', 'target']);
  await client.end();
});

test('selections grow, and what is named twice is highlighted twice', async () => {
  const client = await connect({ capabilities: PULL });
  client.open(URI, TEXT);
  const at = { line: 6, character: 22 };
  const [selection] = await client.request<SelectionRange[]>('textDocument/selectionRange', {
    textDocument,
    positions: [at],
  });
  assert.deepEqual(selection?.range, range(6, 21, 24));
  assert.deepEqual(selection.parent?.range, range(6, 21, 30));
  assert.deepEqual(selection.parent.parent?.range, range(6, 18, 30));
  const highlights = await client.request<DocumentHighlight[]>('textDocument/documentHighlight', {
    textDocument,
    position: at,
  });
  assert.deepEqual(
    highlights.map((one) => one.range),
    [range(6, 18, 30), range(6, 34, 46)],
  );
  await client.end();
});

test('a file that is not open, and one without a policy, give nothing', async () => {
  const client = await connect({ capabilities: RICH });
  client.open('file:///team/package.json', '{\n  "name": "s3:GetObject"\n}');
  for (const uri of ['file:///team/none.json', 'file:///team/package.json']) {
    const params = { textDocument: { uri }, position: { line: 1, character: 14 } };
    for (const [method, nothing] of [
      ['documentSymbol', []],
      ['foldingRange', []],
      ['documentLink', []],
      ['documentHighlight', null],
    ] as const) {
      assert.deepEqual(await client.request(`textDocument/${method}`, params), nothing, method);
    }
  }
  await client.end();
});
