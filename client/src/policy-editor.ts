import { l10n, type TextEditor, window } from 'vscode';

/** The languages we read. VS Code's own JSON support reports the syntax of the last two. */
export const OWN_LANGUAGE = 'iam-policy';
export const JSON_LANGUAGES = ['json', 'jsonc'];

/**
 * The editor that a command is about: the active one, else one in sight, as when the command comes from a walkthrough; it
 * gets the focus. Tells the user when there is none.
 */
export async function policyEditor(): Promise<TextEditor | undefined> {
  const isRead = ({ document }: TextEditor) => [OWN_LANGUAGE, ...JSON_LANGUAGES].includes(document.languageId);
  const editor = [window.activeTextEditor, ...window.visibleTextEditors].find((one) => one && isRead(one));
  if (editor) return window.showTextDocument(editor.document, editor.viewColumn);
  // Not awaited: the message stays until the user is done with it.
  void window.showInformationMessage(l10n.t('Open a JSON file with an IAM policy first.'));
  return undefined;
}
