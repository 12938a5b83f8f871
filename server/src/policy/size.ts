import { measurePolicy, type PolicyQuota, QUOTAS, resourceQuota } from '../catalogue/quotas.ts';
import type { PolicyKind } from './kind.ts';
import type { PolicyView } from './model.ts';

/** How long a policy is, and how long it may be. */
export interface PolicySize {
  /** The policy as it is sent: without comments. */
  readonly text: string;
  /** In the unit of the quota, counted as AWS counts. */
  readonly size: number;
  readonly quota: PolicyQuota;
}

/** Undefined for what is no whole policy, or of a kind whose quota is not known. */
export function sizeOfPolicy(
  { form, node, tree }: PolicyView,
  kind: PolicyKind,
  service: string | null,
): PolicySize | undefined {
  if (form !== 'document') return undefined;
  const source = tree.text.slice(node.span.start, node.span.end);
  const text = tree.dialect === 'jsonc' ? withoutComments(source) : source;
  const quota = findQuota(kind, service);
  if (!quota) return undefined;
  const size = measurePolicy(text, quota);
  // Nobody can know whether it will be managed or inline; too long for the one, it is compared with the longest other,
  // which counts alike.
  const inline = QUOTAS['inline-role'];
  return { text, size, quota: kind === 'identity' && size > inline.limit ? inline : quota };
}

function findQuota(kind: PolicyKind, service: string | null): PolicyQuota | undefined {
  switch (kind) {
    case 'identity':
    case 'permissions-boundary':
      return QUOTAS.managed;
    case 'vpc-endpoint':
      return QUOTAS.endpoint;
    case 'session':
    case 'trust':
    case 'scp':
    case 'rcp':
      return QUOTAS[kind];
    case 'resource':
      // Most services that say anything at all take as much as S3.
      return (service === null ? undefined : resourceQuota(service)) ?? { ...QUOTAS.endpoint, sure: false };
    default:
      return undefined;
  }
}

function withoutComments(json: string): string {
  return json.replace(/"[^"\\]*(?:\\.[^"\\]*)*"?|\/\/[^\r\n]*|\/\*.*?(?:\*\/|$)/gs, (part) =>
    part.startsWith('/') ? '' : part,
  );
}
