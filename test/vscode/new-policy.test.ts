import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { commands, window, workspace } from 'vscode';
import { interview, type Reply } from '../../client/src/interview.ts';
import type { PolicyAnswers, PolicyQuestion } from '../../server/src/protocol.ts';
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

  it('goes back one question, with the answer still there', async () => {
    const question = (id: string): PolicyQuestion => {
      return { id, step: 1, title: id, prompt: id, form: 'text', options: [] };
    };
    const ask = async (answers: PolicyAnswers) => {
      const next = ['one', 'two', 'three'].find((id) => answers[id] === undefined);
      return {
        policies: [{ kind: 'scp' as const, text: JSON.stringify(answers) }],
        ...(next && { question: question(next) }),
      };
    };
    const seen: string[] = [];
    const replies: Reply[] = [['a'], 'back', ['b'], ['c']];
    const pose = async ({ id }: PolicyQuestion, former: readonly string[] | undefined, mayGoBack: boolean) => {
      seen.push(`${id} ${former ?? '-'} ${mayGoBack}`);
      return replies.shift() ?? 'left';
    };
    const given = { one: ['x'] };
    const [policy] = (await interview({ ask, pose, given })) ?? [];
    assert.deepEqual(seen, ['two - false', 'three - true', 'two a false', 'three - true']);
    assert.deepEqual(JSON.parse(policy?.text ?? ''), { one: ['x'], two: ['b'], three: ['c'] });
    assert.equal(await interview({ ask, pose, given }), undefined, 'left');
  });

  it('leaves nothing behind when it is left', async () => {
    await activate();
    await drive('workbench.action.closeQuickOpen', commands.executeCommand(COMMAND));
    assert.equal(untitled().length, 0);
  });
});
