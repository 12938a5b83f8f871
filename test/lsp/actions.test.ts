import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  CodeAction,
  CodeActionContext,
  CodeActionOptions,
  Diagnostic,
  InitializeParams,
  PublishDiagnosticsParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { connect, type TestClient } from './client.ts';

const URI = 'file:///team/policies/a.json';
const BAD = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
}`;
const ON_EFFECT = { start: { line: 2, character: 30 }, end: { line: 2, character: 30 } };
const EDIT = { range: { start: { line: 2, character: 28 }, end: { line: 2, character: 35 } }, newText: '"Allow"' };

const ACTIONS = {
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: { workspaceEdit: { documentChanges: true, snippetEditSupport: true } },
} satisfies InitializeParams['capabilities'];
const PLAIN = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
} satisfies InitializeParams['capabilities'];

async function openBad(client: TestClient): Promise<readonly Diagnostic[]> {
  client.open(URI, BAD);
  return (await client.take<PublishDiagnosticsParams>('textDocument/publishDiagnostics')).diagnostics;
}

const ask = (client: TestClient, context: CodeActionContext, range = ON_EFFECT) =>
  client.request<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: URI }, range, context });

test('a quick fix comes with its edit where the client cannot ask for it later', async () => {
  const client = await connect({ capabilities: PLAIN });
  const diagnostics = await openBad(client);
  const actions = await ask(client, { diagnostics: [...diagnostics] });
  assert.deepEqual(actions, [
    {
      title: 'Change to Allow',
      kind: 'quickfix',
      diagnostics,
      isPreferred: true,
      edit: { changes: { [URI]: [EDIT] } },
    },
  ]);
  await client.end();
});

test('the edit of a quick fix is worked out when the fix is chosen', async () => {
  const client = await connect({ capabilities: ACTIONS });
  await openBad(client);
  const [action] = await ask(client, { diagnostics: [] });
  assert.ok(action);
  assert.equal(action.edit, undefined);
  const resolved = await client.request<CodeAction>('codeAction/resolve', action);
  assert.deepEqual(resolved.edit, { documentChanges: [{ textDocument: { uri: URI, version: 1 }, edits: [EDIT] }] });
  await client.end();
});

test('an action offered for an older text is refused', async () => {
  const client = await connect({ capabilities: ACTIONS });
  await openBad(client);
  const [action] = await ask(client, { diagnostics: [] });
  client.change(URI, ` ${BAD}`, 2);
  await client.take('textDocument/publishDiagnostics');
  await assert.rejects(client.request('codeAction/resolve', action), { code: -32801 });
  await client.end();
});

test('an action that says nothing of its file is refused', async () => {
  const client = await connect({ capabilities: ACTIONS });
  await assert.rejects(client.request('codeAction/resolve', { title: 'x' }), { code: -32801 });
  await client.end();
});

test('no action where nothing was found, none for other kinds, none for an unknown file', async () => {
  const client = await connect({ capabilities: ACTIONS });
  await openBad(client);
  const elsewhere = { start: { line: 1, character: 3 }, end: { line: 1, character: 3 } };
  assert.deepEqual(await ask(client, { diagnostics: [] }, elsewhere), []);
  assert.deepEqual(await ask(client, { diagnostics: [], only: ['refactor.extract'] }), []);
  const unknown = { textDocument: { uri: 'file:///no.json' }, range: ON_EFFECT, context: { diagnostics: [] } };
  assert.deepEqual(await client.request('textDocument/codeAction', unknown), []);
  await client.end();
});

test('a rule can be turned off where the client carries that out, for who asks', async () => {
  const client = await connect({
    capabilities: ACTIONS,
    initializationOptions: { commands: ['iamPolicy.ignoreRule'] },
  });
  await openBad(client);
  const titles = async (triggerKind: 1 | 2) =>
    (await ask(client, { diagnostics: [], triggerKind })).map(({ title }) => title);
  assert.deepEqual(await titles(2), ['Change to Allow']);
  assert.deepEqual(await titles(1), ['Change to Allow', "Turn off the rule 'effect-invalid'"]);
  const ignore = (await ask(client, { diagnostics: [] })).at(-1);
  assert.deepEqual(ignore?.command, {
    title: "Turn off the rule 'effect-invalid'",
    command: 'iamPolicy.ignoreRule',
    arguments: ['effect-invalid', URI],
  });
  await client.end();
});

const WIDE = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": ["s3:ListBucket", "s3:GetObject"],
      "Resource": "*"
    }
  ]
}`;
const ON_STAR = { start: { line: 6, character: 19 }, end: { line: 6, character: 19 } };
const SCOPE = 'Scope Resource to bucket and object ARNs (narrows access)';

async function scope(client: TestClient): Promise<CodeAction | undefined> {
  client.open(URI, WIDE);
  await client.take('textDocument/publishDiagnostics');
  return (await ask(client, { diagnostics: [] }, ON_STAR)).find(({ title }) => title === SCOPE);
}

test('names to fill in are the stops of a snippet, which the editor indents itself', async () => {
  const client = await connect({ capabilities: ACTIONS });
  const resolved = await client.request<CodeAction>('codeAction/resolve', await scope(client));
  const value = '[\n  "arn:aws:s3:::${1:<bucket-name>}",\n  "arn:aws:s3:::${1:<bucket-name>}/*"\n]';
  const range = { start: { line: 6, character: 18 }, end: { line: 6, character: 21 } };
  assert.deepEqual(resolved.edit?.documentChanges, [
    { textDocument: { uri: URI, version: 1 }, edits: [{ range, snippet: { kind: 'snippet', value } }] },
  ]);
  await client.end();
});

