import type { Catalogue } from '../../catalogue/types.ts';
import { namesAction } from '../../policy/assume.ts';
import { isSourceKey } from '../../policy/caller-keys.ts';
import { addConditions, type NewCondition } from '../../policy/edit-condition.ts';
import type { PolicyKind } from '../../policy/kind.ts';
import { isAllow, isDeny, type PrincipalEntry, type Statement } from '../../policy/model.ts';
import { actionsOf } from '../../policy/scope.ts';
import { isWhole, type Rewrite, readPlain, rewrite, type StatementPlace } from './define.ts';

/** Where conditions are offered, and how many at most. */
const MOST = { statement: 3, principal: 4, condition: 6 } as const;

/** What the templates ask of a statement. */
interface Facts {
  readonly kind: PolicyKind;
  /** For a resource policy, the service. */
  readonly service: string | null;
  readonly allows: boolean;
  readonly statement: Statement;
  readonly catalogue: Catalogue;
  /** Who calls. `nobody`: the policy says it by being attached; `mixed`: more than one of the others. */
  readonly who: 'nobody' | 'anyone' | 'aws' | 'services' | 'federated' | 'mixed';
  readonly principals: readonly PrincipalEntry[];
  /** Lower case; empty where an action is of any service. */
  readonly prefixes: readonly string[];
  readonly everyAction: boolean;
  /** The one account in the ARNs of its resources. */
  readonly account: string | undefined;
}

interface Template {
  /** The condition key; where it stands already the template is not offered. */
  readonly key: string;
  /** Keys that say the same in another way. */
  readonly instead?: readonly string[];
  readonly about?: 'principal';
  readonly title: (facts: Facts) => string;
  readonly suits: (facts: Facts) => boolean;
  readonly conditions: (facts: Facts) => readonly NewCondition[];
}

const ATTACHED: ReadonlySet<PolicyKind> = new Set(['identity', 'permissions-boundary', 'session']);

