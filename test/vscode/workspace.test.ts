import assert from 'node:assert/strict';
import {
  commands,
  type Location,
  type SymbolInformation,
  type Uri,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { activate, closeAll, fileOf } from './editor.ts';

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);

describe('the files of a workspace', () => {
  afterEach(closeAll);

  it('leads from the ARN of a role to the policies of the role', async () => {
    await activate();
    const document = await workspace.openTextDocument(fileOf('user-assume-role.fragment.json'));
    await window.showTextDocument(document);
    const at = document.positionAt(document.getText().indexOf('AdminRole') + 1);
    const found = await commands.executeCommand<Location[]>('vscode.executeDefinitionProvider', document.uri, at);
    assert.deepEqual(found.map(({ uri }) => nameOf(uri)).sort(), [
      'admin-role-permissions.fragment.json',
      'admin-role-trust.fragment.json',
    ]);
  });

  it('renames a bucket in a file that is open and in one that is not', async () => {
    await activate();
    const document = await workspace.openTextDocument(fileOf('partner-role/permissions.json'));
    await window.showTextDocument(document);
    const edit = await commands.executeCommand<WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      document.positionAt(document.getText().indexOf('example-reports') + 1),
      'archive-2026',
    );
    const files = edit.entries().map(([uri, edits]) => `${nameOf(uri)}: ${edits.length}`);
    assert.deepEqual(files.sort(), ['permissions.json: 2', 'reports-bucket-policy.json: 3']);
    assert.ok(await workspace.applyEdit(edit));
    const bucket = await workspace.openTextDocument(fileOf('reports-bucket-policy.json'));
    assert.equal(bucket.getText().includes('example-reports'), false);
    assert.equal(bucket.getText().split('arn:aws:s3:::archive-2026').length, 4);
    await Promise.all([document, bucket].map((one) => one.save()));
  });

  it('finds a statement by its Sid', async () => {
    await activate();
    const found = await commands.executeCommand<SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'OverTls',
    );
    const [symbol] = found.filter(({ name }) => name === 'OnlyOverTls');
    assert.equal(symbol && nameOf(symbol.location.uri), 'reports-bucket-policy.json');
  });
});
