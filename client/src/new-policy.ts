/** The guided start: asks the questions that the server has, and writes the policies that it composes. */
import {
  type Disposable,
  type InputBox,
  l10n,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPick,
  type QuickPickItem,
  QuickPickItemKind,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { PolicyAnswers, PolicyOption, PolicyQuestion } from '../../server/src/protocol.ts';
import { type Interview, interview, type Reply } from './interview.ts';

interface Start {
  readonly ask: Interview['ask'];
  readonly treatAs: (uri: string, kind: string) => Promise<void>;
  /** Answers that a key binding or another extension brings along: `{ "answers": { "who": ["ec2"] }, "ask": false }`. */
  readonly said: unknown;
}

/** Nothing is written before the last answer, so leaving on the way leaves nothing behind. */
export async function newPolicy({ ask, treatAs, said }: Start): Promise<void> {
  const { answers: given, more } = readSaid(said);
  const policies = more ? await interview({ ask, pose, given }) : (await ask(given)).policies;
  if (policies?.length === 0) {
    void window.showInformationMessage(l10n.t('Nothing was chosen, so there is no policy to write.'));
  }
  for (const [index, { kind, text }] of (policies ?? []).entries()) {
    const document = await workspace.openTextDocument({ language: 'iam-policy', content: text });
    // Shown at once: VS Code itself would open a text that nobody shows, and somewhere else.
    const viewColumn = index === 0 ? ViewColumn.Active : ViewColumn.Beside;
    await window.showTextDocument(document, { viewColumn, preview: false, preserveFocus: index > 0 });
    await treatAs(document.uri.toString(), kind);
  }
}

function pose(question: PolicyQuestion, former: readonly string[] | undefined, mayGoBack: boolean): Promise<Reply> {
  return question.form === 'text' ? poseText(question, former, mayGoBack) : poseChoice(question, former, mayGoBack);
}

interface Item extends QuickPickItem {
  readonly id?: string;
}

function poseChoice(
  question: PolicyQuestion,
  former: readonly string[] | undefined,
  mayGoBack: boolean,
): Promise<Reply> {
  const pick = window.createQuickPick<Item>();
  const items = withHeadings(question.options);
  const many = question.form === 'many';
  const chosen = items.filter(({ id, picked }) => (former && id !== undefined ? former.includes(id) : picked === true));
  pick.placeholder = question.prompt;
  pick.canSelectMany = many;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = items;
  if (many) pick.selectedItems = chosen;
  else if (chosen.length > 0) pick.activeItems = chosen;
  return show(pick, question, mayGoBack, () => {
    const ids = pick.selectedItems.flatMap(({ id }) => id ?? []);
    return many || ids.length > 0 ? ids : undefined;
  });
}

/** Options as items, a heading above each group. */
function withHeadings(options: readonly PolicyOption[]): readonly Item[] {
  let heading: string | undefined;
  return options.flatMap(({ group, ...option }): readonly Item[] => {
    if (group === undefined || group === heading) return [option];
    heading = group;
    return [{ label: group, kind: QuickPickItemKind.Separator }, option];
  });
}

function poseText(question: PolicyQuestion, former: readonly string[] | undefined, mayGoBack: boolean): Promise<Reply> {
  const { pattern, hint, several, example } = question;
  const input = window.createInputBox();
  const isFine = new RegExp(`^(?:${pattern ?? '.*'})$`, 'u');
  const read = (): readonly string[] => {
    const texts = several ? input.value.split(',') : [input.value];
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  };
  const judge = (): boolean => {
    const wrong = read().find((text) => !isFine.test(text));
    input.validationMessage = wrong === undefined ? undefined : `${wrong}: ${hint ?? ''}`;
    return wrong === undefined;
  };
  input.prompt = several ? `${question.prompt}. ${l10n.t('Several with commas in between.')}` : question.prompt;
  input.placeholder = example;
  input.value = former?.join(', ') ?? '';
  // What is being typed is not wrong yet; what was accepted and is wrong may be mended.
  input.onDidChangeValue(() => input.validationMessage !== undefined && judge());
  return show(input, question, mayGoBack, () => (judge() ? read() : undefined));
}

/** Shows a question until it is answered or left. `read` says what the answer is; undefined where it is none yet. */
function show<T extends Item>(
  input: QuickPick<T> | InputBox,
  { title, step }: PolicyQuestion,
  mayGoBack: boolean,
  read: () => readonly string[] | undefined,
): Promise<Reply> {
  input.title = l10n.t('New IAM Policy: {0}', title);
  input.step = step;
  input.totalSteps = 4;
  // Ids are copied from elsewhere: going there must not end it all.
  input.ignoreFocusOut = true;
  input.buttons = mayGoBack ? [QuickInputButtons.Back] : [];
  return new Promise((resolve) => {
    const end = (reply: Reply): void => {
      resolve(reply);
      for (const one of listeners) one.dispose();
      input.dispose();
    };
    const listeners: readonly Disposable[] = [
      input.onDidAccept(() => {
        const answer = read();
        if (answer) end(answer);
      }),
      input.onDidTriggerButton((button: QuickInputButton) => {
        if (button === QuickInputButtons.Back) end('back');
      }),
      input.onDidHide(() => end('left')),
    ];
    input.show();
  });
}

function readSaid(said: unknown): { readonly answers: PolicyAnswers; readonly more: boolean } {
  if (typeof said !== 'object' || said === null) return { answers: {}, more: true };
  const { answers, ask } = said as { readonly answers?: unknown; readonly ask?: unknown };
  // The server takes only lists of texts for answers.
  const given = typeof answers === 'object' && answers !== null ? (answers as PolicyAnswers) : {};
  return { answers: given, more: ask !== false };
}