/**
 * Services that AWS's documentation shows sending aws:SourceAccount when they assume a role. Others may, but a role that
 * its service can no longer assume is worse than no offer.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
const SEND_SOURCE: ReadonlySet<string> = new Set(
  (
    'access-grants.s3 aiops amplify amplifybackend application.qbusiness appstream appsync athena cloudformation cloudtrail ' +
    'ecs-tasks hooks.cloudformation logs monitoring.rds pipes q qbusiness rds resources.cloudformation spotfleet ssm states'
  )
    .split(' ')
    .map((name) => `${name}.amazonaws.com`),
);

/**
 * Services that answer from one Region for all, whatever Region the caller works in.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
const GLOBAL: ReadonlySet<string> = new Set(
  (
    'account artifact aws-marketplace aws-portal billing budgets ce chatbot chime cloudfront cur globalaccelerator health ' +
    'iam networkmanager organizations payments pricing route53 route53domains route53-recovery-control-config ' +
    'route53-recovery-readiness shield sts support supportplans tax trustedadvisor waf'
  ).split(' '),
);

/** The most telling first. Placeholders are in angle brackets, which nothing in a policy is. */
const TEMPLATES: readonly Template[] = [
  {
    key: 'sts:ExternalId',
    about: 'principal',
    title: () => 'Require an external ID',
    suits: ({ kind, allows, who, statement }) =>
      kind === 'trust' && allows && who === 'aws' && namesAction(statement, 'sts:AssumeRole') === 'yes',
    conditions: () => [{ operator: 'StringEquals', key: 'sts:ExternalId', value: '<external-id>' }],
  },
  {
    key: 'aws:SourceAccount',
    instead: ['aws:SourceOrgID', 'aws:SourceOrgPaths'],
    about: 'principal',
    title: ({ account }) => `Require aws:SourceAccount to be ${account ?? 'your account'}`,
    suits: (facts) => facts.allows && isServiceCall(facts),
    conditions: ({ account }) => [
      { operator: 'StringEquals', key: 'aws:SourceAccount', value: account ?? '<account-id>' },
    ],
  },
  {
    key: 'aws:SourceArn',
    about: 'principal',
    title: () => 'Require calls on behalf of one resource (aws:SourceArn)',
    suits: (facts) => facts.allows && isServiceCall(facts),
    conditions: () => [{ operator: 'ArnLike', key: 'aws:SourceArn', value: '<source-arn>' }],
  },
  {
    key: 'aws:PrincipalOrgID',
    instead: ['aws:PrincipalOrgPaths'],
    about: 'principal',
    title: ({ allows }) =>
      allows ? 'Require callers of your organization' : 'Deny only callers outside your organization',
    suits: ({ kind, allows, who }) =>
      (who === 'aws' || who === 'anyone') && (allows ? kind === 'trust' || kind === 'resource' : kind === 'rcp'),
    conditions: ({ allows }) =>
      allows
        ? [{ operator: 'StringEquals', key: 'aws:PrincipalOrgID', value: '<organization-id>' }]
        : [
            { operator: 'StringNotEqualsIfExists', key: 'aws:PrincipalOrgID', value: '<organization-id>' },
            { operator: 'BoolIfExists', key: 'aws:PrincipalIsAWSService', value: 'false' },
          ],
  },
  {
    key: 'aws:SecureTransport',
    title: ({ allows }) => (allows ? 'Require TLS (aws:SecureTransport)' : 'Deny only without TLS'),
    suits: ({ kind, service, who }) =>
      kind === 'resource' && ['s3', 'sqs', 'sns'].includes(service ?? '') && (who === 'aws' || who === 'anyone'),
    conditions: ({ allows }) => [{ operator: 'Bool', key: 'aws:SecureTransport', value: allows ? 'true' : 'false' }],
  },
  {
    key: 'aws:MultiFactorAuthPresent',
    instead: ['aws:MultiFactorAuthAge'],
    about: 'principal',
    title: ({ allows }) => (allows ? 'Require MFA' : 'Deny only without MFA'),
    // A role that assumes another, a service and a federated sign-in bring no MFA of AWS's along.
    suits: ({ kind, who, principals, allows }) =>
      kind === 'trust'
        ? allows &&
          who === 'aws' &&
          principals.every(({ identity: { who: one } }) => one === 'account' || one === 'user')
        : kind === 'identity' || kind === 'permissions-boundary',
    conditions: ({ allows }) => [
      allows
        ? { operator: 'Bool', key: 'aws:MultiFactorAuthPresent', value: 'true' }
        : { operator: 'BoolIfExists', key: 'aws:MultiFactorAuthPresent', value: 'false' },
    ],
  },
  {
    key: 'aws:RequestedRegion',
    title: ({ allows }) => (allows ? 'Require one Region' : 'Deny only outside one Region'),
    suits: ({ kind, allows, prefixes, everyAction, statement }) => {
      if (!ATTACHED.has(kind) && kind !== 'scp') return false;
      // Services without a Region are what a limit to Regions names in NotAction.
      if (statement.actions.some(({ negated }) => negated)) return !allows;
      return !everyAction && prefixes.every((prefix) => !GLOBAL.has(prefix));
    },
    conditions: ({ allows }) => [
      { operator: allows ? 'StringEquals' : 'StringNotEquals', key: 'aws:RequestedRegion', value: '<region>' },
    ],
  },
  {
    key: 'aws:ResourceAccount',
    instead: ['aws:ResourceOrgID', 'aws:ResourceOrgPaths', 's3:ResourceAccount'],
    title: () => 'Require resources of one account',
    // What takes no resource has no owner, and a condition on it would never be met.
    suits: ({ kind, allows, everyAction, statement, catalogue }) =>
      ATTACHED.has(kind) &&
      allows &&
      !everyAction &&
      statement.resources.some((block) =>
        block.entries.some(({ text, arn }) => text === '*' || arn?.account.text === ''),
      ) &&
      statement.actions.every(
        ({ negated, entries }) =>
          !negated &&
          entries.length <= 50 &&
          entries.every((entry) => {
            const actions = actionsOf(entry, catalogue);
            return actions.length > 0 && actions.every(({ resourceTypes }) => resourceTypes.length > 0);
          }),
      ),
    conditions: () => [{ operator: 'StringEquals', key: 'aws:ResourceAccount', value: '<account-id>' }],
  },
  ...(['aws:SourceVpce', 'aws:SourceVpc'] as const).map((key): Template => {
    const [what, value] = key === 'aws:SourceVpce' ? ['a VPC endpoint', '<vpc-endpoint-id>'] : ['a VPC', '<vpc-id>'];
    return {
      key,
      instead: ['aws:SourceVpce', 'aws:SourceVpc', 'aws:VpceAccount', 'aws:VpceOrgID', 'aws:VpceOrgPaths'],
      title: ({ allows }) => (allows ? `Require calls through ${what}` : `Deny only calls not through ${what}`),
      suits: ({ kind, who, allows, everyAction }) =>
        kind === 'resource' ? who === 'aws' || who === 'anyone' : kind === 'identity' && allows && !everyAction,
      conditions: ({ allows }) => [{ operator: allows ? 'StringEquals' : 'StringNotEquals', key, value }],
    };
  }),
];

