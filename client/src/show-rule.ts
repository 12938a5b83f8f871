/** "Show Rule Documentation…": the pages of docs/rules, which come with the extension, in the editor's Markdown preview. */
import {
  commands,
  type Diagnostic,
  type ExtensionContext,
  l10n,
  languages,
  type QuickPickItem,
  QuickPickItemKind,
  Uri,
  window,
} from 'vscode';
import { RULES_SETTING } from './settings.ts';

/**
 * @param said the rule's id where a key binding or another extension names it; else the user is asked
 */
export async function showRule(context: ExtensionContext, said: unknown): Promise<void> {
  const titles = titlesOf(context);
  const rule = typeof said === 'string' && titles.has(said) ? said : await pickRule(titles);
  if (rule === undefined) return;
  const page = Uri.joinPath(context.extensionUri, 'docs/rules', `${rule}.md`);
  // An editor built without Markdown shows the text itself.
  await commands.executeCommand('markdown.showPreview', page).then(undefined, () => window.showTextDocument(page));
}

/** The title of each rule by its id, as the manifest has them for the settings editor. */
function titlesOf({ extension }: ExtensionContext): ReadonlyMap<string, string> {
  const manifest = extension.packageJSON as {
    readonly contributes: {
      readonly configuration: {
        readonly properties: Readonly<
          Record<string, { readonly properties?: Readonly<Record<string, { readonly description: string }>> }>
        >;
      };
    };
  };
  const rules = manifest.contributes.configuration.properties[RULES_SETTING]?.properties ?? {};
  return new Map(Object.entries(rules).map(([id, { description }]) => [id, description]));
}

/** Those of the problems at the cursor first, then of the file, then all others. */
async function pickRule(titles: ReadonlyMap<string, string>): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const problems = editor
    ? languages.getDiagnostics(editor.document.uri).filter(({ source }) => source === 'iam-policy')
    : [];
  const here = problems.filter(({ range }) => editor && range.contains(editor.selection.active));
  const groups: readonly (readonly [string, Iterable<string>])[] = [
    [l10n.t('at the cursor'), here.map(ruleOf)],
    [l10n.t('in this file'), problems.map(ruleOf)],
    [l10n.t('all rules'), titles.keys()],
  ];
  const listed = new Set<string>();
  const items = groups.flatMap(([label, ids]): QuickPickItem[] => {
    const fresh = [...new Set(ids)].filter((id) => titles.has(id) && !listed.has(id));
    for (const id of fresh) listed.add(id);
    if (fresh.length === 0) return [];
    const separator = { label, kind: QuickPickItemKind.Separator };
    return [separator, ...fresh.map((id) => ({ label: id, detail: titles.get(id) ?? '' }))];
  });
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Show Rule Documentation'),
    placeHolder: l10n.t('The name or a word of a rule'),
    matchOnDetail: true,
  });
  return picked?.label;
}

function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
