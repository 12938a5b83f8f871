/** Who may assume a role: one template for each common door. */
import type { WritableValue } from '../../syntax/json-writer.ts';
import { type StatementValue, type Template, templatesFor } from './template.ts';

const template = templatesFor('trust');

const assumedBy = (
  principal: WritableValue,
  condition?: WritableValue,
  action: WritableValue = 'sts:AssumeRole',
): StatementValue => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
  ...(condition !== undefined && { Condition: condition }),
});

const WITH_WEB = 'sts:AssumeRoleWithWebIdentity';
const EKS_ISSUER = 'oidc.eks.{region}.amazonaws.com/id/{clusterId}';
const GITHUB = 'token.actions.githubusercontent.com';

const oidc = (issuer: string, condition: WritableValue): StatementValue =>
  assumedBy({ Federated: `arn:aws:iam::{account}:oidc-provider/${issuer}` }, condition, WITH_WEB);

const github = (subject: string): StatementValue =>
  oidc(GITHUB, { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subject } });

export const TRUST_TEMPLATES: readonly Template[] = [
  template(
    'trust-ec2',
    'Trust EC2 instances',
    'Programs on EC2 instances use the role, through an instance profile.',
    assumedBy({ Service: 'ec2.amazonaws.com' }),
  ),
  template(
    'trust-lambda',
    'Trust Lambda functions',
    'The execution role of Lambda functions.',
    assumedBy({ Service: 'lambda.amazonaws.com' }),
  ),
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
  template(
    'trust-ecs-task',
    'Trust ECS tasks',
    'The task role of ECS tasks in your account, on Fargate or EC2.',
    assumedBy(
      { Service: 'ecs-tasks.amazonaws.com' },
      {
        StringEquals: { 'aws:SourceAccount': '{account}' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:{region}:{account}:*' },
      },
    ),
  ),
  // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
  template(
    'trust-eks-pod-identity',
    'Trust EKS pods (Pod Identity)',
    'Pods of one Kubernetes service account, through EKS Pod Identity.',
    assumedBy(
      { Service: 'pods.eks.amazonaws.com' },
      {
        StringEquals: {
          'aws:RequestTag/kubernetes-namespace': '{namespace}',
          'aws:RequestTag/kubernetes-service-account': '{serviceAccount}',
        },
      },
      ['sts:AssumeRole', 'sts:TagSession'],
    ),
  ),
  // https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
  template(
    'trust-eks-irsa',
    'Trust EKS pods (IRSA)',
    'Pods of one Kubernetes service account, through the OIDC issuer of the cluster.',
    oidc(EKS_ISSUER, {
      StringEquals: {
        [`${EKS_ISSUER}:aud`]: 'sts.amazonaws.com',
        [`${EKS_ISSUER}:sub`]: 'system:serviceaccount:{namespace}:{serviceAccount}',
      },
    }),
  ),
  // https://docs.github.com/actions/reference/security/oidc
  template(
    'trust-github-branch',
    'Trust GitHub Actions, one branch',
    'Workflows of a GitHub repository that run on one branch.',
    github('repo:{repository}:ref:refs/heads/{branch}'),
  ),
  template(
    'trust-github-environment',
    'Trust GitHub Actions, one environment',
    'Jobs of a GitHub repository that deploy to one environment.',
    github('repo:{repository}:environment:{environment}'),
  ),
  // https://docs.gitlab.com/ci/cloud_services/aws/
  template(
    'trust-gitlab',
    'Trust GitLab CI/CD',
    'Jobs of a GitLab.com project that run on one branch.',
    oidc('gitlab.com', {
      StringEquals: {
        'gitlab.com:aud': 'https://gitlab.com',
        'gitlab.com:sub': 'project_path:{project}:ref_type:branch:ref:{branch}',
      },
    }),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
  template(
    'trust-external-id',
    'Trust another party’s account, with external id',
    'A vendor or partner works in your account from theirs.',
    assumedBy({ AWS: 'arn:aws:iam::{otherAccount}:root' }, { StringEquals: { 'sts:ExternalId': '{externalId}' } }),
  ),
  template(
    'trust-organization-account',
    'Trust an account of your organization',
    'Another account, as long as it belongs to your organization.',
    assumedBy(
      { AWS: 'arn:aws:iam::{otherAccount}:root' },
      { StringEquals: { 'aws:PrincipalOrgID': '{organization}' } },
    ),
  ),
  template(
    'trust-organization-role',
    'Trust one role name in all accounts of your organization',
    'Roles of one name, such as a deployment role that every account has.',
    assumedBy(
      { AWS: '*' },
      {
        StringEquals: { 'aws:PrincipalOrgID': '{organization}' },
        ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/{callerRole}' },
      },
    ),
  ),
  template(
    'trust-role',
    'Trust another role of your account',
    'One role takes on another.',
    assumedBy({ AWS: 'arn:aws:iam::{account}:role/{callerRole}' }),
  ),
  template(
    'trust-user',
    'Trust a user with MFA',
    'A user of your account who has signed in with a second factor.',
    assumedBy({ AWS: 'arn:aws:iam::{account}:user/{user}' }, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
  template(
    'trust-saml',
    'Trust people who sign in through SAML',
    'Single sign-on to the AWS console with a SAML identity provider.',
    assumedBy(
      { Federated: 'arn:aws:iam::{account}:saml-provider/{samlProvider}' },
      { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      'sts:AssumeRoleWithSAML',
    ),
  ),
  // https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html
  template(
    'trust-cognito',
    'Trust signed-in users of a Cognito identity pool',
    'The role for authenticated users of an app.',
    assumedBy(
      { Federated: 'cognito-identity.amazonaws.com' },
      {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': '{identityPool}' },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      },
      WITH_WEB,
    ),
  ),
  // https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
  template(
    'trust-roles-anywhere',
    'Trust machines with a certificate (Roles Anywhere)',
    'Servers outside AWS, by the certificate of one trust anchor.',
    assumedBy(
      { Service: 'rolesanywhere.amazonaws.com' },
      {
        StringEquals: { 'aws:PrincipalTag/x509Subject/CN': '{commonName}' },
        ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:{region}:{account}:trust-anchor/{trustAnchor}' },
      },
      ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    ),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
  template(
    'trust-service',
    'Trust another AWS service',
    'A service that works for your account only, such as Step Functions.',
    assumedBy({ Service: '{service}' }, { StringEquals: { 'aws:SourceAccount': '{account}' } }),
  ),
];
