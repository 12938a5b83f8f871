/**
 * The only place where offsets become positions and the engine's plain data becomes the protocol's. Both count UTF-16
 * code units. What a client sends is not trusted: any number becomes an offset inside the text.
 */
import type {
  CodeDescription,
  Diagnostic,
  Hover,
  Position,
  Range,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { offsetAt, rangeOf } from '../base/lines.ts';
import { printSnippet } from '../base/snippet.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit as Edit } from '../base/text-edit.ts';
import type { Description, PolicySizeDescription } from '../protocol.ts';
import {
  type Analysis,
  type AnalyzedPolicy,
  type Finding,
  type Fix,
  type Hover as HoverText,
  type NewFile,
  plainText,
  ruleUrl,
  sizeOfPolicy,
} from '../service.ts';
import { DiagnosticSeverity, DiagnosticTag, MarkupKind } from './library.ts';

export const DIAGNOSTIC_SOURCE = 'iam-policy';

/** What the client can make use of. */
export interface EditSupport {
  readonly documentChanges: boolean;
  readonly snippets: boolean;
  /** An edit may create a file. */
  readonly newFiles: boolean;
}

export interface DiagnosticSupport {
  readonly codeDescription: boolean;
  readonly related: boolean;
  readonly tags: boolean;
}

/** Identifies a finding of a version of a text, so that it is found again without reading its message. */
export interface DiagnosticData {
  readonly rule: string;
  readonly version: number;
}

export function toOffset(analysis: Analysis, position: Position | undefined): number {
  return offsetAt(analysis.lines, { line: whole(position?.line), character: whole(position?.character) });
}

export function toSpan(analysis: Analysis, range: Range | undefined): Span {
  const start = toOffset(analysis, range?.start);
  const end = toOffset(analysis, range?.end);
  return { start: Math.min(start, end), end: Math.max(start, end) };
}

export function toRange(analysis: Analysis, span: Span): Range {
  return rangeOf(analysis.lines, span);
}

function whole(count: unknown): number {
  return typeof count === 'number' && count > 0 ? Math.min(Math.floor(count), Number.MAX_SAFE_INTEGER) : 0;
}

const SEVERITIES: Readonly<Record<Finding['severity'], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const TAGS: Readonly<Record<NonNullable<Finding['tag']>, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

export function toDiagnostic(
  analysis: Analysis,
  finding: Finding,
  document: { readonly uri: string; readonly version: number },
  support: DiagnosticSupport,
): Diagnostic {
  const codeDescription: CodeDescription = { href: ruleUrl(finding.rule) };
  const data: DiagnosticData = { rule: finding.rule, version: document.version };
  return {
    range: toRange(analysis, finding.span),
    severity: SEVERITIES[finding.severity],
    source: DIAGNOSTIC_SOURCE,
    code: finding.rule,
    message: finding.message,
    data,
    ...(support.codeDescription && { codeDescription }),
    ...(support.tags && finding.tag && { tags: [TAGS[finding.tag]] }),
    ...(support.related &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ span, message }) => ({
          location: { uri: document.uri, range: toRange(analysis, span) },
          message,
        })),
      }),
  };
}

/** True when a diagnostic that the client sent back is the one a finding gave. */
export function isSameFinding(analysis: Analysis, finding: Finding, diagnostic: Diagnostic): boolean {
  const range = toRange(analysis, finding.span);
  return (
    diagnostic.source === DIAGNOSTIC_SOURCE &&
    diagnostic.code === finding.rule &&
    diagnostic.message === finding.message &&
    diagnostic.range.start.line === range.start.line &&
    diagnostic.range.start.character === range.start.character
  );
}

/** True when the client can create a file beside a document, which must be one itself. */
export function takesNewFile(uri: string, support: EditSupport): boolean {
  return support.documentChanges && support.newFiles && !uri.startsWith('untitled:') && /[^/]\/[^/]+$/.test(uri);
}

/** `…/deploy.trust-policy.json` beside `…/deploy.json`. */
function uriBeside(uri: string, suffix: string): string {
  return `${uri.replace(/\.[^./]*$/, '')}.${suffix}.json`;
}

