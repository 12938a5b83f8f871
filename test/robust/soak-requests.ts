/** What the soak asks of the server, and what holds of every answer. */
import assert from 'node:assert/strict';
import type { InitializeParams, ServerCapabilities } from 'vscode-languageserver';
import { mapLines, offsetAt, type Range, rangeOf } from '../../server/src/base/lines.ts';
import type { Random } from './texts.ts';

/** A file as the client has it, with the texts of its last versions. */
export interface OpenFile {
  readonly uri: string;
  version: number;
  text: string;
  kind: string | null;
  readonly texts: Map<number, string>;
}

/** What an editor can do that can do everything. */
export const CAPABILITIES: InitializeParams['capabilities'] = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    workspaceFolders: true,
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    codeLens: { resolveSupport: { properties: ['command'] } },
    completion: {
      completionItem: {
        snippetSupport: true,
        resolveSupport: { properties: ['documentation'] },
        documentationFormat: ['markdown'],
      },
    },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    formatting: { dynamicRegistration: true },
    rangeFormatting: { dynamicRegistration: true },
    hover: { contentFormat: ['markdown'] },
    inlayHint: { resolveSupport: { properties: ['tooltip'] } },
    rename: { prepareSupport: true },
  },
};

type Name = keyof ServerCapabilities | 'own';

interface Request {
  readonly method: string;
  readonly params: (file: OpenFile, range: Range, random: Random) => object;
  /** Asked about one of the things in the answer. */
  readonly resolve?: string;
}

const ofFile = ({ uri }: OpenFile) => ({ textDocument: { uri } });
const atPosition = (file: OpenFile, { start }: Range) => ({ ...ofFile(file), position: start });
const ofRange = (file: OpenFile, range: Range) => ({ ...ofFile(file), range });
const options = { tabSize: 2, insertSpaces: true };

/** By what the server declares: a capability without a request here fails the soak. */
export const REQUESTS: Readonly<Partial<Record<Name, readonly Request[]>>> = {
  codeActionProvider: [
    {
      method: 'textDocument/codeAction',
      params: (file, range) => ({ ...ofRange(file, range), context: { diagnostics: [] } }),
      resolve: 'codeAction/resolve',
    },
  ],
  codeLensProvider: [{ method: 'textDocument/codeLens', params: ofFile, resolve: 'codeLens/resolve' }],
  completionProvider: [
    {
      method: 'textDocument/completion',
      params: (file, range) => ({ ...atPosition(file, range), context: { triggerKind: 1 } }),
      resolve: 'completionItem/resolve',
    },
  ],
  definitionProvider: [{ method: 'textDocument/definition', params: atPosition }],
  diagnosticProvider: [{ method: 'textDocument/diagnostic', params: ofFile }],
  documentFormattingProvider: [{ method: 'textDocument/formatting', params: (file) => ({ ...ofFile(file), options }) }],
  documentHighlightProvider: [{ method: 'textDocument/documentHighlight', params: atPosition }],
  documentLinkProvider: [{ method: 'textDocument/documentLink', params: ofFile }],
  documentRangeFormattingProvider: [
    { method: 'textDocument/rangeFormatting', params: (file, range) => ({ ...ofRange(file, range), options }) },
  ],
  documentSymbolProvider: [{ method: 'textDocument/documentSymbol', params: ofFile }],
  foldingRangeProvider: [{ method: 'textDocument/foldingRange', params: ofFile }],
  hoverProvider: [{ method: 'textDocument/hover', params: atPosition }],
  inlayHintProvider: [{ method: 'textDocument/inlayHint', params: ofRange, resolve: 'inlayHint/resolve' }],
  referencesProvider: [
    {
      method: 'textDocument/references',
      params: (file, range) => ({ ...atPosition(file, range), context: { includeDeclaration: true } }),
    },
  ],
  renameProvider: [
    { method: 'textDocument/prepareRename', params: atPosition },
    {
      method: 'textDocument/rename',
      params: (file, range, random) => ({
        ...atPosition(file, range),
        newName: random.pick(['Renamed', 'x', '111122223333', '', '"}]', 'a b']),
      }),
    },
  ],
  selectionRangeProvider: [
    {
      method: 'textDocument/selectionRange',
      params: (file, { start, end }) => ({ ...ofFile(file), positions: [start, end] }),
    },
  ],
  semanticTokensProvider: [
    { method: 'textDocument/semanticTokens/full', params: ofFile },
    { method: 'textDocument/semanticTokens/range', params: ofRange },
  ],
  workspaceSymbolProvider: [
    { method: 'workspace/symbol', params: (_file, _range, random) => ({ query: random.pick(['', 'read', 'sid']) }) },
  ],
  own: [
    { method: 'iamPolicy/describe', params: ({ uri }) => ({ uri }) },
    {
      method: 'iamPolicy/newPolicy',
      params: (_file, _range, random) => ({ answers: random.pick<object>([{}, { kind: ['identity'] }, { kind: 7 }]) }),
    },
  ],
};

