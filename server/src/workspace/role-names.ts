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
