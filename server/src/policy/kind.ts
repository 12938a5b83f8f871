import type { Span } from '../base/span.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { ASSUME_ACTIONS } from './assume.ts';
import type { KindHint } from './kind-hint.ts';
import { isAllow, isDeny, type PolicyView, type Statement } from './model.ts';

/** What a document is. `unknown`: a policy of a kind that cannot be told; `none`: not a policy. */
export const POLICY_KINDS = [
  'identity',
  'trust',
  'resource',
  'scp',
  'rcp',
  'permissions-boundary',
  'session',
  'vpc-endpoint',
  'unknown',
  'none',
] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

export type Confidence = 'certain' | 'likely' | 'ambiguous';

export interface Evidence {
  /** A short sentence for a person. */
  readonly text: string;
  /** Where in the document it stands, when it does. */
  readonly span?: Span;
}

export interface Classification {
  readonly kind: PolicyKind;
  /** For a resource policy, the service whose resource it is attached to, such as `s3`; null when it cannot be told. */
  readonly service: string | null;
  readonly confidence: Confidence;
  readonly evidence: readonly Evidence[];
}

/** The elements of a statement grouped once for all questions below. */
interface Shape {
  readonly statements: readonly Statement[];
  readonly withPrincipal: readonly Statement[];
  readonly withResource: readonly Statement[];
  /** Service prefixes of the actions, in lower case. */
  readonly prefixes: ReadonlySet<string>;
  /** Some action is `*`, of any service. */
  readonly anyAction: boolean;
  readonly onlyAssumes: boolean;
}

/**
 * Says what kind of policy a document is, how sure that is, and why.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html
 */
export function classify(
  policy: PolicyView,
  hints: readonly KindHint[],
  catalogue: Pick<Catalogue, 'isRcpService'>,
): Classification {
  const override = hints.find((hint) => hint.strength === 'override');
  const name = hints.find((hint) => hint.strength === 'name');
  const shape = readShape(policy);
  if (override) {
    const service = override.service ?? (override.kind === 'resource' ? onlyService(shape) : null);
    return { kind: override.kind, service, confidence: 'certain', evidence: [{ text: override.because }] };
  }
  const seen =
    shape.withPrincipal.length > 0
      ? classifyWithPrincipal(shape, name, catalogue)
      : classifyWithout(policy, shape, name);
  return name && agrees(name.kind, seen.kind) && !seen.evidence.some((one) => one.text === name.because)
    ? { ...seen, confidence: 'certain', evidence: [...seen.evidence, { text: name.because }] }
    : seen;
}

function agrees(hinted: PolicyKind, seen: PolicyKind): boolean {
  return hinted === seen;
}

