import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import type { Span } from '../base/span.ts';
import { IGNORE_RULE_COMMAND } from '../protocol.ts';
import { type Finding, type FixOffer, findingsAt, type PolicyService, type Rewrite, titleOf } from '../service.ts';
import type { Client } from './client.ts';
import { isSameFinding, takesNewFile, toSpan, toWorkspaceEdit } from './convert.ts';
import type { ReadFile } from './files.ts';
import { CodeActionKind, CodeActionTriggerKind } from './library.ts';

/** The kind under which an editor runs our fixes on save; asking for `source.fixAll` includes it. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.iam-policy`;

const REWRITE_KINDS: Readonly<Record<Rewrite['kind'], CodeActionKind>> = {
  inline: CodeActionKind.RefactorInline,
  extract: CodeActionKind.RefactorExtract,
  rewrite: CodeActionKind.RefactorRewrite,
};

/** What editors may ask for. */
export const ACTION_KINDS: CodeActionKind[] = [CodeActionKind.QuickFix, ...Object.values(REWRITE_KINDS), FIX_ALL];

/** What comes back to have the edit of an action filled in: enough to find the fix again in the file as it then is. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** The rule whose fix it is; null: a rewrite. */
  readonly rule: string | null;
  /** Where the finding starts, or where the rewrite was asked for: offsets in that version. */
  readonly at: number;
  readonly to: number;
  readonly title: string;
}

export interface Actions {
  list(file: ReadFile, params: CodeActionParams): CodeAction[];
  /** The action with its edit; undefined when the file has changed meanwhile. */
  resolve(file: ReadFile, action: CodeAction, data: ActionData): CodeAction | undefined;
}

interface Dependencies {
  readonly service: PolicyService;
  readonly client: () => Client;
}

export function createActions({ service, client }: Dependencies): Actions {
  const editOf = (file: ReadFile, fix: Parameters<typeof toWorkspaceEdit>[1]) =>
    toWorkspaceEdit(file.analysis, fix, file, client().edits);

  const diagnosticsOf = (file: ReadFile, params: CodeActionParams, findings: readonly Finding[]) =>
    params.context.diagnostics.filter((diagnostic) =>
      findings.some((finding) => isSameFinding(file.analysis, finding, diagnostic)),
    );

  const fixAction = (file: ReadFile, params: CodeActionParams, { fix, findings }: FixOffer): CodeAction => {
    const [first] = findings;
    const { uri, version } = file;
    const data: ActionData = {
      uri,
      version,
      rule: first.rule,
      at: first.span.start,
      to: first.span.end,
      title: fix.title,
    };
    return {
      title: titleOf(fix),
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(file, params, findings),
      ...(fix.preferred && { isPreferred: true }),
      ...(client().resolvesEdits ? { data } : { edit: editOf(file, fix) }),
    };
  };

  const rewriteAction = (file: ReadFile, fix: Rewrite, { start, end }: Span): CodeAction => {
    const data: ActionData = { uri: file.uri, version: file.version, rule: null, at: start, to: end, title: fix.title };
    const edit = client().resolvesEdits ? { data } : { edit: editOf(file, fix) };
    return { title: titleOf(fix), kind: REWRITE_KINDS[fix.kind], ...edit };
  };

  const ignoreAction = (file: ReadFile, params: CodeActionParams, finding: Finding): CodeAction => {
    const title = `Turn off the rule '${finding.rule}'`;
    return {
      title,
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(file, params, [finding]),
      command: { title, command: IGNORE_RULE_COMMAND, arguments: [finding.rule, file.uri] },
    };
  };

  const fixAllAction = (file: ReadFile): CodeAction[] => {
    const { edits, fixes } = service.fixAll(file.analysis);
    if (edits.length === 0) return [];
    const title =
      fixes === 1 ? 'Apply the one fix that keeps access as it is' : `Apply ${fixes} fixes that keep access as it is`;
    return [{ title, kind: FIX_ALL, edit: editOf(file, { edits }) }];
  };

  return {
    list(file, params) {
      if (!client().takesActions) return [];
      const { only, triggerKind } = params.context;
      const wants = (kind: string, byDefault: boolean) =>
        only ? only.some((one) => one === '' || kind === one || kind.startsWith(`${one}.`)) : byDefault;
      const actions: CodeAction[] = [];
      const span = toSpan(file.analysis, params.range);
      if (wants(CodeActionKind.QuickFix, true)) {
        actions.push(...service.fixesAt(file.analysis, span).map((offer) => fixAction(file, params, offer)));
        // The light bulb that appears by itself is for fixes; turning a rule off is there for who asks.
        if (client().commands.has(IGNORE_RULE_COMMAND) && triggerKind !== CodeActionTriggerKind.Automatic) {
          const byRule = new Map(findingsAt(file.analysis.findings, span).map((finding) => [finding.rule, finding]));
          actions.push(...[...byRule.values()].map((finding) => ignoreAction(file, params, finding)));
        }
      }
      const kinds = Object.values(REWRITE_KINDS).filter((kind) => wants(kind, true));
      if (kinds.length > 0) {
        const offered = new Set(actions.map(({ title }) => title));
        const rewrites = service
          .rewritesAt(file.analysis, span)
          .filter(({ kind, newFile }) => {
            return kinds.includes(REWRITE_KINDS[kind]) && (!newFile || takesNewFile(file.uri, client().edits));
          })
          .map((fix) => rewriteAction(file, fix, span));
        actions.push(...rewrites.filter(({ title }) => !offered.has(title)));
      }
      if (wants(FIX_ALL, false)) actions.push(...fixAllAction(file));
      return actions;
    },
    resolve(file, action, data) {
      if (file.version !== data.version) return undefined;
      const { rule, at, to } = data;
      const fixes =
        rule === null
          ? service.rewritesAt(file.analysis, { start: at, end: to })
          : file.analysis.findings
              .filter((finding) => finding.rule === rule && finding.span.start === at)
              .flatMap((finding) => finding.fixes());
      const fix = fixes.find(({ title }) => title === data.title);
      return fix && { ...action, edit: editOf(file, fix) };
    },
  };
}
