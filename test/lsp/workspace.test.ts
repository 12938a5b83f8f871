import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InitializeParams, Location, SymbolInformation, WorkspaceEdit } from 'vscode-languageserver';
import type { Disk } from '../../server/src/lsp/workspace-files.ts';
import type { FolderEntry } from '../../server/src/protocol.ts';
import { type ClientOptions, connect, PULL, type TestClient } from './client.ts';

const FOLDER = 'file:///team/infra';
const TRUST = `${FOLDER}/deploy-role/trust-policy.json`;
const BUCKET = `${FOLDER}/reports-bucket-policy.json`;
const USER = `${FOLDER}/user.json`;

const READS_REPORTS = `{ "Version": "2012-10-17",
  "Statement": [{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }] }`;

const FILES: Readonly<Record<string, string>> = {
  [TRUST]: `{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] }`,
  [BUCKET]: `{ "Version": "2012-10-17", "Statement": [
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/deploy" }, "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::reports/*" }] }`,
  [USER]: READS_REPORTS,
  [`${FOLDER}/package.json`]: '{ "name": "no policy", "says": "arn:aws:s3:::reports" }',
};

/** What stands in a folder when these are all files. */
function listOf(uris: readonly string[], folder: string): readonly FolderEntry[] {
  const inside = uris.filter((uri) => uri.startsWith(`${folder}/`)).map((uri) => uri.slice(folder.length + 1));
  const folders = new Set(inside.filter((path) => path.includes('/')).map((path) => path.replace(/\/.*/, '')));
  const files = inside.filter((path) => !path.includes('/'));
  return [
    ...[...folders].map((name) => ({ name, folder: true })),
    ...files.map((name) => ({ name: decodeURIComponent(name), folder: false })),
  ];
}

/** A disk in memory that notes what is asked of it. */
function fakeDisk(files: Readonly<Record<string, string>> = FILES) {
  const texts = new Map(Object.entries(files));
  const asked: string[] = [];
  const disk: Disk = {
    async list(folder) {
      asked.push(folder);
      return listOf([...texts.keys()], folder);
    },
    async read(uri) {
      asked.push(uri);
      return texts.get(uri);
    },
  };
  return { disk, texts, asked };
}

const WATCHES = {
  ...PULL,
  workspace: {
    ...PULL.workspace,
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true },
  },
  textDocument: { ...PULL.textDocument, rename: { prepareSupport: true } },
} satisfies InitializeParams['capabilities'];

const workspaceFolders = [{ uri: FOLDER, name: 'infra' }];

const open = (disk: Disk, more: Partial<ClientOptions> = {}): Promise<TestClient> =>
  connect({ capabilities: WATCHES, workspaceFolders, runtime: { disk }, ...more });

/** Where a word stands in a text, as the parameters of a request. */
function at(uri: string, word: string, text = FILES[uri] ?? '') {
  const lines = text.split('\n');
  const line = lines.findIndex((one) => one.includes(word));
  return { textDocument: { uri }, position: { line, character: lines[line]?.indexOf(word) ?? 0 } };
}

const urisOf = (locations: readonly Location[]): readonly string[] => locations.map(({ uri }) => uri).sort();

test('nothing is read before the first question', async () => {
  const { disk, asked } = fakeDisk();
  const client = await open(disk);
  client.open(USER, READS_REPORTS);
  await client.request('textDocument/documentSymbol', { textDocument: { uri: USER } });
  assert.equal(asked.length, 0);
  const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'read' });
  assert.deepEqual(
    symbols.map(({ name, containerName }) => [name, containerName]),
    [['Read', 'infra/user.json']],
  );
  assert.equal(asked[0], FOLDER);
  // What is open is not read from the disk.
  assert.equal(asked.includes(USER), false);
  assert.deepEqual(await client.take('client/registerCapability').then(methodsOf), ['workspace/didChangeWatchedFiles']);
  await client.end();
});

const methodsOf = (params: unknown): readonly string[] =>
  (params as { registrations: readonly { method: string }[] }).registrations.map(({ method }) => method);

