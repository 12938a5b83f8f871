import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import type { Message, PublishDiagnosticsParams } from 'vscode-languageserver';
import {
  createClientPipeTransport,
  createClientSocketTransport,
  createMessageConnection,
  generateRandomPipeName,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { type Packed, unpackShipped } from '../harness/packed.ts';

const URI = 'file:///team/a.json';
const MISSPELT =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjet", "Resource": "arn:aws:s3:::b/*" }] }';
const initialize = { processId: null, rootUri: null, capabilities: {} };
const didOpen = { textDocument: { uri: URI, languageId: 'json', version: 1, text: MISSPELT } };

// The package as it is published, with no node_modules in sight.
let packed: Packed;
let bin = '';

before(() => {
  packed = unpackShipped();
  bin = join(packed.server, 'bin/iam-policy-language-server.js');
});
after(() => packed.remove());

interface Scope {
  onmessage?: (event: { readonly data: unknown }) => void;
  readonly [name: string]: unknown;
}

/** The installed server over standard input and output; `said` is what it has written on standard error. */
function startServer() {
  const child = spawn(process.execPath, [bin, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  // What is written to a server that has ended.
  child.stdin.on('error', () => undefined);
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  connection.listen();
  return { child, connection, exit, said: () => text };
}

test('the installed server judges with the reference data beside it, and ends when told to', async () => {
  const { connection, exit } = startServer();
  const pushed = new Promise<PublishDiagnosticsParams>((resolve) =>
    connection.onNotification('textDocument/publishDiagnostics', resolve),
  );
  await connection.sendRequest('initialize', initialize);
  await connection.sendNotification('initialized', {});
  await connection.sendNotification('textDocument/didOpen', didOpen);
  assert.deepEqual(
    (await pushed).diagnostics.map(({ code }) => code),
    ['action-unknown'],
  );
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  assert.equal(await exit, 0);
});

test('the server does not outlive an editor that is gone', async () => {
  const { child, connection, exit } = startServer();
  await connection.sendRequest('initialize', initialize);
  connection.dispose();
  child.stdin.end();
  assert.equal(await exit, 1);
});

test('the server does not outlive the process that it was started for', async () => {
  const { child, connection, exit } = startServer();
  const gone = spawnSync(process.execPath, ['--version']).pid;
  await connection.sendRequest('initialize', { ...initialize, processId: gone });
  // Its input stays open, as when another process has inherited it.
  assert.equal(await exit, 1);
  assert.equal(child.stdin.writableEnded, false);
});

test('an exit without a shutdown is a failure', async () => {
  const { connection, exit } = startServer();
  await connection.sendRequest('initialize', initialize);
  await connection.sendNotification('exit');
  assert.equal(await exit, 1);
});

type Ends = readonly [MessageReader, MessageWriter];

/** Starts the installed server over another channel; the ends of it on this side. */
const CHANNELS: Readonly<Record<string, () => Promise<{ readonly child: ChildProcess; readonly ends: Ends }>>> = {
  async ipc() {
    const child = fork(bin, ['--node-ipc']);
    return { child, ends: [new IPCMessageReader(child), new IPCMessageWriter(child)] };
  },
  async socket() {
    const transport = await createClientSocketTransport(0);
    const child = spawn(process.execPath, [bin, `--socket=${transport.port()}`], { stdio: 'inherit' });
    return { child, ends: await transport.onConnected() };
  },
  async pipe() {
    const name = generateRandomPipeName();
    const transport = await createClientPipeTransport(name);
    const child = spawn(process.execPath, [bin, '--pipe', name], { stdio: 'inherit' });
    return { child, ends: await transport.onConnected() };
  },
};

for (const [name, open] of Object.entries(CHANNELS)) {
  test(`the server talks over the channel ${name} as well`, async () => {
    const { child, ends } = await open();
    const connection = createMessageConnection(...ends);
    const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
    connection.listen();
    await connection.sendRequest('initialize', initialize);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal(await exit, 0);
  });
}

test('messages that are none do not end the server, and are told once', async () => {
  const { child, connection, exit, said } = startServer();
  await connection.sendRequest('initialize', initialize);
  const bodies = [
    '{nope',
    '',
    'null',
    '7',
    '[]',
    '{}',
    '"x"',
    '{"jsonrpc":"2.0","id":99,"result":1}',
    '['.repeat(100_000),
  ];
  for (const method of ['__proto__', 'constructor', '$/x']) {
    bodies.push(JSON.stringify({ jsonrpc: '2.0', id: {}, method, params: 'x' }), JSON.stringify({ method }));
  }
  for (const body of bodies) child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  assert.deepEqual(await connection.sendRequest('workspace/symbol', { query: '' }), []);
  await assert.rejects(connection.sendRequest('no/such'), { code: -32601 });
  const { uri } = didOpen.textDocument;
  for (const params of ['x', 7, {}, { textDocument: uri }, { textDocument: { uri: 7 } }]) {
    await assert.rejects(connection.sendRequest('textDocument/hover', params), { code: -32602 });
  }
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  assert.equal(await exit, 0);
  assert.match(said(), /^iam-policy-language-server: a message cannot be read and is left out: [^\n]+\n$/);
});

const UNFRAMED: Readonly<Record<string, string>> = {
  'no header': '{"jsonrpc":"2.0","method":"x"}',
  'a header without a length': 'Content-Type: x\r\n\r\n{}',
  'a length that is no number': 'Content-Length: abc\r\n\r\n{}',
  'a length below nothing': 'Content-Length: -5\r\n\r\n{}',
  'a length beyond all texts': 'Content-Length: 99999999999\r\n\r\n{}',
  'a length that is too short': 'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","method":"x"}',
  'line breaks of another kind': 'Content-Length: 2\n\n{}',
  'a header without an end': `X-Long: ${'x'.repeat(5000)}`,
};

for (const [how, bytes] of Object.entries(UNFRAMED)) {
  test(`${how}: the server says what is wrong in one line and ends`, async () => {
    const { child, connection, exit, said } = startServer();
    await connection.sendRequest('initialize', initialize);
    child.stdin.write(bytes);
    assert.equal(await exit, 1);
    assert.match(said(), /^iam-policy-language-server: the client sends what is no message[^\n]+\n$/);
  });
}

test('the command says how to be used', () => {
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  assert.equal(run('--help').status, 0);
  assert.match(run('--help').stdout, /--stdio/);
  assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  const silent = run();
  assert.deepEqual([silent.status, silent.stdout], [2, '']);
  assert.match(silent.stderr, /^iam-policy-language-server: say how to talk/);
});

test('the server works in a web worker, with the reference data that its first message brings', async () => {
  const sent: Message[] = [];
  const waiting = new Set<() => void>();
  // What a worker's scope has; nothing of Node is in it.
  const scope: Scope = {
    setTimeout,
    clearTimeout,
    console,
    TextEncoder,
    TextDecoder,
    addEventListener: () => undefined,
    postMessage: (message: Message) => {
      sent.push(message);
      for (const wake of waiting) wake();
    },
  };
  runInContext(readFileSync(join(packed.server, 'dist/browser-main.js'), 'utf8'), createContext(scope));
  const post = (data: unknown) => scope.onmessage?.({ data });
  const find = async (wanted: (message: Message) => boolean): Promise<Message> => {
    for (;;) {
      const found = sent.find(wanted);
      if (found) return found;
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  };
  const read = (name: string) => readFileSync(join(packed.server, 'data', name), 'latin1');
  post({ toc: read('catalogue-toc.json'), services: read('catalogue.jsonl') });
  post({ jsonrpc: '2.0', id: 1, method: 'initialize', params: initialize });
  await find((message) => 'id' in message && message.id === 1);
  post({ jsonrpc: '2.0', method: 'initialized', params: {} });
  post({ jsonrpc: '2.0', method: 'textDocument/didOpen', params: didOpen });
  const pushed = await find((message) => 'method' in message && message.method === 'textDocument/publishDiagnostics');
  const { diagnostics } = (pushed as unknown as { params: PublishDiagnosticsParams }).params;
  // Made in another realm: compared by value.
  assert.equal(JSON.stringify(diagnostics.map(({ code }) => code)), '["action-unknown"]');
});