/** The edits of a fix, and the file that it creates; texts to be replaced become the stops of a snippet where the client can show them. */
export function toWorkspaceEdit(
  analysis: Analysis,
  fix: {
    readonly edits: readonly Edit[];
    readonly placeholders?: Fix['placeholders'];
    readonly newFile?: NewFile;
  },
  document: { readonly uri: string; readonly version: number },
  support: EditSupport,
): WorkspaceEdit {
  if (!support.documentChanges) {
    return { changes: { [document.uri]: fix.edits.map((edit) => toTextEdit(analysis, edit)) } };
  }
  const snippets = support.snippets ? toSnippetEdits(analysis, fix.edits, fix.placeholders ?? []) : undefined;
  const edits: TextDocumentEdit['edits'] = snippets ?? fix.edits.map((edit) => toTextEdit(analysis, edit));
  const change: TextDocumentEdit = { textDocument: { uri: document.uri, version: document.version }, edits };
  if (!fix.newFile) return { documentChanges: [change] };
  const uri = uriBeside(document.uri, fix.newFile.suffix);
  const start = { line: 0, character: 0 };
  const filled = [{ range: { start, end: start }, newText: fix.newFile.text }];
  return {
    documentChanges: [{ kind: 'create', uri }, { textDocument: { uri, version: null }, edits: filled }, change],
  };
}

/** No position lies inside a line break of two characters: an edit that begins or ends there takes in both of them. */
export function toTextEdit(analysis: Analysis, { span: { start, end }, newText }: Edit): TextEdit {
  const { text } = analysis.input;
  const splits = (offset: number): boolean => text[offset - 1] === '\r' && text[offset] === '\n';
  const [before, after] = [splits(start) ? '\r' : '', splits(end) ? '\n' : ''];
  const range = toRange(analysis, { start: start - before.length, end: end + after.length });
  return { range, newText: before + newText + after };
}

/**
 * The edits as snippets, all of them: an editor that gets one snippet puts every edit in as one. The same placeholder is
 * the same stop wherever it stands. Undefined when there is nothing to fill in, or when a snippet cannot say it.
 */
function toSnippetEdits(
  analysis: Analysis,
  edits: readonly Edit[],
  placeholders: readonly string[],
): SnippetTextEdit[] | undefined {
  const words = placeholders.filter((word) => word !== '');
  if (!edits.some(({ newText }) => words.some((word) => newText.includes(word)))) return undefined;
  const snippets: SnippetTextEdit[] = [];
  for (const edit of edits) {
    const text = removeIndent(analysis, edit);
    if (text === undefined) return undefined;
    snippets.push({
      range: toRange(analysis, edit.span),
      snippet: { kind: 'snippet', value: printSnippet(text, words) },
    });
  }
  return snippets;
}

/** Editors indent the lines of a snippet like the line it starts on, so that much is taken off; undefined: it is not there. */
function removeIndent({ input: { text } }: Analysis, { span, newText }: Edit): string | undefined {
  const line = text.slice(
    Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1,
    span.start,
  );
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const [first = '', ...rest] = newText.split('\n');
  if (!rest.every((one) => one.trim() === '' || one.startsWith(indent))) return undefined;
  return [first, ...rest.map((one) => (one.trim() === '' ? one : one.slice(indent.length)))].join('\n');
}

export function toHover(analysis: Analysis, { span, markdown }: HoverText, kind: MarkupKind): Hover {
  const value = kind === MarkupKind.Markdown ? markdown : plainText(markdown);
  return { range: toRange(analysis, span), contents: { kind, value } };
}

export function toDescription(
  analysis: Analysis,
  document: { readonly uri: string; readonly version: number },
  dataDate: string | null,
): Description {
  return {
    uri: document.uri,
    version: document.version,
    policies: analysis.policies.map(({ view, classification }) => ({
      kind: classification.kind,
      service: classification.service,
      form: view.form,
      confidence: classification.confidence,
      evidence: classification.evidence.map(({ text }) => text),
      range: toRange(analysis, view.node.span),
      size: describeSize({ view, classification }),
    })),
    dataDate,
  };
}

function describeSize({ view, classification }: AnalyzedPolicy): PolicySizeDescription | null {
  const { kind, service } = classification;
  const measured = sizeOfPolicy(view, kind, service);
  return measured ? { size: measured.size, limit: measured.quota.limit, unit: measured.quota.unit } : null;
}
