import type { Catalogue } from '../catalogue/types.ts';
import { splitArn } from './arn.ts';
import type { PolicyKind } from './kind.ts';
import type { ActionEntry, PolicyView, ResourceEntry } from './model.ts';
import { readResource, typesOfResource } from './resource-type.ts';
import { actionsOf } from './scope.ts';

/**
 * What may stand in the policy that is attached to a resource of a service: its own actions and resources only.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-unsupported-action-in-policy
 */

/** Services whose resource policies hold nothing of other services, and the types that such a policy is about, if not all. */
const OWN_ONLY: ReadonlyMap<string, ReadonlySet<string> | undefined> = new Map([
  [
    's3',
    new Set([
      'bucket',
      'object',
      'accesspoint',
      'accesspointobject',
      'multiregionaccesspoint',
      'multiregionaccesspointobject',
    ]),
  ],
  ['s3-object-lambda', undefined],
  ['dynamodb', new Set(['table', 'index', 'stream'])],
  ['kms', undefined],
  ['secretsmanager', undefined],
  ['sns', undefined],
  ['sqs', undefined],
]);

/** Services that are known to refuse such a policy when it is saved. */
const REFUSING: ReadonlySet<string> = new Set(['s3', 's3-object-lambda', 'dynamodb']);

export function refusesOthers(service: string): boolean {
  return REFUSING.has(service);
}

/** A policy, what kind it is, and the service of its resource where that is known. */
interface Judged {
  readonly policy: PolicyView;
  readonly kind: PolicyKind;
  readonly service: string | null;
}

/**
 * The service whose resource a policy is attached to, where its policies hold nothing of other services: as it is known,
 * or the one that all resources name.
 */
export function attachedService(judged: Judged): string | undefined {
  if (judged.kind !== 'resource') return undefined;
  const known = judged.service ?? onlyArnService(judged.policy);
  return known !== undefined && OWN_ONLY.has(known) ? known : undefined;
}

function onlyArnService(policy: PolicyView): string | undefined {
  const known = ONLY.get(policy);
  if (known) return known.service;
  const services = new Set<string>();
  for (const { resources } of policy.statements) {
    for (const { arn } of resources.flatMap(({ entries }) => entries)) services.add(arn?.service.text ?? '*');
  }
  const service = services.size === 1 ? [...services][0] : undefined;
  ONLY.set(policy, { service });
  return service;
}

/** Asked for every action and resource of a policy. */
const ONLY = new WeakMap<PolicyView, { readonly service: string | undefined }>();

/** Why an action cannot stand in the policy of a resource; undefined when it can, or nobody knows. */
export function findForeignAction(
  entry: ActionEntry,
  service: string,
  catalogue: Catalogue,
): 'service' | 'type' | undefined {
  const { pattern } = entry;
  if (pattern.hole || pattern.prefix === '' || pattern.everything || pattern.wildcardInPrefix) return undefined;
  const prefix = pattern.prefix.toLowerCase();
  if (prefix !== service) return catalogue.serviceName(prefix) === undefined ? undefined : 'service';
  const types = OWN_ONLY.get(service);
  const actions = types ? actionsOf(entry, catalogue) : [];
  if (!types || actions.length === 0) return undefined;
  const fits = actions.some((action) => action.resourceTypes.some(({ type }) => types.has(type.name.toLowerCase())));
  return fits ? undefined : 'type';
}

/** Why a resource cannot stand in the policy of another; undefined when it can, or nobody knows. */
export function findForeignResource(
  { text, arn }: ResourceEntry,
  service: string,
  catalogue: Catalogue,
): 'service' | 'type' | undefined {
  const shape = arn && readResource(text, catalogue);
  if (!shape || shape.hole || /[*?$]/.test(shape.service)) return undefined;
  if (shape.service !== service) return 'service';
  const types = OWN_ONLY.get(service);
  const placed = arn?.account.text !== '';
  const own = types && shape.reach === 'part' ? typesOfResource(shape, catalogue) : [];
  const fitting = own.filter(({ arns }) => arns.some((template) => (splitArn(template)[4]?.text !== '') === placed));
  if (!types || fitting.length === 0) return undefined;
  return fitting.some(({ name }) => types.has(name.toLowerCase())) ? undefined : 'type';
}
