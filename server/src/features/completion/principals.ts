import { lookUp } from '../../base/look-up.ts';
import { splitArn } from '../../policy/arn.ts';
import { findProvider } from '../../policy/federation.ts';
import { BUILT_IN_PROVIDERS, identifyPrincipal } from '../../policy/principal.ts';
import { type ArnForm, type ArnSegments, fillIn, type Given, givenIn, offerSegments } from './arn-segments.ts';
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
      return offerArns(context, AWS_ARNS, offerAws);
    case 'Federated':
      return offerArns(context, PROVIDER_ARNS, offerProviders);
    default:
      return [];
  }
}

/** In the middle of an ARN only the segment at the cursor is meant. */
function offerArns(
  context: CompletionContext,
  arns: ArnSegments,
  offerWhole: (context: CompletionContext) => readonly Completion[],
): readonly Completion[] {
  const segments = offerSegments(context, arns);
  const early = segments.length === 0 || splitArn(context.typed).length <= 3;
  return early ? [...segments, ...offerWhole(context)] : segments;
}

const form = (template: string, detail: string): ArnForm => ({ template, detail, rank: RANK.first });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const IAM_FORMS = [
  form('arn:${Partition}:iam::${Account}:root', 'the whole account'),
  form('arn:${Partition}:iam::${Account}:role/${RoleName}', 'a role'),
  form('arn:${Partition}:iam::${Account}:user/${UserName}', 'a user'),
];
const AWS_FORMS: Readonly<Record<string, readonly ArnForm[]>> = {
  iam: IAM_FORMS,
  sts: [
    form('arn:${Partition}:sts::${Account}:assumed-role/${RoleName}/${SessionName}', 'one session of a role'),
    form('arn:${Partition}:sts::${Account}:federated-user/${UserName}', 'a federated user'),
  ],
};

const PRINCIPALS: ReadonlySet<string> = new Set(['account', 'role', 'user', 'session', 'federated-user']);

const AWS_ARNS: ArnSegments = {
  kind: 'principal',
  services: ['iam', 'sts'],
  others: [],
  formsOf: (service) => lookUp(AWS_FORMS, service) ?? [],
  fits: (arn) => PRINCIPALS.has(identifyPrincipal('AWS', arn).who),
};

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

function offerAws(context: CompletionContext): readonly Completion[] {
  const { known } = context;
  const given = givenIn(context);
  const accounts = known.accounts.slice(0, MOST_ACCOUNTS).map((account): Completion => {
    const name = known.accountNames[account];
    const label = `arn:${given.partition}:iam::${account}:root`;
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
  const templates = IAM_FORMS.map((one) => fill(one, given));
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
  'oidc.eks.<region>.amazonaws.com/id/<cluster-id>',
  'app.terraform.io',
  'agent.buildkite.com',
  'oidc.vercel.com',
] as const;

const PROVIDER_FORMS: readonly ArnForm[] = [
  ...ISSUERS.map((issuer) =>
    form(`arn:\${Partition}:iam::\${Account}:oidc-provider/${issuer}`, findProvider(issuer).name),
  ),
  form('arn:${Partition}:iam::${Account}:oidc-provider/${IssuerHost}', 'another OIDC provider'),
  form('arn:${Partition}:iam::${Account}:saml-provider/${ProviderName}', 'a SAML provider'),
];

const PROVIDER_ARNS: ArnSegments = {
  kind: 'principal',
  services: ['iam'],
  others: [],
  formsOf: (service) => (service === 'iam' ? PROVIDER_FORMS : []),
  fits: (arn) => identifyPrincipal('Federated', arn).who.endsWith('-provider'),
};

function offerProviders(context: CompletionContext): readonly Completion[] {
  const { known } = context;
  const given = givenIn(context);
  const seen = known.arns.flatMap((label): readonly Completion[] => {
    const { who } = identifyPrincipal('Federated', label);
    if (who === 'saml-provider') return [{ label, kind: 'principal', rank: RANK.known, detail: 'a SAML provider' }];
    if (who !== 'oidc-provider') return [];
    return [{ label, kind: 'principal', rank: RANK.known, detail: findProvider(issuerIn(label)).name }];
  });
  const names = new Set(seen.map(({ label }) => label));
  return [
    ...seen,
    ...PROVIDER_FORMS.map((one) => fill(one, given)),
    ...BUILT_IN_PROVIDERS.map(
      (label): Completion => ({ label, kind: 'principal', rank: RANK.rest, detail: findProvider(label).name }),
    ),
  ].filter(({ label, rank }) => rank === RANK.known || !names.has(label));
}

function issuerIn(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function fill({ template, detail }: ArnForm, given: Given): Completion {
  return { ...fillIn(template, given), kind: 'principal', rank: RANK.template, detail };
}
