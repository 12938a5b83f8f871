import { POLICY_KINDS, type PolicyKind } from '../policy/kind.ts';
import type { Persona, Severity } from '../rules/define.ts';

/** What a user may set; the same for editor and command line. */
export interface LintSettings {
  /** Severity by rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  readonly persona: Persona;
  /** The kind of policy by file: the last glob that matches the path wins. A resource policy may name its service: `resource:s3`. */
  readonly kinds: Readonly<Record<string, KindSetting>>;
  /** The editor itself reports what is wrong with the JSON, so that we need not. */
  readonly jsonReportedElsewhere: boolean;
}

/** What only editors show. */
export interface EditorSettings {
  /** Names of accounts by their id of twelve digits. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly lens: { readonly policy: boolean; readonly statement: boolean };
  readonly hints: { readonly accounts: boolean; readonly wildcards: boolean; readonly resourceTypes: boolean };
  readonly semanticTokens: boolean;
}

export type KindSetting = PolicyKind | `resource:${string}`;

/** Reads a kind as a user writes it: `trust`, `resource`, `resource:s3`. Undefined when there is no such kind. */
export function parseKindSetting(text: string): KindSetting | undefined {
  if (/^resource:[a-z0-9-]+$/.test(text)) return text as KindSetting;
  return POLICY_KINDS.find((kind) => kind === text);
}

export const DEFAULT_SETTINGS: LintSettings = {
  rules: {},
  persona: 'regular',
  kinds: {},
  jsonReportedElsewhere: false,
};

export const DEFAULT_EDITOR_SETTINGS: EditorSettings = {
  accounts: {},
  lens: { policy: true, statement: true },
  hints: { accounts: true, wildcards: true, resourceTypes: true },
  semanticTokens: true,
};
