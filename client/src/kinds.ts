import { l10n, type TextDocument, type Uri, workspace } from 'vscode';
import { type PolicyDescription, SETTINGS_SECTION } from '../../server/src/protocol.ts';
import { settingsTarget, updateEntry } from './settings.ts';

type Kind = PolicyDescription['kind'];

/** The name of each kind; a function, because the words of the user's language come after this file. */
const labels = (): Readonly<Record<Kind, string>> => ({
  identity: l10n.t('Permission policy'),
  trust: l10n.t('Trust policy'),
  resource: l10n.t('Resource policy'),
  scp: l10n.t('Service control policy'),
  rcp: l10n.t('Resource control policy'),
  'permissions-boundary': l10n.t('Permissions boundary'),
  session: l10n.t('Session policy'),
  'vpc-endpoint': l10n.t('VPC endpoint policy'),
  unknown: l10n.t('IAM policy'),
  none: l10n.t('Not a policy'),
});

/** What a person calls a kind: "Resource policy: s3". A question mark says that it may as well be another. */
export function labelOf({
  kind,
  service,
  confidence,
}: Pick<PolicyDescription, 'kind' | 'service' | 'confidence'>): string {
  return `${labels()[kind]}${service ? `: ${service}` : ''}${confidence === 'ambiguous' ? '?' : ''}`;
}

/** A kind to choose, as in the setting `iamPolicy.kinds`. */
export interface KindChoice {
  readonly kind: Exclude<Kind, 'unknown'>;
  readonly label: string;
  readonly detail: string;
}

/** In the order in which people meet them. */
export function kindChoices(): readonly KindChoice[] {
  const label = labels();
  const choice = (kind: KindChoice['kind'], detail: string): KindChoice => ({ kind, label: label[kind], detail });
  return [
    choice('trust', l10n.t('Who may assume a role. Attached to the role itself.')),
    choice('identity', l10n.t('What a user, group or role may do. Attached to one of them.')),
    choice('resource', l10n.t('Who may do what with a bucket, queue, key … Attached to that resource.')),
    choice(
      'permissions-boundary',
      l10n.t('The most that a user or role can ever be allowed. Grants nothing by itself.'),
    ),
    choice('session', l10n.t('Narrows what one session of a role may do. Handed over when the role is assumed.')),
    choice('scp', l10n.t('The most that the accounts of an organization can be allowed.')),
    choice('rcp', l10n.t('Who can be let in, at most, to the resources of an organization.')),
    choice('vpc-endpoint', l10n.t('What may pass through a VPC endpoint.')),
    choice('none', l10n.t('Leave this file alone.')),
  ];
}

/** The key under which `iamPolicy.kinds` names one file: from the workspace folder, or its whole path outside one. */
export function kindKeyOf(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  const path =
    folder && uri.path.startsWith(`${folder.uri.path}/`) ? `.${uri.path.slice(folder.uri.path.length)}` : uri.path;
  return path.replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
}

/** What the settings say of this very file, if they do. */
export function chosenKind(document: TextDocument): string | undefined {
  const kinds = workspace.getConfiguration(SETTINGS_SECTION, document.uri).get<Record<string, string>>('kinds');
  return kinds?.[kindKeyOf(document.uri)];
}

/** Writes what a file is to be treated as; undefined takes it back. */
export async function chooseKind(document: TextDocument, kind: string | undefined): Promise<void> {
  await updateEntry('kinds', kindKeyOf(document.uri), kind, document.uri, settingsTarget(document.uri));
}
