/**
 * Service principals: `service.amazonaws.com`, sometimes with a Region, with the suffix of the partition.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
import { PARTITIONS, partitionOf } from './partitions.ts';
import type { ServicePrincipal } from './types.ts';

const BASE_SUFFIX = 'amazonaws.com';

/** `amazon.com` is that of the two Alexa principals. Longest first: `amazonaws.com.cn` before `amazonaws.com`. */
const SUFFIXES = [...new Set([...PARTITIONS.map(({ dnsSuffix }) => dnsSuffix), 'amazon.com'])].sort(
  (a, b) => b.length - a.length,
);

const LABELS = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/;

/**
 * Reads a name as a service principal: takes out the Region and turns the suffix into that of the main partition.
 * `labels` holds the listed names; `nameOfService` names a service for a principal without a label.
 */
export function parseServicePrincipal(
  text: string,
  labels: Readonly<Record<string, string>>,
  nameOfService: (prefix: string) => string | undefined,
): ServicePrincipal | undefined {
  const lower = text.toLowerCase();
  const suffix = SUFFIXES.find((known) => lower.endsWith(`.${known}`));
  if (suffix === undefined) return undefined;
  const service = lower.slice(0, -suffix.length - 1);
  if (!LABELS.test(service)) return undefined;

  const parts = service.split('.');
  const region = parts.find((part) => partitionOf(part) !== undefined);
  const rest = parts.filter((part) => part !== region);
  if (rest.length === 0) return undefined;
  const name = `${rest.join('.')}.${suffix === 'amazon.com' ? suffix : BASE_SUFFIX}`;
  const listed = Object.hasOwn(labels, name);
  const label = labels[name] || nameOfService(rest[0] ?? '');
  return { name, listed, ...(label ? { label } : {}), ...(region !== undefined ? { region } : {}) };
}
