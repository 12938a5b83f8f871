import { messageOf } from './base/message-of.ts';
import type { Span } from './base/span.ts';
import type { TextEdit } from './base/text-edit.ts';
import { type FixOffer, offerFixes } from './features/code-actions.ts';
import { type CompletionList, complete, type WorkspaceNames } from './features/completion/completion.ts';
import { type FixAll, fixAll } from './features/fix-all.ts';
import { type Folding, foldingsOf } from './features/folding.ts';
import { highlight } from './features/highlights.ts';
import { findHints, type Hint, type HintSettings } from './features/hints.ts';
import { type Hover, type HoverOptions, hover } from './features/hover.ts';
import { type Lens, placeLenses, sayLens } from './features/lenses.ts';
import { type DocumentLink, linksOf } from './features/links.ts';
import type { Mention } from './features/mentions.ts';
import type { PolicyAnswers } from './features/new-policy/answers.ts';
import { type NewPolicy, newPolicy } from './features/new-policy/compose.ts';
import type { Rewrite } from './features/rewrites/define.ts';
import { offerRewrites } from './features/rewrites/rewrites.ts';
import { selectionsAt } from './features/selection.ts';
import { type PolicySymbol, symbolsOf } from './features/symbols.ts';
import { findTokens, type Token } from './features/tokens.ts';
import { type Analysis, createJudge, isCatalogueError, type Judge, oncePerMessage, type Runtime } from './judge.ts';
import type { AnalyzedFile } from './lint/analyze.ts';
import type { EditorSettings } from './lint/settings.ts';
import { type FormatOptions, formatJson } from './syntax/json-format.ts';
import { prepareRename, type Renaming, refuseName, renameIn } from './workspace/rename.ts';
import { createWorkspace, type Workspace } from './workspace/workspace.ts';

// What hosts need to name; they import nothing below this façade.
export { type FixOffer, findingsAt } from './features/code-actions.ts';
export type {
  CompletionKind,
  CompletionList,
  Offer,
  WorkspaceNames,
} from './features/completion/completion.ts';
export type { FixAll } from './features/fix-all.ts';
export type { Folding } from './features/folding.ts';
export type { Hint, HintSettings } from './features/hints.ts';
export type { Hover, HoverOptions } from './features/hover.ts';
export type { Lens } from './features/lenses.ts';
export type { DocumentLink } from './features/links.ts';
export { plainText } from './features/markdown.ts';
export type { PolicyAnswers } from './features/new-policy/answers.ts';
export type { NewPolicy } from './features/new-policy/compose.ts';
export type { NewFile, Rewrite } from './features/rewrites/define.ts';
export type { PolicySymbol } from './features/symbols.ts';
export { TOKEN_TYPES, type Token, type TokenType } from './features/tokens.ts';
export * from './judge.ts';
export { readSettings, type UserSettings } from './lint/read-settings.ts';
export { ruleUrl } from './lint/rule-url.ts';
export type { EditorSettings } from './lint/settings.ts';
export { sizeOfPolicy } from './policy/size.ts';
export type { Renaming } from './workspace/rename.ts';
export type { Location, Workspace } from './workspace/workspace.ts';

/**
 * The whole engine behind one façade, pure and synchronous. Hosts keep what it returns; it keeps nothing about files.
 */
