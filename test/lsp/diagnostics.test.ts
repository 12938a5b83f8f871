import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnostic, DocumentDiagnosticReport, PublishDiagnosticsParams } from 'vscode-languageserver';
import { connect, PULL, SETTINGS } from './client.ts';

const URI = 'file:///team/policies/a.json';
const BAD =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }] }';
const GOOD = BAD.replace('allow', 'Allow');

/** What matters of diagnostics in most tests. */
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);

test('diagnostics are pushed with the version, and taken back on close', async () => {
  const client = await connect();
  client.open(URI, BAD);
  const pushed = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(pushed, {
    uri: URI,
    version: 1,
    diagnostics: [
      {
        range: { start: { line: 0, character: 53 }, end: { line: 0, character: 60 } },
        severity: 1,
        source: 'iam-policy',
        code: 'effect-invalid',
        message: "'allow' is not an Effect; did you mean 'Allow'?",
        data: { rule: 'effect-invalid', version: 1 },
      },
    ],
  });
  client.change(URI, GOOD, 2);
  const fixed = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(fixed, { uri: URI, version: 2, diagnostics: [] });
  client.close(URI);
  assert.deepEqual(await client.take('textDocument/publishDiagnostics'), { uri: URI, diagnostics: [] });
  assert.equal(await client.end(), 0);
});

test('quick changes are judged together, each answer for the text it names', async () => {
  const client = await connect();
  client.open(URI, GOOD);
  await client.take('textDocument/publishDiagnostics');
  const last = 40;
  for (let version = 2; version <= last; version++) client.change(URI, version % 2 === 0 ? BAD : GOOD, version);
  const versions: number[] = [];
  while (versions.at(-1) !== last) {
    const { version, diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
    assert.ok(version !== undefined && version > (versions.at(-1) ?? 1));
    assert.deepEqual(codes(diagnostics), version % 2 === 0 ? ['effect-invalid'] : []);
    versions.push(version);
  }
  assert.ok(versions.length < last - 1, 'every single change was judged');
  await client.end();
});

test('incremental changes are applied', async () => {
  const client = await connect();
  client.open(URI, BAD);
  await client.take('textDocument/publishDiagnostics');
  const range = { start: { line: 0, character: 54 }, end: { line: 0, character: 55 } };
  client.notify('textDocument/didChange', {
    textDocument: { uri: URI, version: 2 },
    contentChanges: [{ range, text: 'A' }],
  });
  assert.deepEqual(await client.take('textDocument/publishDiagnostics'), { uri: URI, version: 2, diagnostics: [] });
  await client.end();
});

test('what the client can show is sent: link to the rule', async () => {
  const client = await connect({
    capabilities: { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } },
  });
  client.open(URI, BAD);
  const { diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.match(diagnostics[0]?.codeDescription?.href ?? '', /^https:\/\/.*\/docs\/rules\/effect-invalid\.md$/);
  await client.end();
});

test('a client that pulls is not pushed to, and hears when nothing has changed', async () => {
  const client = await connect({ capabilities: PULL });
  assert.deepEqual(client.initialized.capabilities.diagnosticProvider, {
    identifier: 'iam-policy',
    interFileDependencies: false,
    workspaceDiagnostics: false,
  });
  const pull = (previousResultId?: string) =>
    client.request<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri: URI },
      previousResultId,
    });
  client.open(URI, BAD);
  const first = await pull();
  assert.ok(first.kind === 'full' && first.resultId);
  assert.deepEqual(codes(first.items), ['effect-invalid']);
  assert.deepEqual(await pull(first.resultId), { kind: 'unchanged', resultId: first.resultId });
  client.change(URI, GOOD, 2);
  const second = await pull(first.resultId);
  assert.ok(second.kind === 'full' && second.resultId !== first.resultId);
  assert.deepEqual(second.items, []);
  // The same version number after closing is another text.
  client.close(URI);
  client.open(URI, BAD, 'json', 2);
  const third = await pull(second.resultId);
  assert.ok(third.kind === 'full');
  assert.deepEqual(codes(third.items), ['effect-invalid']);
  await client.end();
});

