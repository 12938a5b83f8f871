/** Finding one's way in one file: outline, folding, growing selections, highlights and links. */
import type { DocumentSymbol, FoldingRange, Range, SelectionRange, SymbolInformation } from 'vscode-languageserver';
import type { PolicySymbol } from '../service.ts';
import type { Client } from './client.ts';
import { toOffset, toRange } from './convert.ts';
import type { ReadFile } from './files.ts';
import { FoldingRangeKind, SymbolKind } from './library.ts';
import { fileOf, type Part } from './part.ts';

/** What the client can make use of. */
export interface NavigationSupport {
  readonly symbolTree: boolean;
  readonly linkTooltips: boolean;
  readonly foldsLines: boolean;
  readonly foldLabels: boolean;
  /** How many foldings it wants at most. */
  readonly mostFoldings: number;
}

export const navigation: Part = {
  capabilities: () => ({
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    documentHighlightProvider: true,
    documentLinkProvider: {},
  }),
  serve(host) {
    const { connection, service, guard, client } = host;

    connection.onDocumentSymbol(
      guard<Parameters<typeof fileOf>[1], DocumentSymbol[] | SymbolInformation[]>('The outline', [], async (params) => {
        const file = await fileOf(host, params);
        if (!file) return [];
        const symbols = service.symbols(file.analysis);
        return client().navigation.symbolTree
          ? symbols.map((symbol) => toSymbol(file, symbol))
          : symbols.flatMap((symbol) => toFlat(file, symbol, undefined));
      }),
    );

    connection.onFoldingRanges(
      guard('Folding', [], async (params) => {
        const file = await fileOf(host, params);
        return file ? foldings(file, service.foldings(file.analysis), client().navigation) : [];
      }),
    );

    connection.onSelectionRanges(
      guard('Growing the selection', null, async (params) => {
        const file = await fileOf(host, params);
        if (!file) return null;
        return params.positions.map((position): SelectionRange => {
          const spans = service.selections(file.analysis, toOffset(file.analysis, position));
          return (
            spans.reduceRight<SelectionRange | undefined>(
              (parent, span) => ({ range: toRange(file.analysis, span), ...(parent && { parent }) }),
              undefined,
            ) ?? { range: { start: position, end: position } }
          );
        });
      }),
    );

    connection.onDocumentHighlight(
      guard('Highlights', null, async (params) => {
        const file = await fileOf(host, params);
        if (!file) return null;
        const spans = service.highlights(file.analysis, toOffset(file.analysis, params.position));
        // Nothing of ours: the editor highlights words by itself.
        return spans.length === 0 ? null : spans.map((span) => ({ range: toRange(file.analysis, span) }));
      }),
    );

    connection.onDocumentLinks(
      guard('Links', [], async (params) => {
        const file = await fileOf(host, params);
        if (!file) return [];
        return service.links(file.analysis).map(({ span, target, tooltip }) => ({
          range: toRange(file.analysis, span),
          target,
          ...(client().navigation.linkTooltips && { tooltip }),
        }));
      }),
    );
  },
};

const KINDS: Readonly<Record<PolicySymbol['kind'], SymbolKind>> = {
  policy: SymbolKind.Module,
  statement: SymbolKind.Object,
};

export function toSymbolKind(kind: PolicySymbol['kind']): SymbolKind {
  return KINDS[kind];
}

function toSymbol(file: ReadFile, { kind, name, detail, span, nameSpan, children }: PolicySymbol): DocumentSymbol {
  return {
    name,
    ...(detail !== '' && { detail }),
    kind: toSymbolKind(kind),
    range: toRange(file.analysis, span),
    selectionRange: toRange(file.analysis, nameSpan),
    children: children.map((child) => toSymbol(file, child)),
  };
}

/** For clients that know no tree: one list, each with the name of what it lies in. */
function toFlat(file: ReadFile, symbol: PolicySymbol, outer: string | undefined): SymbolInformation[] {
  const { kind, name, span, children } = symbol;
  const location = { uri: file.uri, range: toRange(file.analysis, span) };
  return [
    { name, kind: toSymbolKind(kind), location, ...(outer !== undefined && { containerName: outer }) },
    ...children.flatMap((child) => toFlat(file, child, name)),
  ];
}

function foldings(
  file: ReadFile,
  found: ReturnType<Parameters<Part['serve']>[0]['service']['foldings']>,
  { foldsLines, foldLabels, mostFoldings }: Client['navigation'],
): FoldingRange[] {
  return found.slice(0, mostFoldings).flatMap(({ span, kind, label }) => {
    const { start, end }: Range = toRange(file.analysis, span);
    // Whole lines are folded from the first to the last; the closing bracket stays in sight.
    const endLine = foldsLines && kind === 'brackets' ? end.line - 1 : end.line;
    if (endLine <= start.line) return [];
    return [
      {
        startLine: start.line,
        endLine,
        ...(!foldsLines && { startCharacter: start.character + (kind === 'brackets' ? 1 : 0) }),
        ...(!foldsLines && { endCharacter: end.character - (kind === 'brackets' ? 1 : 0) }),
        ...(kind === 'comment' && { kind: FoldingRangeKind.Comment }),
        ...(foldLabels && label !== undefined && { collapsedText: label }),
      },
    ];
  });
}
