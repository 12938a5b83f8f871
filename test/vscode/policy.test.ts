import assert from 'node:assert/strict';
import {
  CodeAction,
  commands,
  type Hover,
  languages,
  type MarkdownString,
  Range,
  Selection,
  type TextDocument,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { activate, closeAll, fileOf, problems, ruleOf, show, until } from './editor.ts';

const GOOD = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::reports/*"
    }
  ]
}
`;

/** The place of a word of a document. */
function rangeOf(document: TextDocument, word: string): Range {
  const offset = document.getText().indexOf(word);
  assert.ok(offset >= 0, `no ${word} in the document`);
  return new Range(document.positionAt(offset), document.positionAt(offset + word.length));
}

async function type(document: TextDocument, word: string, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, word), text);
  assert.ok(await workspace.applyEdit(edit));
}

async function actionsAt(document: TextDocument, word: string, kind: string): Promise<readonly CodeAction[]> {
  const found = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    rangeOf(document, word),
    kind,
    20,
  );
  return found.filter((action) => action instanceof CodeAction);
}

describe('a policy in the editor', () => {
  afterEach(closeAll);

  it('judges a word once it is typed, not letter by letter', async () => {
    await activate();
    const document = await show('half-typed.json', GOOD);
    await problems(document.uri, (found) => found.length === 0);
    const shown = new Set<unknown>();
    const listener = languages.onDidChangeDiagnostics(() => {
      for (const one of languages.getDiagnostics(document.uri)) shown.add(ruleOf(one));
    });
    const words = ['"s3:GetObject"', '""', '"s"', '"s3"', '"s3:"', '"s3:G"', '"s3:GetObjekt"'];
    for (const [index, word] of words.slice(1).entries()) {
      await type(document, words[index] ?? '', word);
      // As fast as people type.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await problems(document.uri, (found) => found.length === 1);
    listener.dispose();
    assert.deepEqual([...shown], ['action-unknown']);
  });

  it('shows a problem while it is typed, with the page of its rule, and takes it back', async () => {
    await activate();
    const document = await show('typed.json', GOOD);
    await problems(document.uri, (found) => found.length === 0);
    await type(document, '"Allow"', '"allow"');
    const [problem] = await problems(document.uri, (found) => found.length === 1);
    assert.ok(problem);
    assert.equal(ruleOf(problem), 'effect-invalid');
    assert.ok(typeof problem.code === 'object');
    assert.match(problem.code.target.toString(), /effect-invalid\.md$/);
    assert.ok(problem.range.isEqual(rangeOf(document, '"allow"')));
    await type(document, '"allow"', '"Allow"');
    await problems(document.uri, (found) => found.length === 0);
  });

  it('mends a misspelt action by its preferred quick fix', async () => {
    await activate();
    const document = await show('misspelt.json', GOOD.replace('GetObject', 'GetObjet'));
    await problems(document.uri, (found) => found.some((one) => ruleOf(one) === 'action-unknown'));
    const action = (await actionsAt(document, 's3:GetObjet', 'quickfix')).find(({ isPreferred }) => isPreferred);
    assert.ok(action?.edit, 'no preferred fix with an edit');
    assert.ok(await workspace.applyEdit(action.edit));
    assert.equal(document.getText(), GOOD);
    await problems(document.uri, (found) => found.length === 0);
  });

  it('scopes a resource, with the cursor on the names to fill in', async () => {
    await activate();
    const actions = '["s3:ListBucket", "s3:GetObject"]';
    const text = GOOD.replace('"s3:GetObject"', actions).replace('"arn:aws:s3:::reports/*"', '"*"');
    const document = await show('scoped.json', text);
    const action = (await actionsAt(document, '"*"', 'quickfix')).find(({ title }) => title.startsWith('Scope'));
    assert.equal(action?.title, 'Scope Resource to bucket and object ARNs (narrows access)');
    assert.ok(action.edit);
    assert.ok(await workspace.applyEdit(action.edit));
    const scoped = `[
        "arn:aws:s3:::<bucket-name>",
        "arn:aws:s3:::<bucket-name>/*"
      ]`;
    assert.equal(document.getText(), text.replace('"*"', scoped));
    const editor = window.activeTextEditor;
    assert.deepEqual(
      editor?.selections.map((selection) => document.getText(selection)),
      ['<bucket-name>', '<bucket-name>'],
    );
  });

  it('applies all fixes that keep access as it is', async () => {
    await activate();
    const document = await show('all.json', GOOD.replace('"Effect"', '"Sid": "",\n      "Effect"'));
    await problems(document.uri, (found) => found.some((one) => ruleOf(one) === 'sid-empty'));
    await commands.executeCommand('iamPolicy.fixAll');
    await until('the fixed text', workspace.onDidChangeTextDocument, () => document.getText() === GOOD || undefined);
  });

  it('says what an action is when hovered', async () => {
    await activate();
    const document = await show('hovered.json', GOOD);
    const hovers = await commands.executeCommand<Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      rangeOf(document, 'GetObject').start,
    );
    const text = hovers.flatMap(({ contents }) => contents.map((one) => (one as MarkdownString).value)).join('\n');
    assert.match(text, /s3:GetObject/);
    assert.match(text, /Read/);
  });

  it('leaves a manifest in peace: no problem, no kind', async () => {
    const api = await activate();
    const document = await show('package.json', '{ "name": "x", "version": "1.0.0", "scripts": {} }\n');
    const description = await api.describe(document.uri);
    assert.deepEqual(description?.policies, []);
    await problems(document.uri, (found) => found.length === 0);
    assert.equal(api.shownKind(), undefined);
  });
});

