import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Description } from '../../server/src/protocol.ts';
import { connect, PULL } from './client.ts';

const URI = 'file:///team/policies/a.json';
const TRUST = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }]
}`;
const IDENTITY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}`;
const describes = { capabilities: PULL, initializationOptions: { wantsDescriptions: true } };

test('the server says who it is and what it can do', async () => {
  const client = await connect();
  assert.deepEqual(client.initialized.serverInfo, { name: 'iam-policy-language-server', version: '1.2.3' });
  const { capabilities } = client.initialized;
  assert.equal(capabilities.positionEncoding, 'utf-16');
  assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
  assert.equal(capabilities.diagnosticProvider, undefined);
  assert.equal(await client.end(), 0);
});

test('starting reads nothing', async () => {
  let reads = 0;
  const readCatalogue = () => {
    reads += 1;
    throw new Error('read');
  };
  const client = await connect({ runtime: { readCatalogue } });
  await client.end();
  assert.equal(reads, 0);
});

test('leaving without a goodbye is an error', async () => {
  const client = await connect();
  assert.equal(await client.leave(), 1);
});

test('an open file is described, and again when the answer changes', async () => {
  const client = await connect(describes);
  client.open(URI, TRUST);
  const first = await client.take<Description>('iamPolicy/described');
  assert.match(first.dataDate ?? '', /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(
    { ...first, dataDate: null },
    {
      uri: URI,
      version: 1,
      policies: [
        {
          kind: 'trust',
          service: null,
          form: 'document',
          confidence: 'certain',
          evidence: [
            'It has Principal: it says whom it lets in.',
            'Its actions assume a role, and it names no Resource: the role itself is meant.',
          ],
          range: { start: { line: 0, character: 0 }, end: { line: 3, character: 1 } },
          size: { size: 127, limit: 2048, unit: 'characters' },
        },
      ],
      dataDate: null,
    },
  );
  assert.deepEqual(await client.request('iamPolicy/describe', { uri: URI }), first);
  // A change that changes nothing about it is not told.
  client.change(URI, TRUST.replace('ec2', 'rds'), 2);
  await client.request('textDocument/diagnostic', { textDocument: { uri: URI } });
  client.change(URI, IDENTITY, 3);
  const second = await client.take<Description>('iamPolicy/described');
  assert.deepEqual([second.version, second.policies[0]?.kind], [3, 'identity']);
  await client.end();
});

test('what is not open cannot be described', async () => {
  const client = await connect(describes);
  assert.equal(await client.request('iamPolicy/describe', { uri: 'file:///no.json' }), null);
  assert.equal(await client.request('iamPolicy/describe', {}), null);
  await client.end();
});

test('a file can be treated as another kind as long as it is open', async () => {
  const client = await connect(describes);
  const refreshed = () => client.take('workspace/diagnostic/refresh');
  const kind = async () => (await client.take<Description>('iamPolicy/described')).policies[0]?.kind;
  client.open('untitled:Untitled-1', IDENTITY);
  assert.equal(await kind(), 'identity');
  client.notify('iamPolicy/treatAs', { uri: 'untitled:Untitled-1', kind: 'scp' });
  await refreshed();
  assert.equal(await kind(), 'scp');
  client.notify('iamPolicy/treatAs', { uri: 'untitled:Untitled-1', kind: null });
  await refreshed();
  assert.equal(await kind(), 'identity');
  await client.end();
});

test('a kind may be set for one file of the workspace folder', async () => {
  const client = await connect({
    ...describes,
    initializationOptions: { wantsDescriptions: true, settings: { kinds: { './a \\(1\\).json': 'scp' } } },
    workspaceFolders: [{ uri: 'file:///team/my%20%5Bfolder%5D', name: 'folder' }],
  });
  const kindOf = async (uri: string) => {
    client.open(uri, IDENTITY);
    return (await client.take<Description>('iamPolicy/described')).policies[0]?.kind;
  };
  assert.equal(await kindOf('file:///team/my%20%5Bfolder%5D/sub/a%20%281%29.json'), 'identity');
  assert.equal(await kindOf('file:///team/my%20%5Bfolder%5D/a%20%281%29.json'), 'scp');
  await client.end();
});

test('a request that is called off is answered as such', async () => {
  const client = await connect(describes);
  client.open(URI, TRUST);
  await client.take('iamPolicy/described');
  await assert.rejects(client.requestAndCancel('iamPolicy/describe', { uri: URI }), { code: -32800 });
  await client.end();
});

test('positions outside the text do no harm', async () => {
  const client = await connect({
    capabilities: {
      ...PULL,
      textDocument: {
        ...PULL.textDocument,
        codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
      },
    },
  });
  client.open(URI, IDENTITY);
  const places = [
    { line: -1, character: -5 },
    { line: 1e9, character: 1e9 },
    { line: 0.5, character: 0.5 },
    { line: null, character: 'x' },
    undefined,
  ];
  for (const start of places) {
    for (const end of places) {
      const params = { textDocument: { uri: URI }, range: { start, end }, context: { diagnostics: [] } };
      assert.ok(Array.isArray(await client.request('textDocument/codeAction', params)));
    }
  }
  await client.end();
});

test('a huge text is judged', async () => {
  const client = await connect({ capabilities: PULL });
  const statement = '{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }';
  const statements = Array.from({ length: 14_000 }, () => statement).join(',\n');
  const text = `{ "Version": "2012-10-17", "Statement": [${statements}, { "Effect": "allow" }] }`;
  assert.ok(text.length > 1_000_000);
  client.open(URI, text);
  const report = await client.request<{ items: { code: string }[] }>('textDocument/diagnostic', {
    textDocument: { uri: URI },
  });
  assert.ok(report.items.some(({ code }) => code === 'effect-invalid'));
  await client.end();
});

test('messages without the parameters they need are refused with a reason, or told once', async () => {
  const client = await connect({ capabilities: PULL });
  const requests = ['diagnostic', 'hover', 'completion', 'codeAction', 'formatting', 'rename', 'inlayHint'];
  for (let round = 0; round < 2; round++) {
    for (const method of requests) {
      await assert.rejects(client.request(`textDocument/${method}`, {}), { code: -32602, message: /names no file/ });
    }
    client.notify('iamPolicy/treatAs', null);
  }
  const { message } = await client.take<{ message: string }>('window/logMessage');
  assert.match(message, / failed: /);
  assert.doesNotMatch(message, /\n|\.ts|\.js/);
  client.open(URI, TRUST);
  assert.ok(await client.request('iamPolicy/describe', { uri: URI }));
  await client.end();
});
