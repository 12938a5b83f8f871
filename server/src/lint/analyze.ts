import { matchesGlob } from '../base/glob.ts';
import { type LineMap, mapLines } from '../base/lines.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { findPolicies } from '../documents/plain.ts';
import { type Classification, classify, POLICY_KINDS } from '../policy/kind.ts';
import { hintFromPath, hintFromSchema, type KindHint } from '../policy/kind-hint.ts';
import { type PolicyView, viewPolicy } from '../policy/model.ts';
import { parseJson } from '../syntax/json.ts';
import type { SyntaxTree } from '../syntax/tree.ts';
import type { KindSetting, LintSettings } from './settings.ts';

/** A text to read. */
export interface FileInput {
  /** Its path with forward slashes, used for names and globs only; may be empty. */
  readonly path: string;
  /** The editor's language id: `json`, `jsonc` or `iam-policy`. */
  readonly languageId?: string;
  readonly text: string;
  /** A kind that overrides everything else. */
  readonly kind?: KindSetting;
}

export interface AnalyzedPolicy {
  readonly view: PolicyView;
  readonly classification: Classification;
}

/** A file that has been read: its tree, its policies, and what kind each is. */
export interface AnalyzedFile {
  readonly input: FileInput;
  readonly tree: SyntaxTree;
  readonly lines: LineMap;
  readonly policies: readonly AnalyzedPolicy[];
}

/** Reads a file: finds its policies and says what kind each one is. Never throws on any text. */
export function analyze(
  input: FileInput,
  settings: Pick<LintSettings, 'kinds'>,
  catalogue: Pick<Catalogue, 'isRcpService'>,
): AnalyzedFile {
  const tree = parseJson(input.text, dialectOf(input));
  const lines = mapLines(input.text);
  const override = overrideOf(input, settings);
  if (override?.kind === 'none') return { input, tree, lines, policies: [] };
  const name = hintFromPath(input.path);
  const expected = override !== undefined || input.languageId === 'iam-policy';
  const policies = findPolicies(tree, expected).map(({ node, form }) => {
    const view = viewPolicy(tree, node, form);
    const hints = [override, hintFromSchema(view), name].filter((hint) => hint !== undefined);
    return { view, classification: classify(view, hints, catalogue) };
  });
  return { input, tree, lines, policies: policies.filter(({ classification }) => classification.kind !== 'none') };
}

/** Strict JSON is what AWS accepts; comments are for files that say so. */
function dialectOf(input: FileInput): 'json' | 'jsonc' {
  return input.languageId === 'jsonc' || input.path.endsWith('.jsonc') ? 'jsonc' : 'json';
}

function overrideOf(input: FileInput, settings: Pick<LintSettings, 'kinds'>): KindHint | undefined {
  if (input.kind) return hintOf(input.kind, `You said it is '${input.kind}'.`);
  let found: KindHint | undefined;
  for (const [glob, kind] of Object.entries(settings.kinds)) {
    if (fits(glob, input.path)) found = hintOf(kind, `The setting iamPolicy.kinds says '${kind}' for ${glob}.`);
  }
  return found;
}

function hintOf(setting: KindSetting, because: string): KindHint | undefined {
  const [word, service] = setting.split(':');
  const kind = POLICY_KINDS.find((one) => one === word);
  return kind && { kind, ...(service && { service }), because, strength: 'override' };
}

/** A glob without a slash is matched with the file's name, one with slashes with the end of its path. */
function fits(glob: string, path: string): boolean {
  const anchored = glob.startsWith('/') || glob.startsWith('**/') ? glob : `**/${glob}`;
  return matchesGlob(anchored, path) || matchesGlob(anchored, path.replace(/^\//, ''));
}