describe('the kind of a policy', () => {
  afterEach(closeAll);

  const shows = (label: string | undefined) =>
    activate().then((api) =>
      until(`the kind ${label}`, api.onDidShowKind, () => (api.shownKind() === label ? true : undefined)),
    );

  it('stands in the status bar, and goes with the policy', async () => {
    await show('permissions.json', GOOD);
    await shows('Permission policy');
    await window.showTextDocument(await workspace.openTextDocument(fileOf('README.md')));
    await shows(undefined);
  });

  it('follows the cursor in a file that holds several policies', async () => {
    const document = await workspace.openTextDocument(fileOf('ec2-role.jsonc'));
    const editor = await window.showTextDocument(document);
    await shows('Trust policy');
    const last = document.positionAt(document.getText().lastIndexOf('"Effect"'));
    editor.selection = new Selection(last, last);
    await shows('Permission policy');
  });

  it('is what the settings say of the file', async () => {
    const document = await show('odd.json', GOOD);
    await shows('Permission policy');
    const settings = () => workspace.getConfiguration('iamPolicy', document.uri);
    await settings().update('kinds', { './odd.json': 'scp' });
    await shows('Service control policy');
    await settings().update('kinds', undefined);
    await shows('Permission policy');
  });

  it('may be chosen for a text that has no file yet, and taken back', async () => {
    const document = await workspace.openTextDocument({ language: 'json', content: GOOD });
    await window.showTextDocument(document);
    await shows('Permission policy');
    await commands.executeCommand('iamPolicy.chooseKind', { kind: 'scp' });
    await shows('Service control policy');
    await commands.executeCommand('iamPolicy.chooseKind', {});
    await shows('Permission policy');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('is written to the settings of the folder when chosen', async () => {
    const document = await show('chosen (1).json', GOOD);
    const inFolder = () => workspace.getConfiguration('iamPolicy', document.uri).inspect('kinds')?.workspaceFolderValue;
    await commands.executeCommand('iamPolicy.chooseKind', { kind: 'trust' });
    await shows('Trust policy');
    assert.deepEqual(inFolder(), { './chosen \\(1\\).json': 'trust' });
    await commands.executeCommand('iamPolicy.chooseKind', {});
    await shows('Permission policy');
    assert.equal(inFolder(), undefined);
  });

  it('knows our own language by clear file names only', async () => {
    const languageOf = async (name: string) => (await show(name, GOOD)).languageId;
    assert.equal(await languageOf('app.iam.json'), 'iam-policy');
    assert.equal(await languageOf('regions.scp.json'), 'iam-policy');
    assert.equal(await languageOf('my-trust-policy.json'), 'iam-policy');
    assert.equal(await languageOf('lifecycle-policy.json'), 'json');
    assert.equal(await languageOf('policy.json'), 'json');
  });
});

describe('our own language', () => {
  afterEach(closeAll);

  it('has the syntax of its JSON reported, once, and is laid out', async () => {
    await activate();
    const document = await show('broken.iam.json', GOOD.replace('"Allow",', '"Allow"'));
    await problems(document.uri, (found) => found.length > 0);
    const all = languages.getDiagnostics(document.uri);
    assert.deepEqual(
      all.map((one) => [one.source, ruleOf(one)]),
      [['iam-policy', 'json-syntax']],
    );
    await type(document, '"Allow"', '"Allow",');
    await type(document, '      "Effect"', '"Effect"');
    await commands.executeCommand('editor.action.formatDocument');
    assert.equal(document.getText(), GOOD);
  });

  it('leaves the syntax of other JSON to the editor', async () => {
    await activate();
    const document = await show('broken.json', GOOD.replace('"Allow",', '"Allow"'));
    const json = await until('the editor’s own problem', languages.onDidChangeDiagnostics, () =>
      languages.getDiagnostics(document.uri).find(({ source }) => source === 'json'),
    );
    assert.ok(json);
    await problems(document.uri, (found) => found.length === 0);
  });
});

describe('the server', () => {
  afterEach(closeAll);

  it('works again after a restart', async () => {
    await activate();
    const document = await show('restart.json', GOOD.replace('Allow', 'allow'));
    await problems(document.uri, (found) => found.length === 1);
    await commands.executeCommand('iamPolicy.restartServer');
    await type(document, '"allow"', '"Allow"');
    await problems(document.uri, (found) => found.length === 0);
  });

  it('turns a rule off when told so by a code action', async () => {
    await activate();
    const document = await show('ignored.json', GOOD.replace('Allow', 'allow'));
    await problems(document.uri, (found) => found.length === 1);
    const action = (await actionsAt(document, '"allow"', 'quickfix')).find(({ command }) => command);
    assert.ok(action?.command, 'no action to turn the rule off');
    await commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
    await problems(document.uri, (found) => found.length === 0);
    const rules = workspace.getConfiguration('iamPolicy', document.uri).get('rules');
    assert.deepEqual(rules, { 'effect-invalid': 'off' });
    await workspace.getConfiguration('iamPolicy', document.uri).update('rules', undefined);
    await problems(document.uri, (found) => found.length === 1);
  });
});
