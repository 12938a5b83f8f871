import { POLICY_KINDS, type PolicyKind } from './kind.ts';
import { type PolicyView, stringOf } from './model.ts';

/** A kind that something outside the document's own statements says it is. */
export interface KindHint {
  readonly kind: PolicyKind;
  readonly service?: string;
  /** Where it comes from, as a sentence: "The file name says 'trust'." */
  readonly because: string;
  /** An override (a setting, a choice, `$schema`) decides; a name only tips the balance. */
  readonly strength: 'override' | 'name';
}

/** The kind that a file's name or folder speaks of, if any. */
export function hintFromPath(path: string): KindHint | undefined {
  const segments = path.split(/[\\/]/).slice(-3);
  const file = segments.at(-1) ?? '';
  for (const [where, text] of [
    ['file name', file] as const,
    ...segments
      .slice(0, -1)
      .reverse()
      .map((one) => ['folder', one] as const),
  ]) {
    const words = text
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .replace(/[_. ]+/g, '-');
    for (const { pattern, kind, service } of NAMES) {
      const found = pattern.exec(words);
      if (!found) continue;
      const because = `The ${where} '${text}' says '${found[1] ?? found[0]}'.`;
      return { kind, ...(service && { service }), because, strength: 'name' };
    }
  }
  return undefined;
}

const WORD = '(?:^|-)';
const END = '(?:s?$|s?-)';
const named = (words: string, kind: PolicyKind, service?: string) => ({
  pattern: new RegExp(`${WORD}(${words})${END}`),
  kind,
  ...(service && { service }),
});

const NAMES: readonly { readonly pattern: RegExp; readonly kind: PolicyKind; readonly service?: string }[] = [
  named('trust|trust-policy|trust-relationship|assume-?role-policy|assumerolepolicydocument', 'trust'),
  named('scp|service-control-polic(?:y|ie)', 'scp'),
  named('rcp|resource-control-polic(?:y|ie)', 'rcp'),
  named('permissions?-boundary|boundary|boundarie', 'permissions-boundary'),
  named('session-polic(?:y|ie)', 'session'),
  named('vpc-?endpoint|endpoint-polic(?:y|ie)|vpce', 'vpc-endpoint'),
  named('bucket-polic(?:y|ie)', 'resource', 's3'),
  named('(?:kms-)?key-polic(?:y|ie)', 'resource', 'kms'),
  named('queue-polic(?:y|ie)', 'resource', 'sqs'),
  named('topic-polic(?:y|ie)', 'resource', 'sns'),
  named('(?:ecr-)?repository-polic(?:y|ie)', 'resource', 'ecr'),
  named('secret-polic(?:y|ie)', 'resource', 'secretsmanager'),
  named('resource-polic(?:y|ie)', 'resource'),
  named(
    'permission|permission-polic(?:y|ie)|identity-polic(?:y|ie)|managed-polic(?:y|ie)|inline-polic(?:y|ie)',
    'identity',
  ),
];

/** The kind that a `$schema` member names, if it is one of ours. */
export function hintFromSchema(policy: PolicyView): KindHint | undefined {
  const schema = stringOf(policy.elements.find((member) => member.key.value === '$schema'));
  const kind =
    schema && POLICY_KINDS.find((one) => schema.endsWith(`/${one}.schema.json`) || schema === `${one}.schema.json`);
  return kind ? { kind, because: `$schema says '${kind}'.`, strength: 'override' } : undefined;
}
