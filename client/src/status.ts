import {
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
  MarkdownString,
  type Position,
  Range,
  StatusBarAlignment,
  type StatusBarItem,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import type { Description, PolicyDescription } from '../../server/src/protocol.ts';
import { labelOf } from './kinds.ts';
import { spoken, wordsOf } from './policy-words.ts';

/** The status bar item that says what kind of policy the cursor is in; gone where there is no policy. */
export interface KindStatus extends Disposable {
  /** Takes the newest description of a file. */
  update(description: Description): void;
  /** Forgets all files: the server that described them has stopped. */
  clear(): void;
  /** The text in the status bar; undefined while it is hidden. */
  shown(): string | undefined;
  readonly onDidShow: Event<string | undefined>;
}

export function createKindStatus(command: string): KindStatus {
  const item = window.createStatusBarItem('kind', StatusBarAlignment.Right, 100);
  item.name = l10n.t('IAM Policy Kind');
  item.command = command;
  const descriptions = new Map<string, Description>();
  let shown: string | undefined;
  const didShow = new EventEmitter<string | undefined>();

  const show = (editor: TextEditor | undefined): void => {
    const description = editor && descriptions.get(editor.document.uri.toString());
    const policy = editor && description && policyAt(editor.selection.active, description);
    shown = policy && labelOf(policy);
    if (policy) render(item, policy, description);
    else item.hide();
    didShow.fire(shown);
  };
  const refresh = (): void => show(window.activeTextEditor);

  const listeners = [
    window.onDidChangeActiveTextEditor(show),
    window.onDidChangeTextEditorSelection(({ textEditor }) => {
      // Moving about matters only in a file that holds several policies.
      const known = descriptions.get(textEditor.document.uri.toString());
      if (known && known.policies.length > 1 && textEditor === window.activeTextEditor) show(textEditor);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => descriptions.delete(uri.toString())),
  ];

  return {
    update(description) {
      descriptions.set(description.uri, description);
      refresh();
    },
    clear() {
      descriptions.clear();
      refresh();
    },
    shown: () => shown,
    onDidShow: didShow.event,
    dispose() {
      for (const one of [...listeners, didShow, item]) one.dispose();
    },
  };
}

/** The policy that holds a place, such as the cursor; else the one that begins on its line; else the first. */
export function policyAt(place: Position, { policies }: Description): PolicyDescription | undefined {
  return (
    policies.find(({ range }) => toRange(range).contains(place)) ??
    policies.find(({ range }) => range.start.line === place.line) ??
    policies[0]
  );
}

function toRange({ start, end }: PolicyDescription['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function render(item: StatusBarItem, policy: PolicyDescription, description: Description): void {
  const words = wordsOf(policy, description);
  item.text = `$(shield) ${words.label}`;
  item.accessibilityInformation = { label: spoken(words), role: 'button' };
  // appendText escapes: words of the document, file names and settings stand in label and reasons.
  const tooltip = new MarkdownString();
  tooltip.appendMarkdown('**').appendText(words.label).appendMarkdown(`** (${words.confidence})\n\n`);
  for (const reason of words.reasons) tooltip.appendMarkdown('- ').appendText(reason).appendMarkdown('\n');
  for (const line of [words.size, words.place, l10n.t('Click to treat it as another kind.'), words.data]) {
    if (line !== undefined) tooltip.appendMarkdown(`\n\n${line}`);
  }
  item.tooltip = tooltip;
  item.show();
}
