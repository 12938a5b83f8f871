import {
  type Disposable,
  type Event,
  EventEmitter,
  l10n,
  MarkdownString,
  Range,
  StatusBarAlignment,
  type StatusBarItem,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import type { Description, PolicyDescription, PolicySizeDescription } from '../../server/src/protocol.ts';
import { labelOf } from './kinds.ts';

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
    const policy = editor && description && policyAt(editor, description);
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

/** The policy that holds the cursor, else the first. */
export function policyAt(editor: TextEditor, { policies }: Description): PolicyDescription | undefined {
  const cursor = editor.selection.active;
  return policies.find(({ range }) => toRange(range).contains(cursor)) ?? policies[0];
}

function toRange({ start, end }: PolicyDescription['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

function render(item: StatusBarItem, policy: PolicyDescription, { policies, dataDate }: Description): void {
  const label = labelOf(policy);
  item.text = `$(shield) ${label}`;
  item.accessibilityInformation = { label: l10n.t('Kind of policy: {0}', label) };
  // appendText escapes: words of the document, file names and settings stand in label and reasons.
  const tooltip = new MarkdownString();
  tooltip.appendMarkdown('**').appendText(label).appendMarkdown(`** (${policy.confidence})\n\n`);
  for (const reason of policy.evidence) {
    tooltip.appendMarkdown('- ');
    tooltip.appendText(reason);
    tooltip.appendMarkdown('\n');
  }
  if (policy.size) tooltip.appendMarkdown(`\n\n${wordsOf(policy.size)}`);
  if (policies.length > 1) tooltip.appendMarkdown(`\n\n${l10n.t('This file holds {0} policies.', policies.length)}`);
  tooltip.appendMarkdown(`\n\n${l10n.t('Click to treat it as another kind.')}`);
  if (dataDate) tooltip.appendMarkdown(`\n\n*${l10n.t('AWS reference data of {0}', dataDate)}*`);
  item.tooltip = tooltip;
  item.show();
}

function wordsOf({ size, limit, unit }: PolicySizeDescription): string {
  const [is, may] = [size.toLocaleString('en-US'), limit.toLocaleString('en-US')];
  return unit === 'bytes' ? l10n.t('{0} of {1} bytes', is, may) : l10n.t('{0} of {1} characters', is, may);
}
