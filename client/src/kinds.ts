import { type TextDocument, type Uri, workspace } from 'vscode';
import { type PolicyDescription, SETTINGS_SECTION } from '../../server/src/protocol.ts';
import { settingsTarget, updateEntry } from './settings.ts';

type Kind = PolicyDescription['kind'];

const LABELS: Readonly<Record<Kind, string>> = {
  identity: 'Permission policy',
  trust: 'Trust policy',
  resource: 'Resource policy',
  scp: 'Service control policy',
  rcp: 'Resource control policy',
  'permissions-boundary': 'Permissions boundary',
  session: 'Session policy',
  'vpc-endpoint': 'VPC endpoint policy',
  unknown: 'IAM policy',
  none: 'Not a policy',
};

/** What a person calls a kind: "Resource policy: s3". A question mark says that it may as well be another. */
export function labelOf({
  kind,
  service,
  confidence,
}: Pick<PolicyDescription, 'kind' | 'service' | 'confidence'>): string {
  return `${LABELS[kind]}${service ? `: ${service}` : ''}${confidence === 'ambiguous' ? '?' : ''}`;
}

/** A kind to choose, as in the setting `iamPolicy.kinds`. */
export interface KindChoice {
  readonly kind: Exclude<Kind, 'unknown'>;
  readonly label: string;
  readonly detail: string;
}

const choice = (kind: KindChoice['kind'], detail: string): KindChoice => ({ kind, label: LABELS[kind], detail });

/** In the order in which people meet them. */
export const KIND_CHOICES: readonly KindChoice[] = [
  choice('trust', 'Who may assume a role. Attached to the role itself.'),
  choice('identity', 'What a user, group or role may do. Attached to one of them.'),
  choice('resource', 'Who may do what with a bucket, queue, key … Attached to that resource.'),
  choice('permissions-boundary', 'The most that a user or role can ever be allowed. Grants nothing by itself.'),
  choice('session', 'Narrows what one session of a role may do. Handed over when the role is assumed.'),
  choice('scp', 'The most that the accounts of an organization can be allowed.'),
  choice('rcp', 'Who can be let in, at most, to the resources of an organization.'),
  choice('vpc-endpoint', 'What may pass through a VPC endpoint.'),
  choice('none', 'Leave this file alone.'),
];

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
