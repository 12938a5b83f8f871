// Drives a real VS Code as a person would, for the tests of what a person sees. Every wait is for something on the screen,
// with a deadline; nothing sleeps.
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startServer } from '../../client/tools/editor-host.mjs';
import { copyWorkspace, launchBrowser, root } from './browser.ts';

const deadline = 20_000;

export interface WorkbenchOptions {
  /** Relative to the project; a copy is opened. Default: examples. */
  readonly folder?: string;
  /** VS Code settings of the opened folder. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Workbench {
  readonly page: Page;
  /** Absolute path of the opened copy. */
  readonly folder: string;
  readonly close: () => Promise<void>;
}

/** Opens a folder in VS Code with the extension, in a window of 1280 × 800. The caller closes it. */
export async function openWorkbench({ folder = 'examples', settings }: WorkbenchOptions = {}): Promise<Workbench> {
  const workspace = copyWorkspace(folder, settings);
  const server = await startServer({ install: true }).catch((error) => {
    workspace.remove();
    throw error;
  });
  const browser = await launchBrowser().catch((error) => {
    server.stop();
    throw error;
  });
  const close = async () => {
    await browser.close();
    server.stop();
    workspace.remove();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(deadline);
    await page.goto(`${server.origin}/?${new URLSearchParams({ folder: workspace.folder })}`);
    await page.locator('.explorer-folders-view .monaco-list').waitFor();
    return { page, folder: workspace.folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens a workbench for one test, keeps a picture where the test fails, and closes it in any case. */
export async function inWorkbench(
  options: WorkbenchOptions,
  name: string,
  work: (page: Page, workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench(options);
  try {
    await work(workbench.page, workbench);
  } catch (error) {
    await workbench.page.screenshot({ path: join(root, `out/screens/${name}-failed.png`) }).catch(() => undefined);
    throw error;
  } finally {
    await workbench.close();
  }
}

/** Runs a command of the command palette by its visible title. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  await fillQuickInput(page, `>${title}`, title);
}

/** @param found stands in the entry that the text finds; before it is found, another is in focus */
async function fillQuickInput(page: Page, text: string, found = ''): Promise<void> {
  const input = page.locator('.quick-input-widget input.input');
  await input.waitFor();
  await input.fill(text);
  await page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: found }).waitFor();
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** Opens a file of the workspace by name, and waits until it can be typed in. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  const title = name.split('/').at(-1) ?? name;
  await fillQuickInput(page, name, title);
  await page.locator('.tab.active', { hasText: title }).waitFor();
  await page.locator('.editor-instance .monaco-editor.focused .view-line').first().waitFor();
}

/** Puts the cursor at a line and column, both from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await fillQuickInput(page, `:${line}:${column}`);
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Types into the focused editor; brackets and quotes may close by themselves, as they do for a person. */
export async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
}

/**
 * Does what opens something, until it is there: whatever else still changes in the window may close it, and a person would
 * ask again.
 */
export async function untilShown(what: string, shown: Locator, open: () => Promise<void>): Promise<void> {
  const end = Date.now() + deadline;
  for (;;) {
    await open();
    const isShown = await shown.waitFor({ timeout: deadline / 5 }).then(
      () => true,
      () => false,
    );
    if (isShown) return;
    if (Date.now() > end) throw new Error(`${what} was not shown.`);
  }
}

/**
 * Shows the hover at a line and column, both from 1.
 *
 * @returns its text
 */
export async function hover(page: Page, line: number, column: number): Promise<string> {
  await goTo(page, line, column);
  const contents = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').filter({ hasText: /\S/ });
  const shown = contents.filter({ hasNotText: 'Loading...' }).first();
  await untilShown(`The hover at ${line}:${column}`, shown, async () => {
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
  });
  return (await contents.allInnerTexts()).join('\n').trim();
}

/**
 * Opens the light bulb's menu at the cursor.
 *
 * @returns the titles in it; choose one with `pick`
 */
export async function openQuickFix(page: Page): Promise<readonly string[]> {
  const rows = page.locator('.action-widget .monaco-list-row.action');
  await untilShown('The menu of the light bulb', rows.first(), () => page.keyboard.press('Control+.'));
  return (await rows.allInnerTexts()).map((text) => text.trim());
}

/** Chooses an entry of the open light bulb's menu, or of the open completion list, by its text. */
export async function pick(page: Page, title: string): Promise<void> {
  const rows = page.locator('.action-widget .monaco-list-row.action, .suggest-widget .monaco-list-row');
  const row = rows.filter({ hasText: title }).first();
  await row.click();
  await row.waitFor({ state: 'hidden' });
}

/**
 * Opens the completion list at the cursor.
 *
 * @returns the labels in sight
 */
export async function suggest(page: Page): Promise<readonly string[]> {
  await page.keyboard.press('Control+Space');
  const labels = page.locator('.suggest-widget.visible .monaco-list-row .label-name');
  await labels.first().waitFor();
  return labels.allInnerTexts();
}

/**
 * Opens the Problems view and reads it.
 *
 * @param until waits until the list satisfies it; default: there is at least one problem
 * @returns the lines in sight without the file names, in the order shown
 */
export async function problems(
  page: Page,
  until: (lines: readonly string[]) => boolean = (lines) => lines.length > 0,
): Promise<readonly string[]> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+M');
  await panel.waitFor();
  const messages = panel.locator('.monaco-list-row .marker-message-line');
  const end = Date.now() + deadline;
  for (;;) {
    const lines = await messages.allInnerTexts();
    if (until(lines)) return lines;
    if (Date.now() > end)
      throw new Error(`The Problems view never showed what was waited for. It shows:\n${lines.join('\n')}`);
    await page.evaluate(nextChange);
  }
}

/** Resolves at the next change of the page, or within half a second. */
const nextChange = `new Promise((resolve) => {
  const done = () => {
    observer.disconnect();
    clearTimeout(timer);
    resolve();
  };
  const observer = new MutationObserver(done);
  const timer = setTimeout(done, 500);
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
})`;

/** The text of the focused editor's lines in sight. */
export async function visibleText(page: Page): Promise<string> {
  const lines = page.locator('.editor-instance .monaco-editor.focused .view-line');
  const placed = await lines.evaluateAll((elements) =>
    elements.map((element) => ({ top: Number(element.offsetTop), text: String(element.textContent) })),
  );
  const ordered = placed.sort((a, b) => a.top - b.top).map((line) => line.text.replaceAll('\u00a0', ' '));
  return ordered.join('\n');
}

/**
 * Takes a picture: of the documentation, docs/images/<name>.png, with UPDATE_SCREENS=1; else out/screens/<name>.png.
 *
 * @returns its path, relative to the project
 */
export async function screenshot(page: Page, name: string): Promise<string> {
  const path = `${process.env['UPDATE_SCREENS'] === '1' ? 'docs/images' : 'out/screens'}/${name}.png`;
  // The blinking cursor and moving things would make every picture different.
  await page.screenshot({ path: join(root, path), animations: 'disabled', caret: 'hide' });
  return path;
}
