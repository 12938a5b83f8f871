import { guidePage } from '../../catalogue/pages.ts';
import { explainPrincipal, explainPrincipals, nameIssuer } from '../../meaning/principals.ts';
import { capitalise } from '../../meaning/words.ts';
import { isDeny, type PrincipalBlock, type PrincipalEntry } from '../../policy/model.ts';
import {
  type InvalidPrincipal,
  PRINCIPAL_TYPES,
  type PrincipalIdentity,
  type PrincipalType,
  typeOfPrincipal,
} from '../../policy/principal.ts';
import type { ValueNode } from '../../syntax/tree.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { type Hover, isOn, prose, type StatementContext, sayAccount } from './context.ts';

const PAGE = 'reference_policies_elements_principal';

/** Where the page of the Principal element speaks of each form. */
const SECTIONS: Partial<Readonly<Record<PrincipalIdentity['who'], string>>> = {
  anyone: '#principal-anonymous',
  account: '#principal-accounts',
  role: '#principal-roles',
  session: '#principal-role-session',
  service: '#principal-services',
  'oidc-provider': '#principal-federated-web-identity',
  'web-identity': '#principal-federated-web-identity',
};

function pageOf(who?: PrincipalIdentity['who']): string {
  return guidePage(`${PAGE}${(who && SECTIONS[who]) ?? ''}`);
}

/** What may stand under each key of the Principal map. */
const TYPE_TEXTS: Readonly<Record<PrincipalType, string>> = {
  AWS: 'Accounts, users, roles and sessions, by ARN or account number.',
  Service: 'AWS services that act in their own name, such as `ec2.amazonaws.com`.',
  Federated:
    'People or machines that sign in through an identity provider: SAML, or OpenID Connect such as GitHub Actions.',
  CanonicalUser:
    'An account by its canonical ID, 64 hexadecimal digits. Only Amazon S3 uses it; an account number says the same.',
};

const WRONG: Readonly<Record<InvalidPrincipal, string>> = {
  empty: 'Nobody is named here.',
  'partial-wildcard':
    'A wildcard cannot be part of a principal. Name it in full, or write `*` and narrow it by a condition.',
  group: 'A group cannot be a principal: it carries policies but never signs in. Name its users or a role.',
  'instance-profile': 'An instance profile cannot be a principal. Name the role in it.',
  'not-principal-arn': 'This ARN names nobody who could sign in. Name an account, a user, a role or a session.',
  'not-arn': 'This is neither an ARN nor an account number.',
  'account-length': 'An account number has 12 digits.',
  url: 'Write the provider without `https://`.',
  'not-provider': 'This is not an identity provider.',
  'service-wildcard': 'A service principal cannot hold a wildcard. Name each service.',
  'not-service': 'This is not the name of a service principal: they look like `ec2.amazonaws.com`.',
  'not-canonical': 'A canonical ID has 64 hexadecimal digits.',
};

