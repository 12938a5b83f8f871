/** Whatever goes wrong around the server: one clear message, and everything else goes on. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { PublishDiagnosticsParams, SymbolInformation } from 'vscode-languageserver';
import { nodeDisk } from '../../server/src/lsp/node-disk.ts';
import type { Disk } from '../../server/src/lsp/workspace-files.ts';
import { type ClientOptions, connect, SETTINGS, type TestClient } from './client.ts';

const URI = 'file:///team/a.json';
const BROKEN = '{ "Version": "2012-10-17", "Statement": [{ "Sid": "One", "Effect": "allow" }] }';
const DATA = join(__dirname, '../../server/data');
const FOLDER = 'file:///team/infra';

const codes = ({ diagnostics }: PublishDiagnosticsParams): readonly unknown[] => diagnostics.map(({ code }) => code);

/** A client whose folder lies on a disk. */
const openFolder = (uri: string, disk: Disk): Promise<TestClient> =>
  connect({ workspaceFolders: [{ uri, name: 'infra' }], runtime: { disk } });

/** Opens a file that is wrong, and waits for what is said of it. */
async function judge(client: TestClient, uri = URI, text = BROKEN): Promise<readonly unknown[]> {
  client.open(uri, text);
  return codes(await client.take('textDocument/publishDiagnostics'));
}

/** How many statements of that name the server knows. */
async function count(client: TestClient, sid: string): Promise<number> {
  const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: sid });
  return symbols.filter(({ name }) => name === sid).length;
}

const said = async (client: TestClient): Promise<string> =>
  (await client.take<{ message: string }>('window/logMessage')).message;

const read = (name: string): string => readFileSync(join(DATA, name), 'latin1');

const DATA_FAULTS: Readonly<Record<string, { toc?: () => string; services?: () => string; says: RegExp }>> = {
  missing: {
    toc: () => {
      throw new Error('there is no such file');
    },
    says: /^the AWS reference data cannot be read: there is no such file$/,
  },
  'cut off': { toc: () => read('catalogue-toc.json').slice(0, 5000), says: /is damaged \(catalogue-toc\.json\): / },
  empty: { toc: () => '', says: /is damaged \(catalogue-toc\.json\): / },
  'of a newer format': {
    toc: () => JSON.stringify({ ...JSON.parse(read('catalogue-toc.json')), format: 99 }),
    says: /format 99, this version reads \d+$/,
  },
  'without its second file': {
    services: () => {
      throw new Error('there is no such file');
    },
    says: /^the AWS reference data cannot be read: there is no such file$/,
  },
  'with a second file cut off': {
    services: () => read('catalogue.jsonl').slice(0, 5000),
    says: /catalogue\.jsonl has 5000 characters where/,
  },
  'with a second file of the right length and wrong content': {
    services: () => ' '.repeat(read('catalogue.jsonl').length),
    says: /^the AWS reference data of 's3' is damaged: /,
  },
  'that is null': { toc: () => 'null', says: /is damaged \(catalogue-toc\.json\): / },
  'of the right format with nothing in it': { toc: () => '{"format":1}', says: /is damaged \(catalogue-toc\.json\): / },
};

for (const [how, { toc, services, says }] of Object.entries(DATA_FAULTS)) {
  test(`reference data ${how}: one message, and what needs no data is still found`, async () => {
    const readCatalogue = () => ({
      toc: (toc ?? (() => read('catalogue-toc.json')))(),
      get services() {
        return (services ?? (() => read('catalogue.jsonl')))();
      },
    });
    const client = await connect({ runtime: { readCatalogue } });
    const text = BROKEN.replace('"allow"', '"allow", "Action": "s3:GetObjct", "Resource": "*"');
    assert.ok((await judge(client, URI, text)).includes('effect-invalid'));
    assert.match(await said(client), says);
    const { message } = await client.take<{ message: string }>('window/showMessage');
    assert.match(
      message,
      /^IAM Policy cannot read its AWS reference data, .* Reinstalling it should help; the rest works\.$/,
    );
    const textDocument = { uri: URI };
    // In the name of the action, which the data would know, and in the Sid.
    for (const method of ['hover', 'completion', 'definition', 'documentHighlight']) {
      await client.request(`textDocument/${method}`, { textDocument, position: { line: 0, character: 96 } });
    }
    for (const method of ['documentSymbol', 'codeLens', 'documentLink', 'semanticTokens/full', 'foldingRange']) {
      await client.request(`textDocument/${method}`, { textDocument });
    }
    // Nothing else has been said.
    await client.end();
  });
}