test('a file that is not open has no diagnostics', async () => {
  const client = await connect({ capabilities: PULL });
  const report = await client.request('textDocument/diagnostic', { textDocument: { uri: 'file:///nowhere.json' } });
  assert.deepEqual(report, { kind: 'full', items: [] });
  await client.end();
});

test('a manifest is left in peace', async () => {
  const client = await connect();
  client.open('file:///team/package.json', '{ "name": "x", "version": "1.0.0", "scripts": {} }');
  const { diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(diagnostics, []);
  await client.end();
});

test('settings are asked for by file, and again when they change', async () => {
  const client = await connect({ capabilities: SETTINGS, settings: { rules: { 'effect-invalid': 'off' } } });
  await client.take('client/registerCapability');
  client.open(URI, BAD);
  const off = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(off.diagnostics, []);
  assert.equal(client.asked(), 1);
  client.settings = { rules: { 'effect-invalid': 'hint' } };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  const hint = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(
    hint.diagnostics.map(({ code, severity }) => [code, severity]),
    [['effect-invalid', 4]],
  );
  assert.equal(client.asked(), 2);
  await client.end();
});

test('a pulling client is told to pull again when the settings change', async () => {
  const client = await connect({
    capabilities: { ...PULL, workspace: { ...SETTINGS.workspace, ...PULL.workspace } },
    settings: {},
  });
  await client.take('client/registerCapability');
  client.open(URI, BAD);
  const pull = () =>
    client.request<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: URI } });
  const before = await pull();
  assert.deepEqual(before.kind === 'full' && codes(before.items), ['effect-invalid']);
  client.settings = { rules: { 'effect-invalid': 'off' } };
  client.notify('workspace/didChangeConfiguration', { settings: null });
  await client.take('workspace/diagnostic/refresh');
  const after = await pull();
  assert.deepEqual(after.kind === 'full' && after.items, []);
  await client.end();
});

test('a client that cannot be asked may send its settings first, or along with a change', async () => {
  const off = { rules: { 'effect-invalid': 'off' } };
  const client = await connect({ initializationOptions: { settings: off } });
  client.open(URI, BAD);
  assert.deepEqual((await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics')).diagnostics, []);
  client.notify('workspace/didChangeConfiguration', { settings: { iamPolicy: {} } });
  const on = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(codes(on.diagnostics), ['effect-invalid']);
  await client.end();
});

test('settings that make no sense are told once each, and the others hold', async () => {
  const settings = { rules: { 'no-such-rule': 'off', 'effect-invalid': 'loud' }, persona: 7, kinds: ['trust'] };
  const client = await connect({ capabilities: SETTINGS, settings });
  await client.take('client/registerCapability');
  client.open(URI, BAD);
  const told: unknown[] = [];
  for (let count = 0; count < 4; count++)
    told.push((await client.take<{ message: string }>('window/logMessage')).message);
  assert.deepEqual(told.toSorted(), [
    'iamPolicy.kinds must be an object.',
    'iamPolicy.persona must be one of regular, pedantic, auditor.',
    "iamPolicy.rules: 'effect-invalid' must be one of error, warning, info, hint, off.",
    "iamPolicy.rules: there is no rule 'no-such-rule'.",
  ]);
  const { diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.deepEqual(codes(diagnostics), ['effect-invalid']);
  client.open('file:///team/b.json', GOOD);
  await client.take('textDocument/publishDiagnostics');
  await client.end();
});

test('missing reference data is told once, in words for a person, and the rest works', async () => {
  const client = await connect({
    runtime: {
      readCatalogue: () => {
        throw new Error('no such file');
      },
    },
  });
  const withAction = (effect: string) => BAD.replace('allow', effect);
  client.open(URI, withAction('allow'));
  const { diagnostics } = await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  assert.ok(codes(diagnostics).includes('effect-invalid'));
  client.open('file:///team/rcp.json', RCP);
  await client.take('textDocument/publishDiagnostics');
  const shown = await client.take<{ message: string }>('window/showMessage');
  assert.match(shown.message, /cannot read its AWS reference data/);
  const logged = await client.take<{ message: string }>('window/logMessage');
  assert.match(logged.message, /the AWS reference data cannot be read/);
  await client.end();
});

/** Telling what it is takes the reference data. */
const RCP = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }],
});
