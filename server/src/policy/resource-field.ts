import type { Catalogue, ResourceType } from '../catalogue/types.ts';
import { type Arn, splitArn } from './arn.ts';
import { hasHole } from './hole.ts';
import type { PolicyKind } from './kind.ts';
import { matchesResourceType, readResource } from './resource-type.ts';

/** The kinds of policy that name resources. */
export const RESOURCE_KINDS: readonly PolicyKind[] = [
  'identity',
  'permissions-boundary',
  'session',
  'scp',
  'rcp',
  'resource',
  'vpc-endpoint',
];

/** Nothing sure can be said of a text with a template's stand-in or a variable in it. */
export function isOpen(text: string): boolean {
  return text.includes('${') || hasHole(text);
}

/** What the types that an ARN can name hold in a field: nothing, a value, or either; `unknown` when no type fits. */
export type FieldUse = 'empty' | 'filled' | 'either' | 'unknown';

/** Looks at the types of the ARN's service that its resource part can stand for. */
export function useOfField(arn: Arn, field: 'region' | 'account', catalogue: Catalogue): FieldUse {
  const shape = readResource(arn.text, catalogue);
  const service = catalogue.service(arn.service.text);
  if (!shape || !service || shape.reach === 'service') return 'unknown';
  const types = [...service.resourceTypes.values()].filter(
    (type) => matchesResourceType(shape, type, catalogue) !== 'no',
  );
  return summarize(types, arn.service.text, field);
}

/** The same for all resource types of a service. */
export function useOfFieldInService(name: string, field: 'region' | 'account', catalogue: Catalogue): FieldUse {
  const service = catalogue.service(name);
  return service ? summarize([...service.resourceTypes.values()], name, field) : 'unknown';
}

function summarize(types: readonly ResourceType[], service: string, field: 'region' | 'account'): FieldUse {
  const uses = new Set<FieldUse>();
  for (const template of types.flatMap(({ arns }) => arns)) {
    const fields = splitArn(template);
    if (fields[2]?.text !== service) continue;
    uses.add(fields[field === 'region' ? 3 : 4]?.text === '' ? 'empty' : 'filled');
  }
  const [only] = uses;
  if (only === undefined) return 'unknown';
  return uses.size === 1 ? only : 'either';
}
