import type { PolicyKind } from '../policy/kind.ts';
import type { IndexedFile, IndexedPolicy } from './index-file.ts';

/** The policies that say what a role is: who may take it, then what it may do. */
const ROLE_KINDS: readonly PolicyKind[] = ['trust', 'identity'];

/** Words of file names that say what a file is, not whose. */
const KIND_WORDS: ReadonlySet<string> = new Set(
  'trust assume assumerole relationship permission permissions identity inline managed policy policies document iam fragment json jsonc'.split(
    ' ',
  ),
);

/**
 * What a role may be called whose policies are in a file: `deploy` for `deploy-role/trust-policy.json` and for
 * `roles/deploy-trust.json`, in the form of {@link plainName}.
 */
export function roleNamesOf(path: string): ReadonlySet<string> {
  const [file = '', folder = ''] = path.split('/').reverse();
  const words = file
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => !KIND_WORDS.has(word));
  return new Set([plainName(words.join('-')), plainName(folder)].filter((name) => name !== ''));
}

/** A name as people vary it: `GithubDeployRole`, `github-deploy-role` and `github_deploy` are the same. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/role$/, '');
}

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
