import assert from 'node:assert/strict';
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  DiagnosticSeverity,
  extensions,
  type InlayHint,
  Range,
  type SemanticTokens,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { activate, closeAll, eventually, problems, ruleOf, show, until } from './editor.ts';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject*",
      "Resource": "arn:aws:s3:::reports/*"
    }
  ]
}
`;

const manifest = () => {
  const extension = extensions.getExtension('iam-policy.iam-policy');
  assert.ok(extension, 'the extension is not there');
  return extension.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string; readonly title: string }[] };
  };
};

/** Sets one of our settings for the folder for as long as a test works. */
async function withSetting(document: TextDocument, name: string, value: unknown, work: () => Promise<unknown>) {
  const set = (to: unknown) =>
    workspace.getConfiguration('iamPolicy', document.uri).update(name, to, ConfigurationTarget.WorkspaceFolder);
  await set(value);
  try {
    await work();
  } finally {
    await set(undefined);
  }
}

const lenses = ({ uri }: TextDocument) => commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', uri);

const hints = (document: TextDocument) =>
  commands.executeCommand<InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    new Range(0, 0, document.lineCount, 0),
  );

const tokens = ({ uri }: TextDocument) =>
  commands.executeCommand<SemanticTokens | undefined>('vscode.provideDocumentSemanticTokens', uri);

const has = (list: readonly unknown[] | undefined) => (list?.length ?? 0) > 0;
const hasNot = (list: readonly unknown[] | undefined) => !has(list);

describe('a setting holds at once:', () => {
  afterEach(closeAll);

  it('the severity of a rule', async () => {
    await activate();
    const document = await show('severity.json', POLICY.replace('Allow', 'allow'));
    const [before] = await problems(document.uri, (found) => found.length === 1);
    assert.equal(before?.severity, DiagnosticSeverity.Error);
    await withSetting(document, 'rules', { 'effect-invalid': 'hint' }, () =>
      problems(document.uri, ([one]) => one?.severity === DiagnosticSeverity.Hint),
    );
    await problems(document.uri, ([one]) => one?.severity === DiagnosticSeverity.Error);
  });

  it('the persona', async () => {
    await activate();
    const document = await show(
      'persona.json',
      POLICY.replace('GetObject*', '*').replace('arn:aws:s3:::reports/*', '*'),
    );
    const asks = (found: readonly { readonly code?: unknown }[]) =>
      found.some((one) => ruleOf(one as never) === 'service-full-access');
    await withSetting(document, 'persona', 'auditor', () => problems(document.uri, asks));
    await problems(document.uri, (found) => !asks(found));
  });

  it('lenses off and on again, by command', async () => {
    await activate();
    const document = await show('lenses.json', POLICY);
    await eventually('lenses', () => lenses(document), has);
    await commands.executeCommand('iamPolicy.toggleLenses');
    await eventually('no lens', () => lenses(document), hasNot);
    await commands.executeCommand('iamPolicy.toggleLenses');
    await eventually('lenses', () => lenses(document), has);
  });

  it('hints off and on again, by command', async () => {
    await activate();
    const document = await show('hints.json', POLICY);
    await eventually('hints', () => hints(document), has);
    await commands.executeCommand('iamPolicy.toggleHints');
    await eventually('no hint', () => hints(document), hasNot);
    await commands.executeCommand('iamPolicy.toggleHints');
    await eventually('hints', () => hints(document), has);
  });

  it('the names of accounts', async () => {
    await activate();
    const role = 'arn:aws:iam::111122223333:role/reader';
    const text = POLICY.replace('arn:aws:s3:::reports/*', role).replace('s3:GetObject*', 'iam:GetRole');
    const document = await show('accounts.json', text);
    const names = async () => JSON.stringify((await hints(document))?.map(({ label }) => label) ?? []);
    await withSetting(document, 'accounts', { '111122223333': 'Production' }, () =>
      eventually('the name of the account', names, (all) => all.includes('Production')),
    );
    await eventually('no name', names, (all) => !all.includes('Production'));
  });

  it('the colours', async () => {
    await activate();
    const document = await show('colours.json', POLICY);
    const data = async () => (await tokens(document))?.data.length ?? 0;
    await eventually('colours', data, (count) => count > 0);
    await withSetting(document, 'semanticTokens', false, () => eventually('no colours', data, (count) => count === 0));
  });
});

describe('the commands', () => {
  afterEach(closeAll);

  it('of the manifest are there, and so are those of the editor that its walkthrough names', async () => {
    await activate();
    const all = new Set(await commands.getCommands(true));
    const editors = [
      'acceptSelectedSuggestion',
      'editor.action.quickFix',
      'editor.action.triggerSuggest',
      'workbench.actions.view.problems',
    ];
    const wanted = [...manifest().contributes.commands.map(({ command }) => command), ...editors];
    assert.deepEqual(
      wanted.filter((command) => !all.has(command)),
      [],
    );
  });

  const tabs = window.tabGroups;
  /** The tab of all walkthroughs; what is on it is looked at in screens/client.test.ts. */
  const WALKTHROUGH = /^Welcome$/;
  const labels = () => tabs.all.flatMap((group) => group.tabs).map(({ label }) => label);
  const opened = (label: RegExp) =>
    until(`a tab ${label}`, tabs.onDidChangeTabs, () => labels().find((one) => label.test(one)));

  it('open the walkthrough', async () => {
    await activate();
    await commands.executeCommand('iamPolicy.openWalkthrough');
    await opened(WALKTHROUGH);
  });

  it('show the page of a rule without the network', async () => {
    await activate();
    await commands.executeCommand('iamPolicy.showRule', 'effect-invalid');
    await opened(/effect-invalid\.md/);
  });

  it('open the example, with the mistakes that the walkthrough promises, and mend one', async () => {
    await activate();
    await commands.executeCommand('iamPolicy.openExample');
    const document = window.activeTextEditor?.document;
    assert.ok(document?.isUntitled);
    assert.equal(document.languageId, 'iam-policy');
    const found = await problems(document.uri, (all) => all.length >= 3);
    assert.deepEqual(found.map(ruleOf).map(String).sort(), [
      'action-redundant',
      'action-resource-mismatch',
      'sid-invalid',
    ]);
    await commands.executeCommand('iamPolicy.fixAll');
    await problems(document.uri, (all) => !all.some((one) => ruleOf(one) === 'action-redundant'));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('minify a policy and put its elements in order', async () => {
    await activate();
    const document = await show('small.json', '{\n  "Statement": [],\n  "Version": "2012-10-17"\n}\n');
    const becomes = (text: string) =>
      until(text, workspace.onDidChangeTextDocument, () => (document.getText() === text ? true : undefined));
    await commands.executeCommand('iamPolicy.sortElements');
    await becomes('{\n  "Version": "2012-10-17",\n  "Statement": []\n}\n');
    await commands.executeCommand('iamPolicy.minify');
    await becomes('{"Version":"2012-10-17","Statement":[]}\n');
  });

  it('work on a policy in sight while something else has the focus', async () => {
    const api = await activate();
    const document = await workspace.openTextDocument({ language: 'json', content: POLICY });
    await window.showTextDocument(document);
    await until('the kind', api.onDidShowKind, api.shownKind);
    await commands.executeCommand('workbench.action.splitEditorRight');
    await commands.executeCommand('iamPolicy.openWalkthrough');
    await opened(WALKTHROUGH);
    await commands.executeCommand('iamPolicy.chooseKind', { kind: 'scp' });
    const label = 'Service control policy';
    await until(label, api.onDidShowKind, () => (api.shownKind() === label ? true : undefined));
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('keep what an unnamed text is treated as when the server starts again', async () => {
    const api = await activate();
    const shows = (label: string) =>
      until(label, api.onDidShowKind, () => (api.shownKind() === label ? true : undefined));
    await window.showTextDocument(await workspace.openTextDocument({ language: 'json', content: POLICY }));
    await shows('Permission policy');
    await commands.executeCommand('iamPolicy.chooseKind', { kind: 'session' });
    await shows('Session policy');
    await commands.executeCommand('iamPolicy.restartServer');
    await shows('Session policy');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
