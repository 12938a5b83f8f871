import { KNOWN_REGIONS } from '../../catalogue/partitions.ts';
import type { Catalogue } from '../../catalogue/types.ts';
import { parseOperator } from '../../policy/condition.ts';
import { type Completion, listOf } from './offer.ts';

const REGION_KEYS: ReadonlySet<string> = new Set(['aws:requestedregion', 'ec2:region']);
const PRINCIPAL_KEYS: ReadonlySet<string> = new Set([
  'iam:passedtoservice',
  'iam:awsservicename',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
]);

/** The values that a condition on a key may have. */
export function offerConditionValues(
  { catalogue }: { readonly catalogue: Catalogue },
  operator: string,
  name: string,
): readonly Completion[] {
  const { family } = parseOperator(operator);
  const key = name.toLowerCase();
  if (family === 'Bool' || family === 'Null') return listOf('value', ['true', 'false']);
  if (REGION_KEYS.has(key)) return listOf('value', KNOWN_REGIONS);
  if (PRINCIPAL_KEYS.has(key)) {
    return catalogue.servicePrincipals().map(({ name: label }) => ({ label, kind: 'principal', rank: 1 }));
  }
  return [];
}