/** What the server declares without there being a request for it. */
const NO_REQUESTS: readonly string[] = ['positionEncoding', 'textDocumentSync', 'workspace'];

/** The requests that the server takes, those registered later included. */
export function requestsFor(capabilities: ServerCapabilities, registered: readonly string[]): readonly Request[] {
  const declared = Object.entries(capabilities).flatMap(([name, value]) => (value ? [name] : []));
  const later = { 'textDocument/formatting': 'documentFormattingProvider' } as Readonly<Record<string, string>>;
  const names = [
    ...declared.filter((name) => !NO_REQUESTS.includes(name)),
    ...registered.flatMap((method) => later[method] ?? []),
    ...registered.flatMap((method) =>
      method === 'textDocument/rangeFormatting' ? ['documentRangeFormattingProvider'] : [],
    ),
    'own',
  ];
  return names.flatMap((name) => {
    const requests = REQUESTS[name as Name];
    assert.ok(requests, `the soak never asks for ${name}`);
    return requests;
  });
}

interface Edit {
  readonly range: Range;
  readonly newText: string;
}

interface Answer {
  readonly edit?: {
    readonly documentChanges?: readonly unknown[];
  };
  readonly documentChanges?: readonly unknown[];
}

/**
 * Holds an answer against the text it was asked about: all places inside it, edits apart from each other.
 * @param from the version of the file when the question was sent; between then and now the server may have read any
 * @returns how many places were looked at
 */
export function checkAnswer(
  method: string,
  answer: unknown,
  file: OpenFile,
  from: number,
  files: ReadonlyMap<string, OpenFile>,
): number {
  if (typeof answer !== 'object' || answer === null) return 0;
  const { edit, documentChanges = edit?.documentChanges } = answer as Answer;
  if (documentChanges) {
    let count = 0;
    for (const change of documentChanges as readonly {
      readonly kind?: string;
      readonly textDocument?: { readonly uri: string; readonly version: number | null };
      readonly edits?: readonly Edit[];
    }[]) {
      const { textDocument, edits = [] } = change;
      // What is put into a file that the same change creates has no version.
      if (!textDocument || textDocument.version === null) continue;
      const text = files.get(textDocument.uri)?.texts.get(textDocument.version);
      // Closed, or opened anew, meanwhile.
      if (text === undefined) continue;
      const why = complain(
        text,
        edits.map(({ range }) => range),
        true,
      );
      assert.equal(why, undefined, `${method}, version ${textDocument.version}: ${JSON.stringify(text)}`);
      count += edits.length;
    }
    return count;
  }
  const ranges = [...rangesIn(answer, file.uri)];
  if (ranges.length === 0) return 0;
  const apart = method.endsWith('ormatting');
  const complaints: string[] = [];
  for (let version = from; version <= file.version; version++) {
    const text = file.texts.get(version);
    const why = text === undefined ? undefined : complain(text, ranges, apart);
    if (why === undefined) return ranges.length;
    complaints.push(why);
  }
  assert.fail(`${method}: ${complaints.join('; ')}: ${JSON.stringify(file.text)}`);
}

/** Everything in an answer that looks like a range of the file: with other URIs beside them they are of other files. */
function* rangesIn(value: unknown, uri: string): Generator<Range> {
  if (typeof value !== 'object' || value === null) return;
  if ('uri' in value && value.uri !== uri) return;
  const { start, end } = value as { readonly start?: unknown; readonly end?: unknown };
  if (isPosition(start) && isPosition(end)) yield { start, end };
  for (const inner of Object.values(value)) yield* rangesIn(inner, uri);
}

function isPosition(value: unknown): value is Range['start'] {
  return typeof value === 'object' && value !== null && 'line' in value && 'character' in value;
}

function complain(text: string, ranges: readonly Range[], apart: boolean): string | undefined {
  const lines = mapLines(text);
  const spans = ranges.map(({ start, end }) => ({ start: offsetAt(lines, start), end: offsetAt(lines, end) }));
  for (const [index, span] of spans.entries()) {
    const range = ranges[index];
    if (span.start > span.end || JSON.stringify(rangeOf(lines, span)) !== JSON.stringify(range)) {
      return `outside the text: ${JSON.stringify(range)}`;
    }
  }
  if (!apart) return undefined;
  let last = 0;
  for (const { start, end } of spans.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < last) return `two edits at ${start}`;
    last = end;
  }
  return undefined;
}
