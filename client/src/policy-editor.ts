import { l10n, type TextEditor, Uri, window } from 'vscode';

/** The languages we read. VS Code's own JSON support reports the syntax of the last two. */
export const OWN_LANGUAGE = 'iam-policy';
export const JSON_LANGUAGES = ['json', 'jsonc'];

/**
 * The editor that a command is about: the active one, else one in sight, as when the command comes from a walkthrough; it
 * gets the focus. Tells the user when there is none.
 *
 * @param file the address of the file that it must show, where it is a string
 */
export async function policyEditor(file?: unknown): Promise<TextEditor | undefined> {
  const isMeant = ({ document: { uri, languageId } }: TextEditor) =>
    typeof file === 'string'
      ? uri.toString() === Uri.parse(file).toString()
      : [OWN_LANGUAGE, ...JSON_LANGUAGES].includes(languageId);
  const editor = [window.activeTextEditor, ...window.visibleTextEditors].find((one) => one && isMeant(one));
  if (editor) return window.showTextDocument(editor.document, editor.viewColumn);
  // Not awaited: the message stays until the user is done with it.
  void window.showInformationMessage(l10n.t('Open a JSON file with an IAM policy first.'));
  return undefined;
}