const never = (): Promise<never> => new Promise(() => undefined);

test('a client that never tells its settings gets the defaults', async () => {
  const client = await connect({
    capabilities: SETTINGS,
    answers: { 'workspace/configuration': never, 'client/registerCapability': never },
    runtime: { patienceMs: 20 },
  });
  assert.ok((await judge(client)).includes('effect-invalid'));
  assert.match(await said(client), /^The settings cannot be read, so the defaults hold: the client does not answer$/);
  await client.end();
});

test('settings of wrong types: each is told once, and the rest holds', async () => {
  const settings = {
    rules: { 'effect-invalid': 'warning', x: 5 },
    kinds: 7,
    persona: ['auditor'],
    accounts: 'x',
    lens: 3,
  };
  const client = await connect({ capabilities: SETTINGS, settings });
  await client.take('client/registerCapability');
  client.open(URI, BROKEN);
  const { diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.equal(diagnostics.find(({ code }) => code === 'effect-invalid')?.severity, 2);
  const told = [await said(client), await said(client), await said(client), await said(client), await said(client)];
  assert.deepEqual(told.map((message) => /^iamPolicy\.(\w+)/.exec(message)?.[1]).toSorted(), [
    'accounts',
    'kinds',
    'lens',
    'persona',
    'rules',
  ]);
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.take('textDocument/publishDiagnostics');
  await client.end();
});

test('a client that never answers when it is told to ask again', async () => {
  const asks = ['codeLens', 'inlayHint', 'semanticTokens'] as const;
  const client = await connect({
    capabilities: {
      workspace: { ...SETTINGS.workspace, ...Object.fromEntries(asks.map((name) => [name, { refreshSupport: true }])) },
      textDocument: { formatting: { dynamicRegistration: true }, rangeFormatting: { dynamicRegistration: true } },
    },
    answers: {
      'client/registerCapability': never,
      ...Object.fromEntries(asks.map((name) => [`workspace/${name}/refresh`, never])),
    },
  });
  assert.ok((await judge(client)).includes('effect-invalid'));
  client.notify('workspace/didChangeConfiguration', { settings: null });
  assert.ok(codes(await client.take('textDocument/publishDiagnostics')).includes('effect-invalid'));
  assert.equal(await count(client, 'One'), 1);
  await client.end();
});

test('a file that is opened under two spellings of its URI stands once in the index, and both are judged', async () => {
  const client = await connect();
  const spellings = ['file:///c%3A/team/a.json', 'file:///C:/team/a.json', 'file:///c:/team/%61.json'];
  for (const uri of spellings) assert.ok((await judge(client, uri)).includes('effect-invalid'), uri);
  assert.equal(await count(client, 'One'), 1);
  for (const uri of spellings.slice(0, 2)) {
    client.close(uri);
    await client.take('textDocument/publishDiagnostics');
  }
  assert.equal(await count(client, 'One'), 1);
  await client.end();
});

test('a client that never reads a folder or a file for the server does not keep it from answering', async () => {
  const list = () => [{ name: 'b.json', folder: false }];
  const faults: readonly NonNullable<ClientOptions['answers']>[] = [
    { 'iamPolicy/readFolder': never },
    { 'iamPolicy/readFolder': list, 'iamPolicy/readFile': never },
    { 'iamPolicy/readFolder': () => 7 },
    { 'iamPolicy/readFolder': () => [null, 7, { name: 7 }] },
    { 'iamPolicy/readFolder': list, 'iamPolicy/readFile': () => 7 },
  ];
  for (const answers of faults) {
    const client = await connect({
      initializationOptions: { readsFiles: true },
      workspaceFolders: [{ uri: 'vscode-vfs://team/infra', name: 'infra' }],
      answers,
      runtime: { patienceMs: 20 },
    });
    await judge(client);
    assert.equal(await count(client, 'One'), 1, Object.keys(answers).join());
    await client.end();
  }
});

test('what a client says of itself may be nonsense', async () => {
  const nonsense: readonly unknown[] = [
    null,
    7,
    { textDocument: 'x', workspace: 7 },
    { textDocument: { codeAction: { dataSupport: true, resolveSupport: {} } } },
    { textDocument: { hover: { contentFormat: 5 }, completion: { completionList: { itemDefaults: 7 } } } },
  ];
  for (const capabilities of nonsense) {
    const client = await connect({ capabilities: capabilities as never });
    assert.ok((await judge(client)).includes('effect-invalid'));
    await client
      .leave()
      .catch(({ actual }: { actual?: readonly { method: string; params: { message: string } }[] }) => {
        const [told, ...more] = actual ?? [];
        assert.deepEqual(more, []);
        assert.match(told?.params.message ?? '', /^What the client says of itself makes no sense/);
      });
  }
  for (const workspaceFolders of ['x', 7, [null], [{}], [{ uri: 5 }]]) {
    const client = await connect({ workspaceFolders: workspaceFolders as never });
    assert.ok((await judge(client)).includes('effect-invalid'), JSON.stringify(workspaceFolders));
    await client.request('workspace/symbol', { query: '' });
    await client.leave().catch(() => undefined);
  }
});

const NOTIFICATIONS = [
  'textDocument/didOpen',
  'textDocument/didChange',
  'textDocument/didClose',
  'workspace/didChangeConfiguration',
  'workspace/didChangeWatchedFiles',
  'workspace/didChangeWorkspaceFolders',
  'iamPolicy/treatAs',
  '$/cancelRequest',
  'no/such',
] as const;

const PARAMS: readonly unknown[] = [
  null,
  7,
  [],
  {},
  { textDocument: null },
  { textDocument: { uri: 7, languageId: 'json', version: 1, text: '{}' } },
  { textDocument: { uri: 'file:///team/b.json' } },
  { textDocument: { uri: 'file:///team/b.json', languageId: 4, version: 'x', text: null } },
  { textDocument: { uri: URI, version: 2 }, contentChanges: 'x' },
  { textDocument: { uri: URI, version: 2 }, contentChanges: [null] },
  { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: {}, text: 5 }] },
  { textDocument: { uri: URI, version: 2 }, contentChanges: [{ range: { start: {}, end: null }, text: '' }] },
  { changes: [null], settings: 7, event: { added: [null], removed: 7 }, uri: 5, kind: 5 },
  { changes: [{ uri: 5, type: 9 }], event: {}, uri: URI, kind: 'no such kind' },
];