test('definitions and references go to files that are not open', async () => {
  const { disk } = fakeDisk();
  const client = await open(disk);
  client.open(BUCKET, FILES[BUCKET] ?? '');
  const definitions = await client.request<Location[]>('textDocument/definition', at(BUCKET, 'deploy"'));
  assert.deepEqual(definitions, [
    { uri: TRUST, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } } },
  ]);
  const context = { includeDeclaration: true };
  const references = await client.request<Location[]>('textDocument/references', { ...at(BUCKET, 'reports'), context });
  assert.deepEqual(urisOf(references), [BUCKET, USER]);
  await client.take('client/registerCapability');
  await client.end();
});

test('a rename changes open files in their version, others as they are on the disk', async () => {
  const { disk, texts } = fakeDisk();
  const client = await open(disk);
  client.open(BUCKET, FILES[BUCKET] ?? '', 'json', 7);
  const place = at(BUCKET, 'reports');
  assert.deepEqual(await client.request('textDocument/prepareRename', place), {
    range: { start: { line: 2, character: 32 }, end: { line: 2, character: 39 } },
    placeholder: 'reports',
  });
  await client.request('workspace/symbol', { query: '' });
  // The index does not know yet that a line has come in above.
  texts.set(USER, `\n${READS_REPORTS}`);
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'archive' });
  assert.deepEqual(edit, {
    documentChanges: [
      {
        textDocument: { uri: BUCKET, version: 7 },
        edits: [{ range: { start: { line: 2, character: 32 }, end: { line: 2, character: 39 } }, newText: 'archive' }],
      },
      {
        textDocument: { uri: USER, version: null },
        edits: [
          { range: { start: { line: 2, character: 104 }, end: { line: 2, character: 111 } }, newText: 'archive' },
        ],
      },
    ],
  });
  await client.take('client/registerCapability');
  await client.end();
});

test('a client without versioned edits gets plain ones', async () => {
  const { disk } = fakeDisk();
  const client = await open(disk, { capabilities: PULL });
  client.open(USER, READS_REPORTS);
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
    ...at(USER, 'reports'),
    newName: 'archive',
  });
  assert.deepEqual(Object.keys(edit.changes ?? {}).sort(), [BUCKET, USER]);
  assert.equal(edit.documentChanges, undefined);
  assert.equal(client.initialized.capabilities.renameProvider, true);
  await client.end();
});

test('what cannot be renamed is refused in words', async () => {
  const { disk } = fakeDisk();
  const client = await open(disk);
  client.open(USER, READS_REPORTS);
  await assert.rejects(client.request('textDocument/prepareRename', at(USER, 'Effect')), /Only a Sid, an account id/);
  await assert.rejects(
    client.request('textDocument/rename', { ...at(USER, 'reports'), newName: 'all*' }),
    /'all\*' holds a wildcard/,
  );
  client.open(`${FOLDER}/package.json`, FILES[`${FOLDER}/package.json`] ?? '');
  assert.equal(await client.request('textDocument/prepareRename', at(`${FOLDER}/package.json`, 'reports')), null);
  await client.end();
});

test('an open file wins over the disk until it is closed', async () => {
  const { disk } = fakeDisk();
  const client = await open(disk);
  const find = async () =>
    urisOf(
      await client.request<Location[]>('textDocument/references', {
        ...at(BUCKET, 'reports'),
        context: { includeDeclaration: true },
      }),
    );
  client.open(BUCKET, FILES[BUCKET] ?? '');
  client.open(USER, READS_REPORTS.replace('reports', 'drafts'));
  assert.deepEqual(await find(), [BUCKET]);
  client.change(USER, READS_REPORTS, 2);
  assert.deepEqual(await find(), [BUCKET, USER]);
  client.change(USER, '{}', 3);
  assert.deepEqual(await find(), [BUCKET]);
  client.close(USER);
  assert.deepEqual(await find(), [BUCKET, USER]);
  await client.take('client/registerCapability');
  await client.end();
});

test('changes on the disk are taken in when the client tells of them', async () => {
  const { disk, texts, asked } = fakeDisk();
  const client = await open(disk);
  const count = async () => (await client.request<unknown[]>('workspace/symbol', { query: 'Read' })).length;
  assert.equal(await count(), 1);
  await client.take('client/registerCapability');
  const added = `${FOLDER}/more/user-2.json`;
  const installed = `${FOLDER}/node_modules/x/user-3.json`;
  for (const uri of [added, installed]) texts.set(uri, READS_REPORTS);
  const tell = (uri: string, type: number) =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
  tell(added, 1);
  tell(installed, 1);
  assert.equal(await count(), 2);
  assert.equal(asked.includes(installed), false);
  const before = asked.length;
  assert.equal(await count(), 2);
  assert.equal(asked.length, before);
  texts.set(added, '{}');
  tell(added, 2);
  assert.equal(await count(), 1);
  texts.set(added, READS_REPORTS);
  tell(added, 2);
  assert.equal(await count(), 2);
  tell(`${FOLDER}/more`, 3);
  assert.equal(await count(), 1);
  tell(USER, 3);
  assert.equal(await count(), 0);
  await client.end();
});