function classifyWithPrincipal(
  shape: Shape,
  name: KindHint | undefined,
  catalogue: Pick<Catalogue, 'isRcpService'>,
): Classification {
  const first = shape.withPrincipal[0];
  const block = first?.principals[0];
  const who: Evidence = {
    text: block?.negated
      ? 'It has NotPrincipal: it says whom it applies to.'
      : 'It has Principal: it says whom it lets in.',
    ...(block && { span: block.member.key.span }),
  };
  const mixed = shape.withPrincipal.length < shape.statements.length;
  const without = shape.statements.find((statement) => statement.principals.length === 0);
  const mix: Evidence[] = mixed
    ? [{ text: 'Not every statement has a Principal.', ...(without && { span: opening(without) }) }]
    : [];

  if (shape.onlyAssumes && shape.withResource.length === 0) {
    const action = first?.actions[0]?.entries[0];
    return {
      kind: 'trust',
      service: null,
      confidence: mixed ? 'likely' : 'certain',
      evidence: [
        who,
        {
          text: 'Its actions assume a role, and it names no Resource: the role itself is meant.',
          ...(action && { span: action.node.span }),
        },
        ...mix,
      ],
    };
  }
  if (isHalfTrust(shape) && (name?.kind === 'trust' || shape.withPrincipal.every(isFederated))) {
    return {
      kind: 'trust',
      service: null,
      confidence: 'likely',
      evidence: [
        ...(name?.kind === 'trust' ? [{ text: name.because }] : []),
        who,
        { text: 'It names no Resource yet, nor an action that a trust policy could not have.' },
        ...mix,
      ],
    };
  }
  if (name && (name.kind === 'rcp' || name.kind === 'vpc-endpoint' || name.kind === 'resource')) {
    const service = name.kind === 'resource' ? (name.service ?? onlyService(shape)) : null;
    return {
      kind: name.kind,
      service,
      confidence: mixed ? 'likely' : 'certain',
      evidence: [{ text: name.because }, who, ...mix],
    };
  }
  if (shape.onlyAssumes && !mostlyDeniesEverybody(shape)) {
    const resource = shape.withResource[0]?.resources[0];
    return {
      kind: 'trust',
      service: null,
      confidence: 'likely',
      evidence: [
        who,
        { text: 'Its actions assume a role.' },
        ...(resource
          ? [{ text: 'It names a Resource, which a trust policy may not.', span: resource.member.key.span }]
          : []),
        ...mix,
      ],
    };
  }
  if (mixed && shape.withPrincipal.length * 2 <= shape.statements.length) {
    // More statements without than with a Principal: two halves in one document, or a stray element.
    const identity = shape.withPrincipal.every((statement) => statement.resources.length > 0);
    return {
      kind: identity ? 'identity' : 'unknown',
      service: null,
      confidence: 'ambiguous',
      evidence: [who, ...mix],
    };
  }
  if (everyStatementDenies(shape) ? everyoneEverywhere(shape) : shape.onlyAssumes) {
    const prefixes = [...shape.prefixes];
    const supported = prefixes.length > 0 && prefixes.every((prefix) => catalogue.isRcpService(prefix));
    // A key policy that only denies would lock everybody out; other services may well have such a resource policy.
    const own = prefixes.length === 1 && prefixes[0] !== 'kms' && OWN_RESOURCE_STAR.has(prefixes[0] ?? '');
    if (supported && !own) {
      return {
        kind: 'rcp',
        service: null,
        confidence: 'likely',
        evidence: [
          { text: 'It denies everybody on every resource, for services that resource control policies support.' },
          who,
          ...mix,
        ],
      };
    }
  }
  const service = onlyService(shape);
  if (shape.statements.some(letsEverythingThrough)) {
    return {
      kind: 'vpc-endpoint',
      service: null,
      confidence: 'likely',
      evidence: [
        {
          text: 'It lets everybody do everything on every resource, as only a VPC endpoint policy would.',
        },
        who,
        ...mix,
      ],
    };
  }
  const everywhere = everyoneEverywhere(shape) && !everyStatementDenies(shape);
  return {
    kind: 'resource',
    service,
    confidence:
      mixed || (everywhere && !OWN_RESOURCE_STAR.has(service ?? '')) || service === null ? 'ambiguous' : 'certain',
    evidence: [
      who,
      service
        ? { text: `Its actions and resources belong to ${service}.` }
        : { text: 'Its actions and resources belong to several services or to none: it may be a VPC endpoint policy.' },
      ...mix,
    ],
  };
}

function classifyWithout(policy: PolicyView, shape: Shape, name: KindHint | undefined): Classification {
  const first = shape.statements[0];
  const noPrincipal: Evidence = { text: 'It has no Principal: it applies to whoever it is attached to.' };
  if (!first) {
    return name
      ? { kind: name.kind, service: name.service ?? null, confidence: 'likely', evidence: [{ text: name.because }] }
      : { kind: 'unknown', service: null, confidence: 'ambiguous', evidence: [{ text: 'It has no statement yet.' }] };
  }
  const nothingElse = shape.withResource.length === 0;
  if (nothingElse && shape.onlyAssumes) {
    const trust = name?.kind === 'trust';
    return {
      kind: 'trust',
      service: null,
      confidence: trust ? 'likely' : 'ambiguous',
      evidence: [
        { text: 'Its actions assume a role, but it names neither a Principal nor a Resource.' },
        ...(name ? [{ text: name.because }] : []),
      ],
    };
  }
  if (name && PERMISSION_NAMES.has(name.kind)) {
    return { kind: name.kind, service: null, confidence: 'certain', evidence: [{ text: name.because }, noPrincipal] };
  }
  if (!name && policy.form === 'document' && everyStatementDenies(shape)) {
    return {
      kind: 'scp',
      service: null,
      confidence: 'ambiguous',
      evidence: [
        {
          text: 'It only denies: attached to an identity it would grant nothing, so it is most likely a service control policy.',
        },
        noPrincipal,
      ],
    };
  }
  const half = shape.prefixes.size === 0 && nothingElse;
  if (name && half) {
    return { kind: name.kind, service: name.service ?? null, confidence: 'likely', evidence: [{ text: name.because }] };
  }
  const action = first.actions[0]?.member.key;
  return {
    kind: 'identity',
    service: null,
    confidence: half ? 'ambiguous' : 'likely',
    evidence: [
      { ...noPrincipal, span: opening(first) },
      ...(action ? [{ text: 'It says which actions may be done on what.', span: action.span }] : []),
    ],
  };
}