/** What a service does with a role or a resource, by principal name. */
const SERVICE_USES: Readonly<Record<string, string>> = {
  'ec2.amazonaws.com': 'EC2 hands the role to programs on an instance, through an instance profile.',
  'lambda.amazonaws.com': "Lambda runs a function with the role: the function's execution role.",
  'ecs-tasks.amazonaws.com': 'ECS hands the role to the containers of a task.',
  'ecs.amazonaws.com': 'ECS itself uses it, to manage load balancers and network interfaces.',
  'eks.amazonaws.com': 'The control plane of an EKS cluster uses it.',
  'pods.eks.amazonaws.com': 'EKS Pod Identity hands the role to pods. It needs sts:TagSession too.',
  'states.amazonaws.com': 'Step Functions runs a state machine with it.',
  'events.amazonaws.com': 'EventBridge uses it to call the targets of a rule.',
  'scheduler.amazonaws.com': 'EventBridge Scheduler uses it to call what a schedule starts.',
  'apigateway.amazonaws.com': 'API Gateway uses it to call what stands behind an API, or to write logs.',
  'cloudformation.amazonaws.com': 'CloudFormation creates the resources of a stack with it.',
  'codebuild.amazonaws.com': 'CodeBuild runs builds with it.',
  'codepipeline.amazonaws.com': 'CodePipeline runs pipelines with it.',
  'cloudtrail.amazonaws.com': 'CloudTrail delivers its logs.',
  'config.amazonaws.com': 'AWS Config reads resources and delivers its records.',
  'cloudfront.amazonaws.com': 'CloudFront reads what it serves from the origin.',
  'delivery.logs.amazonaws.com': 'Several services deliver logs through it.',
  's3.amazonaws.com': 'S3 uses it for replication, inventory and event notifications.',
  'sns.amazonaws.com': 'SNS delivers the messages of a topic.',
  'sqs.amazonaws.com': 'SQS acts on its queues.',
  'logs.amazonaws.com': 'CloudWatch Logs delivers log data.',
  'glue.amazonaws.com': 'Glue runs crawlers and jobs with it.',
  'sagemaker.amazonaws.com': 'SageMaker runs notebooks, training and endpoints with it.',
  'rolesanywhere.amazonaws.com': 'Machines outside AWS sign in with certificates through IAM Roles Anywhere.',
};

/** The keys of the Principal map, and the plain `"*"`. */
export function hoverPrincipalType(
  block: PrincipalBlock,
  value: ValueNode,
  context: StatementContext,
  offset: number,
): Hover | undefined {
  const title = block.negated ? 'Everyone except' : 'Principal';
  if (block.everyone && isOn(value.span, offset)) {
    return {
      span: value.span,
      markdown: renderBox({ title, value: '*', text: [sayAnyone(context)], link: pageOf('anyone') }),
    };
  }
  if (value.type === 'string' && isOn(value.span, offset)) {
    const type = typeOfPrincipal(value.value);
    const under = type ? `: ${code(type)} for this one` : '';
    return {
      span: value.span,
      markdown: renderBox({
        title,
        value: value.value,
        text: [`A principal stands under a key that says what it is${under}. Only ${code('"*"')} stands alone.`],
        link: pageOf(),
      }),
    };
  }
  const key = value.type === 'object' ? value.members.find((member) => isOn(member.key.span, offset))?.key : undefined;
  const type = PRINCIPAL_TYPES.find((one) => one === key?.value);
  if (!key || !type) return undefined;
  const named = {
    ...block,
    entries: block.entries.filter((one) => one.type === type && one.identity.who !== 'invalid'),
  };
  const who = prose(capitalise(explainPrincipals(named, context.catalogue)), context);
  return {
    span: key.span,
    markdown: renderBox({ title, value: type, text: [who && `${who}.`, TYPE_TEXTS[type]], link: pageOf() }),
  };
}

function sayAnyone({ classification, statement }: StatementContext): string {
  if (isDeny(statement)) return 'Everybody: users, roles and services of every account, and those who do not sign in.';
  const held =
    statement.conditions.length > 0
      ? 'only the conditions of the statement hold them back'
      : 'no condition holds them back';
  return classification.kind === 'trust'
    ? `Anyone with AWS credentials, in any account: ${held}.`
    : `Anyone, in any account, even without signing in: ${held}.`;
}