for (const method of NOTIFICATIONS) {
  test(`${method} with any parameters does not keep the server from anything else`, async () => {
    const client = await connect({ capabilities: { workspace: { workspaceFolders: true } } });
    client.open(URI, BROKEN);
    for (const params of PARAMS) client.notify(method, params);
    client.open('file:///team/c.json', BROKEN.replace('One', 'Two'));
    assert.equal(await count(client, 'Two'), 1);
    let last: PublishDiagnosticsParams | undefined;
    while (last?.uri !== 'file:///team/c.json') last = await client.take('textDocument/publishDiagnostics');
    assert.ok(codes(last).includes('effect-invalid'));
    assert.equal(await client.request('shutdown', null), null);
    // What was said of each fault is for people to read, and has no lines of a program in it.
    await client
      .leave()
      .catch(({ actual }: { actual?: readonly { method: string; params: { message?: string } }[] }) => {
        for (const { params } of actual ?? []) assert.doesNotMatch(params.message ?? '', /\n\s+at |\.[jt]s:\d/);
      });
  });
}

test('closes and opens out of order', async () => {
  const client = await connect();
  const next = () => client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  client.close(URI);
  client.change(URI, BROKEN, 2);
  assert.ok((await judge(client)).includes('effect-invalid'));
  client.close(URI);
  client.close(URI);
  client.change(URI, BROKEN, 3);
  assert.deepEqual(codes(await next()), []);
  assert.equal(
    await client.request('textDocument/hover', { textDocument: { uri: URI }, position: { line: 0, character: 3 } }),
    null,
  );
  assert.ok((await judge(client)).includes('effect-invalid'));
  // Closed while the answer is on its way.
  const answer = client.request('textDocument/documentSymbol', { textDocument: { uri: URI } });
  client.close(URI);
  await answer;
  await next();
  await client.end();
});

