/** The answers to "Who needs access?": the doors of the trust templates, and the policies that stand alone. */
import type { KindSetting } from '../../lint/settings.ts';
import { TEMPLATES } from '../templates/templates.ts';

/** Who comes through a door; it decides which conditions make sense. */
export type Caller = 'person' | 'role' | 'account' | 'service' | 'federated' | 'anyone';

export interface Door {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail: string;
  readonly caller: Caller;
  /** The trust template, for a role. */
  readonly trust?: string;
  /** The kind of the policy that says what may be done. */
  readonly kind: KindSetting;
  /** What is taken when nobody says otherwise. */
  readonly usual: readonly string[];
}

const role = (group: string, id: string, label: string, caller: Caller): Door => {
  const trust = `trust-${id}`;
  const detail = TEMPLATES.find((template) => template.id === trust)?.detail ?? '';
  return { id, group, label, detail, caller, trust, kind: 'identity', usual: [] };
};

const alone = (
  group: string,
  kind: KindSetting,
  label: string,
  detail: string,
  usual: readonly string[] = [],
): Door => ({
  id: kind,
  group,
  label,
  detail,
  caller: kind === 'identity' ? 'person' : 'anyone',
  kind,
  usual,
});

const AWS = 'a role for AWS services';
const OUTSIDE = 'a role for pipelines, machines and people from outside';
const ACCOUNTS = 'a role for accounts, roles and users';
const NO_ROLE = 'no role: one policy';

export const DOORS: readonly Door[] = [
  role(AWS, 'ec2', 'EC2 instances', 'service'),
  role(AWS, 'lambda', 'Lambda functions', 'service'),
  role(AWS, 'ecs-task', 'ECS tasks', 'service'),
  role(AWS, 'eks-pod-identity', 'EKS pods, through Pod Identity', 'service'),
  role(AWS, 'eks-irsa', 'EKS pods, through IRSA', 'federated'),
  role(AWS, 'service', 'Another AWS service', 'service'),
  role(OUTSIDE, 'github-branch', 'GitHub Actions, one branch', 'federated'),
  role(OUTSIDE, 'github-environment', 'GitHub Actions, one environment', 'federated'),
  role(OUTSIDE, 'gitlab', 'GitLab CI/CD', 'federated'),
  role(OUTSIDE, 'saml', 'People who sign in through SAML', 'federated'),
  role(OUTSIDE, 'cognito', 'Users of an app, through a Cognito identity pool', 'federated'),
  role(OUTSIDE, 'roles-anywhere', 'Machines with a certificate, through Roles Anywhere', 'service'),
  role(ACCOUNTS, 'external-id', 'A vendor or partner, from their account', 'account'),
  role(ACCOUNTS, 'organization-account', 'Another account of your organization', 'account'),
  role(ACCOUNTS, 'organization-role', 'Roles of one name in your organization', 'account'),
  role(ACCOUNTS, 'role', 'Another role of your account', 'role'),
  role(ACCOUNTS, 'user', 'A user of your account, with MFA', 'person'),
  alone(NO_ROLE, 'identity', 'A user, group or role that exists', 'A permission policy to attach to it.'),
  alone(
    NO_ROLE,
    'permissions-boundary',
    'The most a user or role can ever do',
    'A permissions boundary. It grants nothing by itself.',
  ),
  alone(NO_ROLE, 'scp', 'The accounts of your organization', 'A service control policy: what they can never do.'),
  alone(NO_ROLE, 'rcp', 'The resources of your organization', 'A resource control policy: whom they never let in.', [
    'rcp-organization',
  ]),
  alone(NO_ROLE, 'resource:s3', 'An S3 bucket', 'A bucket policy.', ['bucket-tls']),
  alone(NO_ROLE, 'resource:sqs', 'An SQS queue', 'A queue policy.', ['queue-topic']),
  alone(NO_ROLE, 'resource:kms', 'A KMS key', 'A key policy.', ['key-account']),
  alone(NO_ROLE, 'vpc-endpoint', 'A VPC endpoint', 'What may pass through it.', ['endpoint-organization']),
];