/** A principal value: who exactly that is. */
export function hoverPrincipal(entry: PrincipalEntry, context: StatementContext): Hover {
  const { identity } = entry;
  const title = entry.block.negated ? 'Everyone except' : 'Principal';
  const who = prose(capitalise(explainPrincipal(entry, context.catalogue)), context);
  const box = (text: readonly string[], facts: readonly Fact[] = []): Hover => ({
    span: entry.node.span,
    markdown: renderBox({ title, value: entry.node.value, text, facts, link: pageOf(identity.who) }),
  });
  switch (identity.who) {
    case 'anyone':
      return box([sayAnyone(context)]);
    case 'account':
      return box(
        [
          `${who}.`,
          `This is the whole account${identity.asRoot ? ', not only its root user' : ''}: every user and role in it that its own policies let through.`,
        ],
        [
          ['Account', sayAccount(identity.account, context)],
          ['Narrower', 'name a role ARN, or add a condition on `aws:PrincipalArn`'],
        ],
      );
    case 'user':
    case 'role':
      return box(
        [
          `${who}.`,
          `${identity.who === 'role' ? sayRole(identity.path, identity.name) : ''}AWS keeps its unique ID: a new ${identity.who} of the same name is not the same.`,
        ],
        [
          ['Account', sayAccount(identity.account, context)],
          ['Path', identity.path === '/' ? '' : code(identity.path)],
        ],
      );
    case 'session':
      return box(
        [`${who}.`, `Only sessions called ${code(identity.session)}; whoever assumes the role chooses that name.`],
        [['Account', sayAccount(identity.account, context)]],
      );
    case 'federated-user':
      return box([`${who}.`, 'A session that a user of the account started with GetFederationToken.']);
    case 'origin-access-identity':
      return box([`${who}.`, 'An older way for CloudFront to read a bucket; origin access control has replaced it.']);
    case 'deleted':
      return box([
        `The unique ID of a ${identity.kind}. AWS writes it where the ARN of a ${identity.kind} stood that has been deleted, so this most likely names nobody. Put the ARN of an existing one here.`,
      ]);
    case 'service':
      return box(...describeService(identity.name, who, context));
    case 'oidc-provider':
      return box(
        [
          `${who}.`,
          `They sign in with a token of ${code(identity.issuer)}. Conditions on ${code(`${identity.issuer}:sub`)} say which of them.`,
        ],
        [
          ['Provider', 'OpenID Connect'],
          ['Account', sayAccount(identity.account, context)],
        ],
      );
    case 'web-identity':
      return box([
        `${escapeMarkdown(capitalise(nameIssuer(identity.issuer)))}.`,
        'This provider is built into AWS and shared by everybody: a condition on its audience must say which application is yours.',
      ]);
    case 'saml-provider':
      return box(
        [
          `${who}.`,
          'They assume the role with `sts:AssumeRoleWithSAML`; a condition on `SAML:aud` says at which sign-in page.',
        ],
        [
          ['Provider', 'SAML 2.0'],
          ['Account', sayAccount(identity.account, context)],
        ],
      );
    case 'canonical-user':
      return box([`${who}.`, 'Only Amazon S3 uses such IDs; an account number says the same.']);
    case 'unknown':
      return box([
        'Part of this is filled in later. Who it will be is not known here, so nothing about it is checked.',
      ]);
    case 'invalid':
      return box([WRONG[identity.why]]);
  }
}

/** Roles that AWS makes are known by their path. */
function sayRole(path: string, name: string): string {
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1];
  if (path.startsWith('/aws-reserved/sso.amazonaws.com/') && set !== undefined) {
    return `IAM Identity Center made this role for the permission set ${code(set)}. Every session of it. `;
  }
  if (path.startsWith('/aws-service-role/')) return 'A service-linked role: only an AWS service can assume it. ';
  return 'Every session of this role. ';
}

function describeService(
  name: string,
  who: string,
  { catalogue }: StatementContext,
): readonly [readonly string[], readonly Fact[]] {
  const known = catalogue.servicePrincipal(name);
  const base = known?.name ?? name;
  const use = Object.hasOwn(SERVICE_USES, base) ? SERVICE_USES[base] : undefined;
  const facts: Fact[] = [
    ['Service', known?.label ? escapeMarkdown(known.label) : ''],
    ['Region', known?.region ? code(known.region) : ''],
  ];
  if (!known?.listed) {
    return [
      [
        `${who}.`,
        `It has the shape of a service principal, but is not among those known on ${catalogue.date}; AWS publishes no complete list.`,
      ],
      facts,
    ];
  }
  return [[`${who}, acting in its own name.${use ? ` ${use}` : ''}`], facts];
}
