import { CodeAction, commands, l10n, Range, type TextEditor, window, workspace } from 'vscode';
import type { Description } from '../../server/src/protocol.ts';
import { policyAt } from './status.ts';

/**
 * Takes one of the rewrites that the server offers for the whole policy at the cursor; says so where it is not offered.
 *
 * @param title how its title begins
 */
export async function rewritePolicy(editor: TextEditor, description: Description | null, title: string): Promise<void> {
  const { document, selection } = editor;
  const policy = description && policyAt(selection.active, description);
  const { line = 0, character = 0 } = policy?.range.start ?? {};
  const actions = policy
    ? await commands.executeCommand<readonly unknown[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new Range(line, character, line, character),
        'refactor.rewrite',
        20,
      )
    : [];
  const action = actions.find((one) => one instanceof CodeAction && one.title.startsWith(title));
  if (action instanceof CodeAction && action.edit) await workspace.applyEdit(action.edit);
  else
    void window.showInformationMessage(
      l10n.t('Nothing was changed: the policy is like that already, or it holds comments or half-written text.'),
    );
}
