import {
  DEFAULT_SETTINGS,
  type KindSetting,
  type LintSettings,
  PERSONAS,
  POLICY_KINDS,
  parseKindSetting,
  SEVERITIES,
} from '../service.ts';

/** What the user set, before the file's own circumstances are added. */
export type UserSettings = Pick<LintSettings, 'rules' | 'persona' | 'kinds'>;

/**
 * Reads the settings as they come from an editor. What makes no sense is left out, and told.
 * @param told receives one sentence for each piece that makes no sense
 */
export function readSettings(
  value: unknown,
  knownRules: ReadonlySet<string>,
  told: (problem: string) => void,
): UserSettings {
  const section: { rules?: unknown; kinds?: unknown; persona?: unknown } = asRecord(value) ?? {};
  const rules: Record<string, LintSettings['rules'][string]> = {};
  for (const [id, level] of entriesOf(section.rules, 'iamPolicy.rules', told)) {
    const severity = [...SEVERITIES, 'off' as const].find((one) => one === level);
    if (!knownRules.has(id)) told(`iamPolicy.rules: there is no rule '${id}'.`);
    else if (severity) rules[id] = severity;
    else told(`iamPolicy.rules: '${id}' must be one of ${SEVERITIES.join(', ')}, off.`);
  }
  const kinds: Record<string, KindSetting> = {};
  for (const [glob, kind] of entriesOf(section.kinds, 'iamPolicy.kinds', told)) {
    const known = typeof kind === 'string' ? parseKindSetting(kind) : undefined;
    if (known) kinds[glob] = known;
    else told(`iamPolicy.kinds: '${glob}' must be one of ${POLICY_KINDS.join(', ')}, or resource:<service>.`);
  }
  const wanted = section.persona;
  const persona = PERSONAS.find((one) => one === wanted);
  if (wanted !== undefined && wanted !== null && !persona) {
    told(`iamPolicy.persona must be one of ${PERSONAS.join(', ')}.`);
  }
  return { rules, kinds, persona: persona ?? DEFAULT_SETTINGS.persona };
}

/** A glob that starts with `./` starts at the workspace folder. */
export function anchorGlobs(kinds: UserSettings['kinds'], folder: string | undefined): UserSettings['kinds'] {
  if (folder === undefined) return kinds;
  const base = folder.replace(/\/$/, '').replace(/[\\*?[\]{}()!+@|]/g, '\\$&');
  return Object.fromEntries(
    Object.entries(kinds).map(([glob, kind]) => [glob.startsWith('./') ? base + glob.slice(1) : glob, kind]),
  );
}

function entriesOf(value: unknown, name: string, told: (problem: string) => void): readonly [string, unknown][] {
  if (value === undefined || value === null) return [];
  const record = asRecord(value);
  if (!record) told(`${name} must be an object.`);
  return Object.entries(record ?? {});
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