test('a file that is opened twice has the text of the last time', async () => {
  const client = await connect();
  assert.ok((await judge(client)).includes('effect-invalid'));
  const again = BROKEN.replace('"allow"', '"Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"');
  assert.deepEqual(await judge(client, URI, again), []);
  client.close(URI);
  assert.deepEqual(codes(await client.take('textDocument/publishDiagnostics')), []);
  await client.end();
});

test('files of one name in two folders are two files', async () => {
  const client = await connect();
  const other = 'file:///team/other/a.json';
  const right = BROKEN.replace('"allow"', '"Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"');
  assert.ok((await judge(client)).includes('effect-invalid'));
  assert.deepEqual(await judge(client, other, right), []);
  client.close(other);
  assert.equal((await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics')).uri, other);
  assert.equal(await count(client, 'One'), 1);
  await client.end();
});

test('a folder with loops, devices, half a gigabyte, odd names and what may not be read', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'iam-policy-odd-'));
  t.after(() => rmSync(root, { recursive: true }));
  const policy = (sid: string): string => BROKEN.replace('One', sid);
  mkdirSync(join(root, 'deep/er'), { recursive: true });
  writeFileSync(join(root, 'deep/er/plain.json'), policy('Plain'));
  writeFileSync(join(root, 'huge.json'), policy('Huge'));
  truncateSync(join(root, 'huge.json'), 500_000_000);
  writeFileSync(join(root, 'bytes.json'), Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80, 0x22]));
  let odd = 0;
  for (const name of ['a\nb', 'a\u0007b', 'a\u001b[31mb', '%2e%2e', 'a#b?c', 'ü😀']) {
    try {
      writeFileSync(join(root, `${name}.json`), policy('Odd'));
      odd += 1;
    } catch {
      // Not every file system takes every name.
    }
  }
  if (process.platform !== 'win32') {
    symlinkSync(root, join(root, 'deep/loop'));
    symlinkSync('/dev/zero', join(root, 'endless.json'));
  }
  const asked: string[] = [];
  const disk: Disk = {
    list: nodeDisk.list,
    read(uri) {
      asked.push(uri);
      return nodeDisk.read(uri);
    },
  };
  const folder = pathToFileURL(root).href;
  const client = await openFolder(folder, disk);
  // As an editor tells of a link.
  client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: `${folder}/endless.json`, type: 1 }] });
  assert.equal(await count(client, 'Plain'), 1);
  assert.equal(await count(client, 'Odd'), odd);
  assert.equal(await count(client, 'Huge'), 0);
  assert.ok(asked.some((uri) => uri.endsWith('/huge.json')));
  assert.equal(await nodeDisk.read(`${folder}/huge.json`), undefined);
  if (process.platform !== 'win32') assert.equal(await nodeDisk.read(`${folder}/endless.json`), undefined);
  await client.end();
});

test('100,000 files, folders that cannot be listed and names that have no URI', async () => {
  let reads = 0;
  const disk: Disk = {
    async list(folder) {
      if (folder.endsWith('/locked')) throw new Error('you may not read it');
      if (folder !== FOLDER) return [];
      return [
        { name: 'locked', folder: true },
        { name: 'half\ud800.json', folder: false },
        ...Array.from({ length: 100_000 }, (_, index) => ({ name: `${index}.json`, folder: false })),
      ];
    },
    async read() {
      reads += 1;
      return '{}';
    },
  };
  const client = await openFolder(FOLDER, disk);
  assert.ok((await judge(client)).includes('effect-invalid'));
  assert.equal(await count(client, 'One'), 1);
  assert.ok(reads > 100 && reads <= 5000, `${reads} files were read`);
  // Not all files have been seen, and a rename that went through them all would look the same.
  const uri = 'file:///team/infra/role.json';
  const role =
    '{ "Version": "2012-10-17", "Statement": [{ "Sid": "One", "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam::111122223333:role/app" }] }';
  assert.ok(await judge(client, uri, role));
  const rename = (word: string, newName: string) =>
    client.request('textDocument/rename', {
      textDocument: { uri },
      position: { line: 0, character: role.indexOf(word) + word.length - 1 },
      newName,
    });
  await rename('One', 'Two');
  await rename('role/app', 'job');
  const { message } = await client.take<{ message: string }>('window/showMessage');
  assert.match(message, /^IAM Policy looks at 5,000 JSON files and 50 MB of policies at most, and here is more: /);
  await client.end();
});