/** Kinds written without a Principal, which only a name can tell apart. */
const PERMISSION_NAMES: ReadonlySet<PolicyKind> = new Set(['identity', 'scp', 'permissions-boundary', 'session']);

/** Services in whose resource policies `"Resource": "*"` means the resource that the policy is attached to. */
const OWN_RESOURCE_STAR: ReadonlySet<string> = new Set([
  'kms',
  'secretsmanager',
  'ecr',
  'elasticfilesystem',
  'backup',
  'codeartifact',
]);

function readShape(policy: PolicyView): Shape {
  const { statements } = policy;
  const written = new Set<string>();
  let actions = 0;
  let assumes = 0;
  let anyAction = false;
  for (const statement of statements) {
    for (const { entries } of statement.actions) {
      for (const { pattern } of entries) {
        actions++;
        if (pattern.nameStart === 'sts:'.length) {
          const name = pattern.text.toLowerCase();
          if (ASSUME_ACTIONS.has(name) || name === 'sts:*') assumes++;
        }
        if (pattern.everything && isAllow(statement)) anyAction = true;
        if (pattern.prefix !== '' && !pattern.wildcardInPrefix) written.add(pattern.prefix);
      }
    }
  }
  return {
    statements,
    withPrincipal: statements.filter((statement) => statement.principals.length > 0),
    withResource: statements.filter((statement) => statement.resources.length > 0),
    prefixes: new Set(Array.from(written, (prefix) => prefix.toLowerCase())),
    anyAction,
    onlyAssumes: actions > 0 && assumes === actions,
  };
}

/** Nothing yet that could not stand in a trust policy: what is written next will tell. */
function isHalfTrust({ withResource, prefixes, anyAction }: Shape): boolean {
  return withResource.length === 0 && !anyAction && [...prefixes].every((prefix) => prefix === 'sts');
}

/** Only an identity provider is let in: roles are what such sessions begin with. */
function isFederated({ principals }: Statement): boolean {
  return principals.every(({ entries }) => entries.length > 0 && entries.every(({ type }) => type === 'Federated'));
}

/** The one service that actions and resources agree on. */
function onlyService(shape: Shape): string | null {
  const services = new Set(shape.prefixes);
  if (shape.anyAction || services.size === 0) {
    for (const statement of shape.statements) {
      for (const { entries } of statement.resources) {
        for (const { arn } of entries) if (arn?.service.text) services.add(arn.service.text.toLowerCase());
      }
    }
  }
  const [service] = services;
  return services.size === 1 && service ? service : null;
}

function everyStatementDenies(shape: Shape): boolean {
  return shape.statements.every(isDeny);
}

/** Most statements deny everybody something on named resources, as a trust policy never does. */
function mostlyDeniesEverybody({ statements }: Shape): boolean {
  const denying = statements.filter(
    (one) => isDeny(one) && one.resources.length > 0 && one.principals.some(({ everyone }) => everyone),
  );
  return denying.length * 2 > statements.length;
}

function everyoneEverywhere(shape: Shape): boolean {
  return shape.statements.every(letsEverybodyEverywhere);
}

/** Everybody on everything: `*`, or all of a service such as `arn:aws:s3:::*`. */
function letsEverybodyEverywhere(statement: Statement): boolean {
  return (
    statement.principals.some(({ everyone }) => everyone) &&
    statement.resources.every(({ entries }) =>
      entries.some(({ text, arn }) => text === '*' || arn?.resource.text === '*'),
    )
  );
}

/** The statement of a default VPC endpoint policy, with or without conditions. */
function letsEverythingThrough(statement: Statement): boolean {
  return (
    isAllow(statement) &&
    letsEverybodyEverywhere(statement) &&
    statement.actions.some(({ negated, entries }) => !negated && entries.some(({ pattern }) => pattern.everything))
  );
}

function opening(statement: Statement): Span {
  return statement.sid?.span ?? { start: statement.node.span.start, end: statement.node.span.start + 1 };
}
