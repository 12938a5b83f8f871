import { type ParseArgsConfig, parseArgs } from 'node:util';
import {
  type AnyRule,
  DEFAULT_SETTINGS,
  type KindSetting,
  type LintSettings,
  nearest,
  PERSONAS,
  POLICY_KINDS,
  parseKindSetting,
  SEVERITIES,
  type Severity,
} from '../judge.ts';
import { UsageError } from './io.ts';

/** What `iam-policy lint` was asked to do. */
export interface LintArguments {
  readonly paths: readonly string[];
  readonly format: 'text' | 'json' | 'ndjson';
  readonly kind: KindSetting | undefined;
  readonly failOn: Severity | 'never';
  readonly settings: LintSettings;
  readonly quiet: boolean;
  readonly noColor: boolean;
}

export type Command =
  | { readonly name: 'help'; readonly topic: 'lint' | 'explain' | undefined }
  | { readonly name: 'version' }
  | { readonly name: 'explain'; readonly ids: readonly string[] }
  | { readonly name: 'lint'; readonly arguments: LintArguments };

export const COMMANDS = ['lint', 'explain'] as const;
const FORMATS = ['text', 'json', 'ndjson'] as const;

const FLAGS = {
  kind: { type: 'string' },
  format: { type: 'string' },
  ndjson: { type: 'boolean' },
  'fail-on': { type: 'string' },
  persona: { type: 'string' },
  rule: { type: 'string', multiple: true },
  quiet: { type: 'boolean', short: 'q' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const satisfies ParseArgsConfig['options'];

/** @throws UsageError that names the argument and, where one is near, what was meant. */
export function readArguments(argv: readonly string[], rules: readonly AnyRule[]): Command {
  const { values, positionals } = parse(argv);
  const [word, ...rest] = positionals;
  const name = COMMANDS.find((one) => one === word);
  if (values.version) return { name: 'version' };
  if (values.help || word === 'help') {
    return { name: 'help', topic: name ?? COMMANDS.find((one) => one === rest[0]) };
  }
  if (word === undefined) throw new UsageError("say what to do: 'iam-policy lint <files>' or 'iam-policy --help'");
  if (name === undefined) throw new UsageError(`'${word}' is not a command${meant(word, COMMANDS, 'lint or explain')}`);
  if (name === 'explain') return { name, ids: rest };

  const format = values.ndjson ? 'ndjson' : oneOf('--format', values.format ?? 'text', FORMATS);
  if (values.ndjson && values.format !== undefined && values.format !== 'ndjson') {
    throw new UsageError('--ndjson and --format exclude each other');
  }
  if (format === 'ndjson' && rest.some((path) => path !== '-')) {
    throw new UsageError(`--ndjson reads policies from stdin, not from files (${rest[0]})`);
  }
  return {
    name,
    arguments: {
      paths: rest.length > 0 ? rest : ['.'],
      format,
      kind: values.kind === undefined ? undefined : readKind(values.kind),
      failOn: oneOf('--fail-on', values['fail-on'] ?? 'error', [...SEVERITIES, 'never'] as const),
      settings: {
        ...DEFAULT_SETTINGS,
        persona: oneOf('--persona', values.persona ?? 'regular', PERSONAS),
        rules: Object.fromEntries((values.rule ?? []).map((text) => readRule(text, rules))),
      },
      quiet: values.quiet ?? false,
      noColor: values['no-color'] ?? false,
    },
  };
}

/** @throws UsageError when there is no such kind. */
export function readKind(text: string): KindSetting {
  const kind = parseKindSetting(text);
  if (kind) return kind;
  throw new UsageError(`'${text}' is not a kind of policy${meant(text, POLICY_KINDS, KIND_WORDS)}`);
}

const KIND_WORDS = `one of ${POLICY_KINDS.join(', ')}, or resource:<service> such as resource:s3`;

/** The rules of an id, or those that answer a check of IAM Access Analyzer of that name. */
export function findRules(id: string, rules: readonly AnyRule[]): readonly AnyRule[] {
  const found = rules.filter((rule) => rule.id === id || rule.accessAnalyzer.includes(id));
  if (found.length > 0) return found;
  const names = rules.flatMap((rule) => [rule.id, ...rule.accessAnalyzer]);
  throw new UsageError(`there is no rule '${id}'${meant(id, names, "'iam-policy explain' lists them all")}`);
}

function readRule(text: string, rules: readonly AnyRule[]): readonly [string, Severity | 'off'] {
  const equals = text.indexOf('=');
  if (equals < 0) throw new UsageError(`--rule wants <rule>=<severity>, such as '${text}=off'`);
  const id = text.slice(0, equals);
  if (!rules.some((rule) => rule.id === id)) {
    const ids = rules.map((rule) => rule.id);
    throw new UsageError(`there is no rule '${id}'${meant(id, ids, "'iam-policy explain' lists them all")}`);
  }
  return [id, oneOf(`--rule ${id}`, text.slice(equals + 1), [...SEVERITIES, 'off'] as const)];
}

function oneOf<Word extends string>(flag: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw new UsageError(`${flag} cannot be '${text}'${meant(text, words, `one of ${words.join(', ')}`)}`);
}

/** The end of a complaint: the one word that was probably meant, else what there is. */
function meant(text: string, words: readonly string[], otherwise: string): string {
  const near = nearest(text, words);
  return near === undefined ? `; ${otherwise}` : `; did you mean '${near}'?`;
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: FLAGS, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      const flag = /'(--?[^']*)'/.exec(message)?.[1] ?? '';
      const flags = Object.keys(FLAGS).map((one) => `--${one}`);
      throw new UsageError(`there is no flag ${flag}${meant(flag, flags, "see 'iam-policy lint --help'")}`);
    }
    if (code?.startsWith('ERR_PARSE_ARGS')) throw new UsageError(message.split('\n', 1)[0] ?? message);
    throw error;
  }
}