test('names to fill in are plain text for a client without snippets', async () => {
  const client = await connect({ capabilities: PLAIN });
  const [edit] = (await scope(client))?.edit?.changes?.[URI] ?? [];
  assert.equal(
    edit?.newText,
    '[\n        "arn:aws:s3:::<bucket-name>",\n        "arn:aws:s3:::<bucket-name>/*"\n      ]',
  );
  await client.end();
});

test('a Resource can be scoped where nobody complains, and the offer stands once where somebody does', async () => {
  const settings = { rules: { 'resource-wildcard': 'off' } };
  const quiet = await connect({ capabilities: ACTIONS, initializationOptions: { settings } });
  const offered = await scope(quiet);
  assert.equal(offered?.kind, 'refactor.rewrite');
  const resolved = await quiet.request<CodeAction>('codeAction/resolve', offered);
  assert.ok(resolved.edit?.documentChanges);
  await quiet.end();

  const client = await connect({ capabilities: ACTIONS });
  assert.equal((await scope(client))?.kind, 'quickfix');
  const all = await ask(client, { diagnostics: [] }, ON_STAR);
  assert.equal(all.filter(({ title }) => title === SCOPE).length, 1);
  const only = await ask(client, { diagnostics: [], only: ['refactor'] }, ON_STAR);
  assert.ok(only.length > 0 && only.every(({ kind }) => kind === 'refactor.rewrite'));
  await client.end();
});

test('fixing all takes the fixes that keep access as it is, and no others', async () => {
  const text = WIDE.replace('"Effect": "Allow"', '"Sid": "",\n      "Effect": "allow"');
  const client = await connect({ capabilities: ACTIONS });
  client.open(URI, text);
  await client.take('textDocument/publishDiagnostics');
  for (const kind of ['source.fixAll.iam-policy', 'source.fixAll', 'source']) {
    const actions = await ask(client, { diagnostics: [], only: [kind] });
    assert.deepEqual(
      actions.map((action) => [action.title, action.kind]),
      [['Apply the one fix that keeps access as it is', 'source.fixAll.iam-policy']],
    );
    const [change] = actions[0]?.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    const document = TextDocument.create(URI, 'json', 1, text);
    const edits = change.edits.filter((edit) => 'newText' in edit);
    assert.equal(TextDocument.applyEdits(document, edits), WIDE.replace('"Allow"', '"allow"'));
  }
  assert.deepEqual(await ask(client, { diagnostics: [], only: ['source.organizeImports'] }), []);
  client.change(URI, WIDE, 2);
  await client.take('textDocument/publishDiagnostics');
  assert.deepEqual(await ask(client, { diagnostics: [], only: ['source.fixAll'] }), []);
  await client.end();
});

const MIXED = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Principal": { "Service": "lambda.amazonaws.com" }, "Action": "sts:AssumeRole" },
    { "Effect": "Allow", "Action": "sqs:Send*", "Resource": "arn:aws:sqs:eu-central-1:123456789012:orders" }
  ]
}
`;
const START = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const CREATES = {
  ...ACTIONS,
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
} satisfies InitializeParams['capabilities'];

async function offersOf(client: TestClient, text: string, only: string[], range = START): Promise<CodeAction[]> {
  client.open(URI, text);
  await client.take('textDocument/publishDiagnostics');
  return ask(client, { diagnostics: [], only }, range);
}

test('the trust half goes to a file beside this one, where the client can create it', async () => {
  const client = await connect({ capabilities: CREATES });
  const [move, ...more] = await offersOf(client, MIXED, ['refactor.extract']);
  assert.deepEqual(
    [move?.title, move?.kind, more.length],
    ['Move the trust statement to a new file', 'refactor.extract', 0],
  );
  const { edit } = await client.request<CodeAction>('codeAction/resolve', move);
  const [create, fill, remove] = edit?.documentChanges ?? [];
  const uri = 'file:///team/policies/a.trust-policy.json';
  assert.deepEqual(create, { kind: 'create', uri });
  assert.ok(fill && 'edits' in fill && remove && 'edits' in remove);
  assert.deepEqual(fill.textDocument, { uri, version: null });
  assert.match(JSON.stringify(fill.edits), /lambda\.amazonaws\.com/);
  assert.deepEqual(remove.textDocument, { uri: URI, version: 1 });
  await client.end();

  for (const capabilities of [ACTIONS, PLAIN]) {
    const other = await connect({ capabilities });
    assert.deepEqual(await offersOf(other, MIXED, ['refactor.extract']), []);
    await other.end();
  }
});

test('a wildcard spelled out is an inlining, and an action for a selection is found again', async () => {
  const client = await connect({ capabilities: ACTIONS });
  assert.ok(
    (client.initialized.capabilities.codeActionProvider as CodeActionOptions).codeActionKinds?.includes(
      'refactor.inline',
    ),
  );
  // From the first character of the list to the end of the line.
  const range = { start: { line: 4, character: 34 }, end: { line: 4, character: 60 } };
  const text = MIXED.replace('"sqs:Send*"', '["sqs:Send*", "sqs:Get*"]');
  const inline = (await offersOf(client, text, ['refactor.inline'], range)).at(-1);
  assert.equal(inline?.kind, 'refactor.inline');
  const resolved = await client.request<CodeAction>('codeAction/resolve', inline);
  assert.ok(resolved.edit?.documentChanges?.length);
  await client.end();
});