export interface PolicyService extends Judge {
  /** The fixes for what was found at a span, the preferred ones first. */
  fixesAt(analysis: Analysis, span: Span): readonly FixOffer[];
  /** Ways to rewrite what stands at a span, wrong or not. */
  rewritesAt(analysis: AnalyzedFile, span: Span): readonly Rewrite[];
  /** All fixes that leave access as it is, until there is none left. */
  fixAll(analysis: Analysis): FixAll;
  /** One turn of the guided start: what to ask next, and the policies that the answers amount to. */
  newPolicy(answers: PolicyAnswers): NewPolicy;
  /**
   * What may be written at an offset; undefined where nothing is offered.
   * @param known what stands in the workspace, to be offered beside what stands in the file
   */
  complete(analysis: Analysis, offset: number, known?: WorkspaceNames): CompletionList | undefined;
  /** What to say about the character at an offset, as safe Markdown; undefined where there is nothing. */
  hover(analysis: AnalyzedFile, offset: number, options?: HoverOptions): Hover | undefined;
  /** Where a line of words stands above a policy or a statement. */
  lenses(analysis: AnalyzedFile, wanted: EditorSettings['lens']): readonly Lens[];
  /** The words of a lens; empty where nothing can be said. */
  sayLens(lens: Lens, accounts?: EditorSettings['accounts']): string;
  /** What to show between the characters of a span. */
  hints(analysis: AnalyzedFile, span: Span, settings: HintSettings): readonly Hint[];
  /** What the characters mean in which a policy is written, for its colours; of a span or of the whole file. */
  tokens(analysis: AnalyzedFile, span?: Span): readonly Token[];
  /** The policies and statements of a file. */
  symbols(analysis: AnalyzedFile): readonly PolicySymbol[];
  /** What can be folded away in a file. */
  foldings(analysis: AnalyzedFile): readonly Folding[];
  /** The ever larger parts of the text around an offset, the smallest first. */
  selections(analysis: AnalyzedFile, offset: number): readonly Span[];
  /** Where the file names what stands at an offset. */
  highlights(analysis: AnalyzedFile, offset: number): readonly Span[];
  /** The pages of the AWS documentation that a file speaks of. */
  links(analysis: AnalyzedFile): readonly DocumentLink[];
  /** What a rename at an offset would rename, or why nothing is renamed; undefined where no policy stands. */
  prepareRename(analysis: AnalyzedFile, offset: number): Renaming | undefined;
  /** Why a new name will not do, as a sentence; undefined when it will. */
  refuseName(analysis: AnalyzedFile, mention: Mention, name: string): string | undefined;
  /** The edits that rename a thing in one file, which need not be the one that speaks of it first. */
  renameIn(analysis: AnalyzedFile, mention: Mention, name: string): readonly TextEdit[];
  /** An empty index of what files name, to be fed by the host. */
  createWorkspace(): Workspace;
  /** Edits that lay out the JSON of a file, or of a span of it. */
  format(analysis: AnalyzedFile, options: FormatOptions, span?: Span): readonly TextEdit[];
}

export function createPolicyService(runtime: Runtime): PolicyService {
  const { catalogue } = runtime;
  const tellOnce = oncePerMessage(runtime.log);
  const judge = createJudge({ ...runtime, log: tellOnce });
  /** Without the reference data there is nothing to say, and the rest goes on. */
  const withCatalogue = <T>(otherwise: T, ask: () => T): T => {
    try {
      return ask();
    } catch (error) {
      if (!isCatalogueError(error)) throw error;
      tellOnce(messageOf(error), error);
      return otherwise;
    }
  };
  // Names in ARNs are missed without the reference data; the rest of navigation goes on.
  const lookup = { service: (prefix: string) => withCatalogue(undefined, () => catalogue.service(prefix)) };
  return {
    ...judge,
    fixesAt: (analysis, span) => offerFixes(analysis.findings, span),
    rewritesAt: (analysis, span) => withCatalogue([], () => offerRewrites(analysis, span, catalogue)),
    fixAll: ({ input, settings }) => fixAll(input.text, (text) => judge.analyze({ ...input, text }, settings).findings),
    newPolicy: (answers) => withCatalogue({ policies: [] }, () => newPolicy(answers, catalogue)),
    complete: (analysis, offset, known) =>
      withCatalogue(undefined, () => {
        const { input, settings } = analysis;
        const reread = (text: string) => judge.analyze({ ...input, text }, settings);
        return complete(analysis, offset, { catalogue, known, reread });
      }),
    hover: (analysis, offset, options) => withCatalogue(undefined, () => hover(analysis, offset, catalogue, options)),
    lenses: placeLenses,
    sayLens: (lens, accounts = {}) => withCatalogue('', () => sayLens(lens, accounts, catalogue)),
    hints: (analysis, span, settings) => withCatalogue([], () => findHints(analysis, span, settings, catalogue)),
    tokens: (analysis, span = { start: 0, end: analysis.input.text.length }) =>
      withCatalogue([], () => findTokens(analysis, span, catalogue)),
    symbols: symbolsOf,
    foldings: foldingsOf,
    selections: selectionsAt,
    highlights: (analysis, offset) => highlight(analysis, offset, lookup),
    links: (analysis) => withCatalogue([], () => linksOf(analysis, catalogue)),
    prepareRename: (analysis, offset) => prepareRename(analysis, offset, lookup),
    refuseName,
    renameIn: (analysis, mention, name) => renameIn(analysis, mention, name, lookup),
    createWorkspace: () => createWorkspace(lookup),
    format: ({ tree }, options, span) => formatJson(tree, options, span),
  };
}
