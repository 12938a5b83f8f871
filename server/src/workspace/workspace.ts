import { type Range, rangeOf } from '../base/lines.ts';
import type { WorkspaceNames } from '../features/completion/offer.ts';
import { isSameThing, type Mention, mentionAt, mentionsIn, type ServiceLookup } from '../features/mentions.ts';
import type { AnalyzedFile } from '../lint/analyze.ts';
import { homesIn } from './homes.ts';
import { type IndexedFile, type IndexedPolicy, indexFile, type WorkspaceSymbol } from './index-file.ts';

/** A place in a file of the workspace. */
export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** What the files of a workspace name, told file by file. */
export interface Workspace {
  /** Takes in a file, or what has become of it. Files without a policy leave nothing behind. */
  set(uri: string, file: AnalyzedFile): void;
  delete(uri: string): void;
  clear(): void;
  readonly size: number;
  /** The policies and statements whose names hold the letters of a query in that order. */
  symbols(query: string): readonly WorkspaceSymbol[];
  /** The policies of what is named at an offset: of a role, of a bucket. Where there are none, its other mentions. */
  definitions(uri: string, file: AnalyzedFile, offset: number): readonly Location[];
  /** Everywhere that the thing is named which is named at an offset. */
  references(file: AnalyzedFile, offset: number): readonly Location[];
  /** The files that name a thing. */
  filesThatName(mention: Mention): readonly string[];
  /** What the files name, those first that most of them name. */
  names(): Pick<WorkspaceNames, 'accounts' | 'arns'>;
}

/** The most that is answered at once; a list beyond that helps nobody. */
const MOST_SYMBOLS = 500;
const MOST_LOCATIONS = 2000;
const MOST_NAMES = 1000;

/** An empty workspace. */
export function createWorkspace(catalogue: ServiceLookup): Workspace {
  const files = new Map<string, IndexedFile>();
  let known: ReturnType<Workspace['names']> | undefined;

  const locate = (mention: Mention): readonly Location[] => {
    const locations: Location[] = [];
    for (const { uri, lines, mentions } of files.values()) {
      for (const one of mentions.get(mention.key) ?? []) {
        if (locations.length >= MOST_LOCATIONS) return locations;
        if (isSameThing({ key: mention.key, account: one.account }, mention)) {
          locations.push({ uri, range: rangeOf(lines, one) });
        }
      }
    }
    return locations;
  };

  return {
    set(uri, file) {
      known = undefined;
      const indexed = indexFile(uri, file, catalogue);
      if (indexed) files.set(uri, indexed);
      else files.delete(uri);
    },
    delete(uri) {
      if (files.delete(uri)) known = undefined;
    },
    clear() {
      files.clear();
      known = undefined;
    },
    get size() {
      return files.size;
    },
    symbols(query) {
      const letters = query.toLowerCase().replace(/\s+/g, '');
      const found: WorkspaceSymbol[] = [];
      for (const { symbols } of files.values()) {
        for (const symbol of symbols) {
          if (found.length >= MOST_SYMBOLS) return found;
          if (holdsInOrder(`${symbol.name} ${symbol.container}`.toLowerCase(), letters)) found.push(symbol);
        }
      }
      return found;
    },
    definitions(uri, file, offset) {
      const at = mentionAt(file, offset, catalogue);
      if (!at) return [];
      if (at.kind === 'sid') return [{ uri, range: rangeOf(file.lines, at.span) }];
      if (at.kind !== 'name' && at.kind !== 'arn' && at.kind !== 'account') return [];
      const name = at.kind === 'arn' ? lastNameIn(at, file, catalogue) : at;
      const homes: { readonly uri: string; readonly policy: IndexedPolicy }[] = [];
      if (name?.kind === 'name') {
        for (const other of files.values()) {
          if (other.uri !== uri) homes.push(...homesIn(other, name.key).map((policy) => ({ uri: other.uri, policy })));
        }
      }
      if (homes.length > 0) {
        // Who may take a role comes before what it may do.
        homes.sort((a, b) => Number(b.policy.kind === 'trust') - Number(a.policy.kind === 'trust'));
        return homes.map(({ uri, policy }) => ({ uri, range: policy.range }));
      }
      const { start } = rangeOf(file.lines, at.span);
      const isHere = ({ range }: Location) =>
        range.start.line === start.line && range.start.character === start.character;
      return locate(at).filter((one) => one.uri !== uri || !isHere(one));
    },
    references(file, offset) {
      const at = mentionAt(file, offset, catalogue);
      return at ? locate(at) : [];
    },
    filesThatName: ({ key }) => [...files.values()].filter(({ mentions }) => mentions.has(key)).map(({ uri }) => uri),
    names() {
      known ??= listNames(files.values());
      return known;
    },
  };
}

/** What an ARN is about: the innermost of what it names, `orders` and not the account. */
function lastNameIn(arn: Mention, file: AnalyzedFile, catalogue: ServiceLookup): Mention | undefined {
  const { start, end } = arn.span;
  return mentionsIn(file, catalogue).findLast(
    ({ kind, span }) => kind === 'name' && start <= span.start && span.end <= end,
  );
}

function listNames(files: Iterable<IndexedFile>): ReturnType<Workspace['names']> {
  const accounts = new Map<string, number>();
  const arns = new Map<string, number>();
  for (const { names } of files) {
    for (const one of names.accounts) accounts.set(one, (accounts.get(one) ?? 0) + 1);
    for (const one of names.arns) arns.set(one, (arns.get(one) ?? 0) + 1);
  }
  const list = (counts: ReadonlyMap<string, number>): readonly string[] =>
    [...counts]
      .sort(([a, times], [b, more]) => more - times || (a < b ? -1 : 1))
      .slice(0, MOST_NAMES)
      .map(([name]) => name);
  return { accounts: list(accounts), arns: list(arns) };
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
