import { quote } from '../base/quote.ts';
import { POLICY_KINDS } from '../policy/kind.ts';
import { PERSONAS, SEVERITIES } from '../rules/define.ts';
import { DEFAULT_EDITOR_SETTINGS, DEFAULT_SETTINGS, type EditorSettings, type LintSettings } from './settings.ts';
import { type SettingsError, validate } from './validate-settings.js';

/** What the user set, before the file's own circumstances are added. */
export type UserSettings = Pick<LintSettings, 'rules' | 'persona' | 'kinds'> & EditorSettings;

/**
 * Reads the section `iamPolicy` as it comes from an editor. What makes no sense is left out, and told.
 * @param tell receives one sentence for each piece that makes no sense
 */
export function readSettings(value: unknown, tell: (problem: string) => void): UserSettings {
  const section = withoutNulls(value);
  const wrong = new Map<string, SettingsError>();
  // Where nothing is set, the large validator need not even be compiled.
  if (Object.keys(section).length > 0 && !validate(section)) {
    for (const error of validate.errors ?? []) {
      const { additionalProperty: extra } = error.params;
      const path = typeof extra === 'string' ? `${error.instancePath}/${escapePointer(extra)}` : error.instancePath;
      if (!wrong.has(path)) wrong.set(path, error);
    }
  }
  for (const [path, error] of [...wrong].slice(0, MOST_TOLD)) tell(quote(explain(path, error)));
  const valid = (name: 'rules' | 'kinds' | 'accounts' | 'lens' | 'hints'): Readonly<Record<string, unknown>> => {
    const entries = wrong.has(`/${name}`) ? [] : Object.entries(section[name] ?? {});
    return Object.fromEntries(entries.filter(([key]) => !wrong.has(`/${name}/${escapePointer(key)}`)));
  };
  const scalar = <Name extends 'persona' | 'semanticTokens'>(name: Name, otherwise: UserSettings[Name]) =>
    wrong.has(`/${name}`) ? otherwise : ((section[name] as UserSettings[Name] | undefined) ?? otherwise);
  const globs = Object.entries(valid('kinds'));
  if (globs.length > MOST_GLOBS) tell(`iamPolicy.kinds: only the first ${MOST_GLOBS} globs count.`);
  // The validator has looked at everything that is left.
  return {
    rules: valid('rules') as UserSettings['rules'],
    kinds: Object.fromEntries(globs.slice(0, MOST_GLOBS)) as UserSettings['kinds'],
    persona: scalar('persona', DEFAULT_SETTINGS.persona),
    accounts: valid('accounts') as UserSettings['accounts'],
    lens: { ...DEFAULT_EDITOR_SETTINGS.lens, ...valid('lens') },
    hints: { ...DEFAULT_EDITOR_SETTINGS.hints, ...valid('hints') },
    semanticTokens: scalar('semanticTokens', DEFAULT_EDITOR_SETTINGS.semanticTokens),
  };
}

/** The settings of a workspace are not trusted, and each glob is tried on each file. */
const MOST_GLOBS = 500;

/** Longer lists of what is wrong are not read. */
const MOST_TOLD = 100;

/** Editors say null for what is not set. */
function withoutNulls(value: unknown): Readonly<Partial<Record<keyof UserSettings, unknown>>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== null));
}

function explain(path: string, { keyword }: SettingsError): string {
  const [, name = '', escaped] = path.split('/');
  const setting = `iamPolicy.${name}`;
  const key = escaped?.replaceAll('~1', '/').replaceAll('~0', '~');
  if (key === undefined) {
    if (name === 'semanticTokens') return `${setting} must be true or false.`;
    return name === 'persona' ? `${setting} must be one of ${PERSONAS.join(', ')}.` : `${setting} must be an object.`;
  }
  if (name === 'lens' || name === 'hints') return `${setting}.${key} must be true or false.`;
  if (name === 'accounts') {
    return keyword === 'type'
      ? `${setting}: the name of '${key}' must be a text.`
      : `${setting}: '${key}' is not an account id of twelve digits.`;
  }
  if (keyword === 'additionalProperties' && name === 'rules') return `${setting}: there is no rule '${key}'.`;
  if (name === 'rules') return `${setting}: '${key}' must be one of ${SEVERITIES.join(', ')}, off.`;
  const kinds = POLICY_KINDS.filter((kind) => kind !== 'unknown');
  return `${setting}: '${key}' must be one of ${kinds.join(', ')}, or resource:<service>.`;
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