test('a client that does not watch files is not trusted to tell', async () => {
  const { disk, texts } = fakeDisk();
  const client = await open(disk, { capabilities: PULL });
  const count = async () => (await client.request<unknown[]>('workspace/symbol', { query: 'Read' })).length;
  assert.equal(await count(), 1);
  texts.set(`${FOLDER}/user-2.json`, READS_REPORTS);
  assert.equal(await count(), 2);
  await client.end();
});

test('a question that is called off stops the reading, and the next goes on with it', async () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${FOLDER}/${n}.json`, READS_REPORTS]));
  const { disk, asked } = fakeDisk(many);
  let tell: (() => void) | undefined;
  const begun = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const slow: Disk = {
    list: disk.list,
    async read(uri) {
      tell?.();
      await new Promise((resolve) => setTimeout(resolve, 2));
      return disk.read(uri);
    },
  };
  const client = await open(slow);
  await assert.rejects(client.requestAndCancel('workspace/symbol', { query: '' }, begun), /cancelled/);
  const soon = asked.length;
  assert.ok(soon > 0 && soon < 200, `${soon} files were read for nobody`);
  const symbols = await client.request<unknown[]>('workspace/symbol', { query: 'Read' });
  assert.equal(symbols.length, 200);
  assert.equal(new Set(asked).size, asked.length, 'a file was read twice');
  await client.take('client/registerCapability');
  await client.end();
});

test('files that cannot be found or read are left out', async () => {
  const { disk } = fakeDisk();
  const broken: Disk = {
    list: disk.list,
    async read(uri) {
      if (uri === USER) throw new Error('no right to read');
      return uri === BUCKET ? undefined : disk.read(uri);
    },
  };
  const client = await open(broken);
  const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: '' });
  assert.deepEqual([...new Set(symbols.map(({ location }) => location.uri))], [TRUST]);
  await client.take('client/registerCapability');
  await client.end();
});

test('a workspace of megabytes is read only so far', async () => {
  const large = READS_REPORTS + ' '.repeat(1_000_000);
  const names = Array.from({ length: 60 }, (_, index) => `${FOLDER}/large-${index}.json`);
  const { disk } = fakeDisk(Object.fromEntries(names.map((name) => [name, large])));
  const client = await open(disk);
  const found = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'read' });
  assert.equal(new Set(found.map(({ location }) => location.uri)).size, 49);
  await client.take('client/registerCapability');
  await client.end();
});

test('without a disk the client is asked, where it can answer', async () => {
  const asked: string[] = [];
  const client = await connect({
    capabilities: WATCHES,
    workspaceFolders,
    initializationOptions: { readsFiles: true },
    answers: {
      'iamPolicy/readFolder': ({ uri }: { uri: string }) => {
        asked.push(uri);
        return listOf([...Object.keys(FILES), `${FOLDER}/.git/a.json`, `${FOLDER}/dist/b.json`], uri);
      },
      'iamPolicy/readFile': ({ uri }: { uri: string }) => FILES[uri] ?? null,
    },
  });
  const symbols = await client.request<SymbolInformation[]>('workspace/symbol', { query: 'user.json' });
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ['user.json', 'Read'],
  );
  assert.deepEqual(asked, [FOLDER, `${FOLDER}/deploy-role`]);
  await client.take('client/registerCapability');
  await client.end();
});

test('a setting that makes other policies makes another index', async () => {
  const { disk } = fakeDisk();
  const client = await open(disk, { initializationOptions: { settings: {} } });
  const count = async () => (await client.request<unknown[]>('workspace/symbol', { query: 'Read' })).length;
  assert.equal(await count(), 1);
  client.notify('workspace/didChangeConfiguration', { settings: { iamPolicy: { kinds: { 'user.json': 'none' } } } });
  await client.take('workspace/diagnostic/refresh');
  assert.equal(await count(), 0);
  await client.take('client/registerCapability');
  await client.end();
});
