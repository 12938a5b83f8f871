import type { PolicyKind } from '../policy/kind.ts';
import type { IndexedFile, IndexedPolicy } from './index-file.ts';
import { plainName } from './role-names.ts';

/** The policies that say what a role is: who may take it, then what it may do. */
const ROLE_KINDS: readonly PolicyKind[] = ['trust', 'identity'];

/**
 * The policies in which a resource is at home: those of a role, by the names of file and folder; the policy of a bucket,
 * a queue or a key, by the service whose resource policy it is and by naming it.
 * @param key of a mention of kind `name`
 */
export function homesIn(file: IndexedFile, key: string): readonly IndexedPolicy[] {
  const role = /^name:iam:role\/(.+)$/.exec(key)?.[1];
  if (role !== undefined) {
    if (!file.roles.has(plainName(role))) return [];
    return ROLE_KINDS.flatMap((kind) => file.policies.filter((policy) => policy.kind === kind));
  }
  if (!file.mentions.has(key)) return [];
  return file.policies.filter(
    ({ kind, service }) => kind === 'resource' && service !== null && key.startsWith(`name:${service}:`),
  );
}
