/**
 * The errors that are right although AWS itself published the policy, case by case. An error that is not listed fails
 * the test, and so does an entry that no longer occurs.
 */
export const EXPLAINED_ERRORS: readonly ExplainedError[] = [];

export interface ExplainedError {
  /** The name of the AWS managed policy. */
  readonly policy: string;
  readonly rule: string;
  readonly message: string;
  /** Why the finding is right, or why AWS could publish the policy all the same. */
  readonly why: string;
}
