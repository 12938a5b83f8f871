/** What is known about a policy, in words: the same for the tooltip, for the list of kinds and for screen readers. */
import { env, l10n } from 'vscode';
import type { Description, PolicyDescription, PolicySizeDescription } from '../../server/src/protocol.ts';
import { labelOf } from './kinds.ts';

export interface PolicyWords {
  /** "Resource policy: s3" */
  readonly label: string;
  /** How sure that is. */
  readonly confidence: string;
  /** Why; each a sentence. */
  readonly reasons: readonly string[];
  /** Length and quota, the place among the policies of the file, the date of the reference data: each without a full stop. */
  readonly size: string | undefined;
  readonly place: string | undefined;
  readonly data: string | undefined;
}

export function wordsOf(policy: PolicyDescription, { policies, dataDate }: Description): PolicyWords {
  const confidences: Readonly<Record<PolicyDescription['confidence'], string>> = {
    certain: l10n.t('certain'),
    likely: l10n.t('likely'),
    ambiguous: l10n.t('could be another kind'),
  };
  return {
    label: labelOf(policy),
    confidence: confidences[policy.confidence],
    reasons: policy.evidence,
    size: policy.size ? sizeOf(policy.size) : undefined,
    place:
      policies.length > 1
        ? l10n.t('Policy {0} of {1} in this file', policies.indexOf(policy) + 1, policies.length)
        : undefined,
    data: dataDate === null ? undefined : l10n.t('AWS reference data of {0}', dataDate),
  };
}

/** All of it in one go, as a screen reader says it. */
export function spoken({ label, confidence, reasons, size, place, data }: PolicyWords): string {
  const sentences = [l10n.t('Kind of policy: {0}, {1}', label, confidence), ...reasons, size, place, data];
  return sentences.flatMap((one) => (one === undefined ? [] : one.replace(/\.?$/, '.'))).join(' ');
}

function sizeOf({ size, limit, unit }: PolicySizeDescription): string {
  const [is, may] = [size.toLocaleString(env.language), limit.toLocaleString(env.language)];
  const percent = Math.round((100 * size) / limit);
  return unit === 'bytes'
    ? l10n.t('{0} of {1} bytes ({2}%)', is, may, percent)
    : l10n.t('{0} of {1} characters ({2}%)', is, may, percent);
}
