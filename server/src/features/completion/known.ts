import type { AnalyzedFile } from '../../lint/analyze.ts';
import type { WorkspaceNames } from './offer.ts';

/** More names than these help nobody choose. */
const MOST_ACCOUNTS = 50;
const MOST_ARNS = 500;
/** Longer texts are no policies, and reading them costs. */
const MOST_TEXT = 200_000;

const NOTHING: WorkspaceNames = { accounts: [], arns: [], accountNames: {} };

/**
 * The accounts and ARNs of the file first, then those of the workspace.
 * @param typed the string at the cursor, which is no name yet; the workspace may still know an earlier state of it
 */
export function namesInFile({ tree }: AnalyzedFile, typed: string, known: WorkspaceNames = NOTHING): WorkspaceNames {
  const text = tree.text.slice(0, MOST_TEXT);
  const accounts = Array.from(text.matchAll(/(?<!\d)\d{12}(?!\d)/g), ([id]) => id);
  const arns = Array.from(text.matchAll(/"(arn:[\w-]+:[\w-]+:[^"\\\s]+)"/g), ([, arn = '']) => arn);
  const named = Object.keys(known.accountNames);
  return {
    accounts: unique([...accounts, ...named, ...known.accounts]).slice(0, MOST_ACCOUNTS),
    arns: unique([...arns.filter((arn) => arn !== typed), ...known.arns.filter((arn) => !typed.startsWith(arn))]).slice(
      0,
      MOST_ARNS,
    ),
    accountNames: known.accountNames,
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
