import { ARN_PLACEHOLDERS } from '../../policy/arn-names.ts';
import { findProvider } from '../../policy/federation.ts';
import { BUILT_IN_PROVIDERS, identifyPrincipal } from '../../policy/principal.ts';
import { choicesOf } from './known.ts';
import { type Completion, type CompletionContext, siblingTexts } from './offer.ts';

const RANK = { known: 0, first: 10, template: 20, rest: 30, last: 90 } as const;

/** More accounts are not offered one by one. */
const MOST_ACCOUNTS = 20;

/** The values of one kind of principal; those that the list already holds are left out. */
export function offerPrincipals(context: CompletionContext, type: string): readonly Completion[] {
  const taken = new Set(siblingTexts(context));
  return offerAll(context, type).filter(({ label }) => !taken.has(label));
}

function offerAll(context: CompletionContext, type: string): readonly Completion[] {
  switch (type) {
    case 'Service':
      return offerServices(context);
    case 'AWS':
      return offerAws(context);
    case 'Federated':
      return offerProviders(context);
    default:
      return [];
  }
}

/** What most roles are made for, and what most resources are opened to. */
const USUAL: Readonly<Record<'trust' | 'resource', readonly string[]>> = {
  trust:
    'ec2 lambda ecs-tasks states events scheduler pods.eks codebuild codepipeline cloudformation glue apigateway ssm firehose'.split(
      ' ',
    ),
  resource: 'cloudfront events sns s3 cloudtrail config logs delivery.logs logging.s3 cloudwatch lambda'.split(' '),
};

function offerServices({ catalogue, policy }: CompletionContext): readonly Completion[] {
  const usual = USUAL[policy.classification.kind === 'trust' ? 'trust' : 'resource'];
  return catalogue.servicePrincipals().map(({ name, label }): Completion => {
    const place = usual.indexOf(name.replace(/\.amazonaws\.com$/, ''));
    return {
      label: name,
      kind: 'principal',
      rank: place >= 0 ? RANK.known + place / 100 : RANK.rest,
      // People look for the name of the product.
      filter: label ? `${name} ${label}` : name,
      ...(label && { detail: label }),
    };
  });
}

function offerAws({ known, policy }: CompletionContext): readonly Completion[] {
  const partition = partitionIn(policy.view.tree.text);
  const accounts = known.accounts.slice(0, MOST_ACCOUNTS).map((account): Completion => {
    const name = known.accountNames[account];
    const label = `arn:${partition}:iam::${account}:root`;
    const detail = name === undefined ? 'the whole account' : `the whole account ${name}`;
    return { label, kind: 'principal', rank: RANK.first, detail, ...(name && { filter: `${label} ${name}` }) };
  });
  const seen = known.arns.flatMap((arn): readonly Completion[] => {
    const identity = identifyPrincipal('AWS', arn);
    if (identity.who !== 'role' && identity.who !== 'user' && identity.who !== 'session') return [];
    const name = known.accountNames[identity.account];
    const detail = `${identity.who}${name === undefined ? '' : ` in ${name}`}`;
    return [{ label: arn, kind: 'principal', rank: RANK.known, detail }];
  });
  const account = onlyAccount(known.accounts);
  const choices = choicesOf(known);
  const templates = [
    ['root', 'the whole account'],
    ['role/role-name', 'a role'],
    ['user/user-name', 'a user'],
  ].map(([resource = '', detail = '']) => fill(choices, `arn:${partition}:iam::${account}:${resource}`, detail));
  return [
    ...seen,
    ...accounts,
    ...templates.filter(({ label }) => accounts.every((one) => one.label !== label)),
    { label: '*', kind: 'principal', rank: RANK.last, detail: 'anyone' },
  ];
}

/** Identity providers that an account registers, by the issuer that stands in their ARN. */
const ISSUERS = [
  'token.actions.githubusercontent.com',
  'gitlab.com',
  'oidc.eks.region.amazonaws.com/id/cluster-id',
  'app.terraform.io',
  'agent.buildkite.com',
  'oidc.vercel.com',
] as const;

function offerProviders({ known, policy }: CompletionContext): readonly Completion[] {
  const partition = partitionIn(policy.view.tree.text);
  const account = onlyAccount(known.accounts);
  const choices = choicesOf(known);
  const arn = (resource: string): string => `arn:${partition}:iam::${account}:${resource}`;
  const seen = known.arns.flatMap((label): readonly Completion[] => {
    const { who } = identifyPrincipal('Federated', label);
    if (who === 'saml-provider') return [{ label, kind: 'principal', rank: RANK.known, detail: 'a SAML provider' }];
    if (who !== 'oidc-provider') return [];
    return [{ label, kind: 'principal', rank: RANK.known, detail: findProvider(issuerIn(label)).name }];
  });
  const names = new Set(seen.map(({ label }) => label));
  return [
    ...seen,
    ...ISSUERS.map((issuer) => fill(choices, arn(`oidc-provider/${issuer}`), findProvider(issuer).name)),
    fill(choices, arn('oidc-provider/issuer-host'), 'another OIDC provider'),
    fill(choices, arn('saml-provider/provider-name'), 'a SAML provider'),
    ...BUILT_IN_PROVIDERS.map(
      (label): Completion => ({ label, kind: 'principal', rank: RANK.rest, detail: findProvider(label).name }),
    ),
  ].filter(({ label, rank }) => rank === RANK.known || !names.has(label));
}

function issuerIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

/** Words in the templates that a person replaces. */
const WORDS = [
  ARN_PLACEHOLDERS.account,
  'role-name',
  'user-name',
  'provider-name',
  'issuer-host',
  'cluster-id',
] as const;

function fill(choices: ReturnType<typeof choicesOf>, label: string, detail: string): Completion {
  const words: readonly string[] = label.includes('oidc.eks.region') ? [...WORDS, 'region'] : WORDS;
  const placeholders = words.filter((word) => label.includes(word));
  return { label, kind: 'principal', rank: RANK.template, detail, placeholders, choices };
}

/** The account that a template is meant for, where there is no doubt. */
function onlyAccount(accounts: readonly string[]): string {
  const [only] = accounts;
  return only !== undefined && accounts.length === 1 ? only : ARN_PLACEHOLDERS.account;
}

/** The partition that the ARNs of a text name first. */
export function partitionIn(text: string): string {
  return /"arn:(aws[\w-]*):/.exec(text)?.[1] ?? 'aws';
}
