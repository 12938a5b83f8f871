import type { UserSettings } from '../service.ts';

/** A glob that starts with `./` starts at the workspace folder. */
export function anchorGlobs(kinds: UserSettings['kinds'], folder: string | undefined): UserSettings['kinds'] {
  if (folder === undefined) return kinds;
  const base = folder.replace(/\/$/, '').replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
  return Object.fromEntries(
    Object.entries(kinds).map(([glob, kind]) => [glob.startsWith('./') ? base + glob.slice(1) : glob, kind]),
  );
}
