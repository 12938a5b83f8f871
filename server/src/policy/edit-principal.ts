import type { TextEdit } from '../base/text-edit.ts';
import type { Writer } from '../syntax/json-writer.ts';
import type { Member } from '../syntax/tree.ts';
import type { PrincipalEntry } from './model.ts';
import type { PrincipalType } from './principal.ts';

/**
 * Edits that put a principal value under another key of the Principal map.
 * @returns undefined where it stands beside others or that key is taken, so that more than a name would have to move
 */
export function movePrincipal(write: Writer, entry: PrincipalEntry, type: PrincipalType): TextEdit[] | undefined {
  const map = entry.block.member.value;
  if (map?.type !== 'object' || map.members.some(({ key }) => key.value === type)) return undefined;
  if (entry.container.type === 'array' && entry.container.items.length > 1) return undefined;
  const member = map.members.find(({ value }) => value === entry.container);
  return member && write.rename(member, type);
}

/** An account to be filled in, as the value of a principal. */
export const ACCOUNT_TO_FILL_IN = 'arn:aws:iam::<account-id>:root';

/** Edits that turn NotPrincipal into a Principal that names one account, to be filled in. */
export function nameAccountInstead(member: Member, write: Writer): TextEdit[] {
  if (!member.value) return [];
  return [...write.rename(member, 'Principal'), ...write.replace(member.value, { AWS: ACCOUNT_TO_FILL_IN })];
}
