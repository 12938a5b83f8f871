import type { AnalyzedFile } from '../../lint/analyze.ts';
import { splitArn } from '../../policy/arn.ts';
import { ARN_PLACEHOLDERS } from '../../policy/arn-names.ts';
import type { WorkspaceNames } from './offer.ts';

/** More names than these help nobody choose. */
const MOST_ACCOUNTS = 50;
const MOST_ARNS = 500;
const MOST_CHOICES = 20;
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

const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d$/;

/** The Regions in the ARNs that are known. */
export function regionsIn({ arns }: WorkspaceNames): readonly string[] {
  return unique(arns.flatMap((arn) => splitArn(arn)[3]?.text ?? [])).filter((region) => REGION.test(region));
}

/** What there is to choose from for the words that stand for an account and a Region. */
export function choicesOf(known: WorkspaceNames): Readonly<Record<string, readonly string[]>> {
  const choices = {
    [ARN_PLACEHOLDERS.account]: known.accounts.slice(0, MOST_CHOICES),
    [ARN_PLACEHOLDERS.region]: regionsIn(known).slice(0, MOST_CHOICES),
  };
  return Object.fromEntries(Object.entries(choices).filter(([, names]) => names.length > 1));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
