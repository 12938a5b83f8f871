import assert from 'node:assert/strict';
import { extensions, window, workspace } from 'vscode';

describe('activation', () => {
  it('activates for a JSON document and hands out its api', async () => {
    const extension = extensions.getExtension('iam-policy.iam-policy');
    assert.ok(extension, 'the extension is not there');
    const document = await workspace.openTextDocument({ language: 'json', content: '{ "Version": "2012-10-17" }' });
    await window.showTextDocument(document);
    const api: unknown = await extension.activate();
    assert.equal(extension.isActive, true);
    assert.ok(typeof api === 'object' && api !== null);
  });
});
