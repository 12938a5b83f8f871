import { l10n, type Position, type QuickPickItem, QuickPickItemKind, window } from 'vscode';
import type { Description } from '../../server/src/protocol.ts';
import { kindChoices } from './kinds.ts';
import { wordsOf } from './policy-words.ts';
import { policyAt } from './status.ts';

/** What the user wants: a kind as in the setting `iamPolicy.kinds`, the tool's own judgement, or nothing at all. */
export type KindWish = { readonly kind: string | undefined } | undefined;

interface Item extends QuickPickItem {
  readonly wish?: KindWish;
  readonly asksService?: boolean;
}

const SERVICES = ['s3', 'sqs', 'sns', 'kms', 'lambda', 'secretsmanager', 'ecr', 'dynamodb', 'events', 'execute-api'];

/**
 * Shows why a file is taken for what it is, and offers the other kinds.
 *
 * @param place in the policy asked about
 * @param chosen what the user has chosen for this file before
 */
export async function pickKind(
  place: Position,
  description: Description | undefined,
  chosen: string | undefined,
): Promise<KindWish> {
  const policy = description && policyAt(place, description);
  const words = policy && wordsOf(policy, description);
  const separator = (label: string): Item => ({ label, kind: QuickPickItemKind.Separator });
  const fact = (icon: string, text: string | undefined): Item[] =>
    text === undefined ? [] : [{ label: `$(${icon}) ${text}` }];
  const facts = words
    ? [
        separator(l10n.t('about this policy')),
        ...words.reasons.flatMap((reason) => fact('info', reason)),
        ...fact('symbol-ruler', words.size),
        ...fact('list-ordered', words.place),
        ...fact('database', words.data),
      ]
    : [];
  const kinds = kindChoices().map(
    ({ kind, label, detail }): Item => ({
      label,
      detail,
      ...(policy?.kind === kind && { description: l10n.t('now') }),
      wish: { kind },
      asksService: kind === 'resource',
    }),
  );
  const release: Item = { label: l10n.t('Let the tool decide'), wish: { kind: undefined } };
  const picked = await pickFrom({
    title: words ? `${words.label} (${words.confidence})` : l10n.t('No IAM policy found in this file'),
    placeholder: l10n.t('Treat this file as …'),
    items: [...facts, separator(l10n.t('treat this file as')), ...(chosen === undefined ? [] : [release]), ...kinds],
    active: kinds.find(({ wish }) => wish?.kind === policy?.kind) ?? kinds[0],
  });
  return picked?.asksService ? pickService() : picked?.wish;
}

interface Question {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly Item[];
  readonly active: Item | undefined;
}

/** Like showQuickPick, with a say in which item is offered first: here reasons stand above the choices. */
function pickFrom({ title, placeholder, items, active }: Question): Promise<Item | undefined> {
  const quickPick = window.createQuickPick<Item>();
  Object.assign(quickPick, { title, placeholder, items, matchOnDetail: true, activeItems: active ? [active] : [] });
  return new Promise((resolve) => {
    quickPick.onDidAccept(() => {
      const [item] = quickPick.selectedItems;
      // A reason is for reading.
      if (!item?.wish && !item?.asksService) return;
      resolve(item);
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      resolve(undefined);
      quickPick.dispose();
    });
    quickPick.show();
  });
}

async function pickService(): Promise<KindWish> {
  const picked = await window.showQuickPick<Item>(
    [
      { label: l10n.t('Let its actions and resources say'), wish: { kind: 'resource' } },
      ...SERVICES.map((service): Item => ({ label: service, wish: { kind: `resource:${service}` } })),
      { label: l10n.t('Another service …'), asksService: true },
    ],
    { title: l10n.t('The policy of a resource of which service?') },
  );
  if (!picked?.asksService) return picked?.wish;
  const service = await window.showInputBox({
    title: l10n.t('The policy of a resource of which service?'),
    prompt: l10n.t('The service prefix, as in action names: s3, sqs, kms'),
    validateInput: (text) =>
      /^[a-z][a-z0-9-]*$/.test(text) ? undefined : l10n.t('Lower-case letters, digits and hyphens'),
  });
  return service === undefined ? undefined : { kind: `resource:${service}` };
}
