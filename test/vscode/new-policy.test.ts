import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { commands, window, workspace } from 'vscode';
import { activate } from './editor.ts';

const COMMAND = 'iamPolicy.newPolicy';

/** Texts without a file ask to be saved when they are closed as others are. */
async function closeUntitled(): Promise<void> {
  while (window.activeTextEditor) await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** Does something to the open question, again until it has had its effect: nothing tells when a question is open. */
async function drive(command: string, done: Thenable<unknown>): Promise<void> {
  let open = true;
  const end = Promise.resolve(done).finally(() => {
    open = false;
  });
  while (open) {
    await commands.executeCommand(command);
    await Promise.race([end, setTimeout(50)]);
  }
  await end;
}

const untitled = () => workspace.textDocuments.filter(({ isUntitled, isClosed }) => isUntitled && !isClosed);

describe('the guided start', () => {
  afterEach(closeUntitled);

  it('writes trust and permission policy side by side, and is sure of their kinds', async () => {
    const api = await activate();
    const answers = { who: ['ec2'], what: ['s3-read'], bucket: ['reports'], never: ['deny-without-tls'] };
    await commands.executeCommand(COMMAND, { answers, ask: false });
    const [trust, permissions] = window.visibleTextEditors.toSorted(
      (a, b) => (a.viewColumn ?? 0) - (b.viewColumn ?? 0),
    );
    assert.ok(trust && permissions);
    assert.equal(window.activeTextEditor, trust);
    assert.match(trust.document.getText(), /ec2\.amazonaws\.com/);
    assert.match(permissions.document.getText(), /arn:aws:s3:::reports/);
    for (const [{ document }, kind] of [
      [trust, 'trust'],
      [permissions, 'identity'],
    ] as const) {
      assert.equal(document.languageId, 'iam-policy');
      const description = await api.describe(document.uri);
      assert.deepEqual(
        description?.policies.map((policy) => [policy.kind, policy.confidence]),
        [[kind, 'certain']],
      );
    }
  });

  it('asks what has not been said', async () => {
    await activate();
    const answers = { when: [], what: [], never: [] };
    await drive('workbench.action.acceptSelectedQuickOpenItem', commands.executeCommand(COMMAND, { answers }));
    const { activeTextEditor: editor } = window;
    assert.match(editor?.document.getText() ?? '', /ec2\.amazonaws\.com/, 'the first door');
    assert.equal(untitled().length, 1);
  });

  it('leaves nothing behind when it is left', async () => {
    await activate();
    await drive('workbench.action.closeQuickOpen', commands.executeCommand(COMMAND));
    assert.equal(untitled().length, 0);
  });
});
