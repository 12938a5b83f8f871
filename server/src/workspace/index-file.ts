import type { LineMap, Range } from '../base/lines.ts';
import { rangeOf } from '../base/lines.ts';
import type { Span } from '../base/span.ts';
import { mentionsIn, type ServiceLookup } from '../features/mentions.ts';
import { type PolicySymbol, symbolsOf } from '../features/symbols.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { hasHole } from '../policy/hole.ts';
import type { PolicyKind } from '../policy/kind.ts';
import { roleNamesOf } from './role-names.ts';

/** What is kept of a file: enough to find it again, without its text and its tree. */
export interface IndexedFile {
  readonly uri: string;
  readonly lines: LineMap;
  readonly symbols: readonly WorkspaceSymbol[];
  readonly policies: readonly IndexedPolicy[];
  /** By the key of a mention. */
  readonly mentions: ReadonlyMap<string, readonly IndexedMention[]>;
  /** What roles may be called whose policies stand here, as far as folder and file say. */
  readonly roles: ReadonlySet<string>;
  /** Each once: account ids, and ARNs without stand-ins of templates and variables. */
  readonly names: { readonly accounts: readonly string[]; readonly arns: readonly string[] };
}

export interface IndexedPolicy {
  readonly kind: PolicyKind;
  readonly service: string | null;
  /** Where the eye should land. */
  readonly range: Range;
}

export interface IndexedMention extends Span {
  readonly account: string;
}

/** A policy or a statement of the workspace. */
export interface WorkspaceSymbol {
  readonly kind: PolicySymbol['kind'];
  readonly name: string;
  readonly container: string;
  readonly uri: string;
  readonly range: Range;
}

/** Undefined for a file that holds no policy. */
export function indexFile(uri: string, file: AnalyzedFile, catalogue: ServiceLookup): IndexedFile | undefined {
  if (file.policies.length === 0) return undefined;
  const mentions = new Map<string, IndexedMention[]>();
  const accounts = new Set<string>();
  const arns = new Set<string>();
  for (const { kind, key, text, span, account } of mentionsIn(file, catalogue)) {
    if (kind === 'account') accounts.add(text);
    else if (kind === 'arn' && !text.includes('${') && !hasHole(text)) arns.add(text);
    const mention = { start: span.start, end: span.end, account };
    const known = mentions.get(key);
    if (known) known.push(mention);
    else mentions.set(key, [mention]);
  }
  const policies = file.policies.map(({ view, classification: { kind, service } }) => {
    const { start } = view.node.span;
    return { kind, service, range: rangeOf(file.lines, { start, end: start + 1 }) };
  });
  return {
    uri,
    lines: file.lines,
    symbols: listSymbols(uri, file),
    policies,
    mentions,
    roles: roleNamesOf(file.input.path),
    names: { accounts: [...accounts], arns: [...arns] },
  };
}

function listSymbols(uri: string, file: AnalyzedFile): readonly WorkspaceSymbol[] {
  const [name = '', folder = ''] = file.input.path.split('/').reverse();
  const symbols: WorkspaceSymbol[] = [];
  const add = (symbol: PolicySymbol, shown: string, container: string): void => {
    symbols.push({ kind: symbol.kind, name: shown, container, uri, range: rangeOf(file.lines, symbol.nameSpan) });
  };
  for (const symbol of symbolsOf(file)) {
    if (symbol.kind === 'statement') add(symbol, symbol.name, name);
    else {
      // A policy goes by the name of its file: that is what people look for.
      add(symbol, name || symbol.name, [folder, symbol.name].filter((part) => part !== '').join(' · '));
      for (const child of symbol.children) add(child, child.name, folder === '' ? name : `${folder}/${name}`);
    }
  }
  return symbols;
}
