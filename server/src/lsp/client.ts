import type { CompletionClientCapabilities, InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol.ts';
import type { DiagnosticSupport, EditSupport } from './convert.ts';
import { InsertTextMode, MarkupKind } from './library.ts';
import type { NavigationSupport } from './navigation.ts';

/** What the client said of itself, as answers to the questions that the server has. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly diagnostics: DiagnosticSupport;
  readonly edits: EditSupport;
  /** Knows code actions at all, not only commands. */
  readonly takesActions: boolean;
  readonly resolvesEdits: boolean;
  readonly hoverFormat: MarkupKind;
  /** `resolves`: asks for the words of a lens when it is seen. */
  readonly lenses: { readonly resolves: boolean; readonly refreshes: boolean };
  /** `resolves`: asks for the tooltip of a hint when somebody points at it. */
  readonly hints: { readonly resolves: boolean; readonly refreshes: boolean };
  readonly refreshesTokens: boolean;
  readonly navigation: NavigationSupport;
  /** Asks what would be renamed before it asks for a name. */
  readonly preparesRename: boolean;
  /** Tells of changes to files that are not open. */
  readonly watchesFiles: boolean;
  /** Finds and reads files that the server cannot. */
  readonly readsFiles: boolean;
  readonly completion: CompletionSupport;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersFormatting: boolean;
  readonly tellsFolderChanges: boolean;
  /** URIs. */
  readonly folders: readonly string[];
  readonly jsonReportedBy: ReadonlySet<string>;
  readonly wantsDescriptions: boolean;
  readonly commands: ReadonlySet<string>;
  /** Settings that came with the first message. */
  readonly settings: unknown;
}

export interface CompletionSupport {
  readonly snippets: boolean;
  readonly documentation: MarkupKind;
  /** Asks for the documentation of the one item that it shows. */
  readonly resolvesDocumentation: boolean;
  readonly labelDetails: boolean;
  readonly commitCharacters: boolean;
  /** Takes the indentation of a text with several lines from the line it is put in, when told so. */
  readonly adjustsIndentation: boolean;
  /** Takes what all items share once for the whole list. */
  readonly defaults: ReadonlySet<string>;
}

function readCompletion(completion: CompletionClientCapabilities | undefined): CompletionSupport {
  const item = completion?.completionItem;
  return {
    snippets: item?.snippetSupport === true,
    documentation: markupOf(item?.documentationFormat),
    resolvesDocumentation: item?.resolveSupport?.properties.includes('documentation') === true,
    labelDetails: item?.labelDetailsSupport === true,
    commitCharacters: item?.commitCharactersSupport === true,
    adjustsIndentation: item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.adjustIndentation) === true,
    defaults: new Set(completion?.completionList?.itemDefaults),
  };
}

export function readClient(params: InitializeParams): Client {
  const { textDocument, workspace } = params.capabilities;
  const published = textDocument?.publishDiagnostics;
  const pulled = textDocument?.diagnostic;
  const options = readOptions(params.initializationOptions);
  const root = [params.rootUri];
  return {
    pullsDiagnostics: pulled !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    diagnostics: {
      codeDescription: (published?.codeDescriptionSupport ?? pulled?.codeDescriptionSupport) === true,
      related: (published?.relatedInformation ?? pulled?.relatedInformation) === true,
      tags: (published?.tagSupport ?? pulled?.tagSupport) !== undefined,
    },
    edits: {
      documentChanges: workspace?.workspaceEdit?.documentChanges === true,
      snippets: workspace?.workspaceEdit?.snippetEditSupport === true,
      newFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    },
    takesActions: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true &&
      textDocument.codeAction.resolveSupport?.properties.includes('edit') === true,
    hoverFormat: markupOf(textDocument?.hover?.contentFormat),
    lenses: {
      resolves: textDocument?.codeLens?.resolveSupport?.properties.includes('command') === true,
      refreshes: workspace?.codeLens?.refreshSupport === true,
    },
    hints: {
      resolves: textDocument?.inlayHint?.resolveSupport?.properties.includes('tooltip') === true,
      refreshes: workspace?.inlayHint?.refreshSupport === true,
    },
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
    navigation: {
      symbolTree: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
      linkTooltips: textDocument?.documentLink?.tooltipSupport === true,
      foldsLines: textDocument?.foldingRange?.lineFoldingOnly === true,
      foldLabels: textDocument?.foldingRange?.foldingRange?.collapsedText === true,
      mostFoldings: textDocument?.foldingRange?.rangeLimit ?? Number.POSITIVE_INFINITY,
    },
    preparesRename: textDocument?.rename?.prepareSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    readsFiles: options.readsFiles === true,
    completion: readCompletion(textDocument?.completion),
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersFormatting:
      textDocument?.formatting?.dynamicRegistration === true &&
      textDocument.rangeFormatting?.dynamicRegistration === true,
    tellsFolderChanges: workspace?.workspaceFolders === true,
    folders: strings(params.workspaceFolders?.map((folder) => folder?.uri) ?? root),
    jsonReportedBy: new Set(options.jsonReportedBy),
    wantsDescriptions: options.wantsDescriptions === true,
    commands: new Set(options.commands),
    settings: options.settings,
  };
}

function markupOf(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}

function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const options = value as Readonly<Record<keyof InitializationOptions, unknown>>;
  return {
    jsonReportedBy: strings(options.jsonReportedBy),
    wantsDescriptions: options.wantsDescriptions === true,
    readsFiles: options.readsFiles === true,
    commands: strings(options.commands),
    settings: options.settings,
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