/** Only services may call, and they say for whom they do. */
function isServiceCall({ kind, who, principals }: Facts): boolean {
  if (who !== 'services') return false;
  if (kind === 'resource') return true;
  return kind === 'trust' && principals.length > 0 && principals.every(({ node }) => SEND_SOURCE.has(node.value));
}

/**
 * Adds a condition that suits the statement: its kind, whom it names, and its actions. A condition makes an Allow
 * narrower and a Deny milder.
 */
export function offerConditions(place: StatementPlace, at: keyof typeof MOST): readonly Rewrite[] {
  const { statement, write, tree } = place;
  const value = statement.condition?.value;
  if (!isWhole(tree, statement.node.span) || !readPlain(statement) || (value && value.type !== 'object')) return [];
  if (!isAllow(statement) && !isDeny(statement)) return [];
  const facts = readFacts(place);
  const present = new Set(statement.conditions.map(({ key }) => key.toLowerCase()));
  const offers = TEMPLATES.filter(
    ({ key, instead, about, suits }) =>
      (at !== 'principal' || about === 'principal') &&
      ![key, ...(instead ?? [])].some((one) => present.has(one.toLowerCase())) &&
      suits(facts),
  ).map(({ title, conditions }) => {
    const added = conditions(facts);
    const placeholders = added.flatMap((one) => (/^<.*>$/.test(String(one.value)) ? String(one.value) : []));
    const effect = facts.allows ? 'narrows' : 'widens';
    return rewrite(title(facts), effect, () => addConditions(write, statement, added), { placeholders });
  });
  return offers.slice(0, MOST[at]);
}

function readFacts({ policy, statement, catalogue }: StatementPlace): Facts {
  const principals = statement.principals.flatMap(({ negated, entries }) => (negated ? [] : entries));
  const patterns = statement.actions.flatMap(({ entries }) => entries.map(({ pattern }) => pattern));
  const { kind, service } = policy.classification;
  return {
    kind,
    service,
    allows: isAllow(statement),
    statement,
    catalogue,
    who: calledByService(statement) ? 'services' : whoOf(statement, principals),
    principals,
    prefixes: [...new Set(patterns.map(({ prefix }) => prefix.toLowerCase()))],
    everyAction: patterns.some(({ prefix, wildcardInPrefix, hole }) => prefix === '' || wildcardInPrefix || hole),
    account: accountOf(statement),
  };
}

/** Anyone may call, but only a service says for whom it does. */
function calledByService({ principals, conditions }: Statement): boolean {
  return principals.some(({ everyone }) => everyone) && conditions.some(({ key }) => isSourceKey(key));
}

function whoOf({ principals: blocks }: Statement, entries: readonly PrincipalEntry[]): Facts['who'] {
  if (blocks.length === 0) return 'nobody';
  if (blocks.some(({ everyone, negated }) => everyone && !negated)) return 'anyone';
  const kinds = new Set(
    entries.map(({ type, identity }): Facts['who'] => {
      if (identity.who === 'anyone') return 'anyone';
      if (type === 'AWS') return identity.who === 'origin-access-identity' ? 'mixed' : 'aws';
      return type === 'Service' ? 'services' : type === 'Federated' ? 'federated' : 'mixed';
    }),
  );
  const [only] = kinds;
  return kinds.size === 1 && only !== undefined ? only : 'mixed';
}

/** The account of the resources, where their ARNs hold one: most often also that of whoever uses a service. */
function accountOf({ resources }: Statement): string | undefined {
  const texts = resources.flatMap(({ entries }) => entries.map(({ arn }) => arn?.account.text ?? ''));
  const [only, ...more] = new Set(texts.filter((text) => text !== ''));
  return more.length === 0 && only && /^\d{12}$/.test(only) ? only : undefined;
}
