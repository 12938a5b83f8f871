import type { Classification, Confidence, PolicyKind } from '../policy/kind.ts';

const LABELS: Readonly<Record<PolicyKind, string>> = {
  identity: 'Permission policy',
  trust: 'Trust policy',
  resource: 'Resource policy',
  scp: 'Service control policy',
  rcp: 'Resource control policy',
  'permissions-boundary': 'Permissions boundary',
  session: 'Session policy',
  'vpc-endpoint': 'VPC endpoint policy',
  unknown: 'IAM policy',
  none: 'Not a policy',
};

const SURE: Readonly<Record<Confidence, string>> = {
  certain: '',
  likely: ' (likely)',
  ambiguous: ' (could be another kind)',
};

/** What a person calls a kind, and how sure it is: "Resource policy: s3 (likely)". */
export function labelKind({
  kind,
  service,
  confidence,
}: Pick<Classification, 'kind' | 'service' | 'confidence'>): string {
  // What cannot be told is not said to be one kind rather than another.
  const sure = kind === 'unknown' ? ' (of a kind that cannot be told)' : SURE[confidence];
  return `${LABELS[kind]}${service ? `: ${service}` : ''}${sure}`;
}
