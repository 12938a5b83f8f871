/** What must never happen: explicit denies, which win over any Allow, for identities and for whole organizations. */
import type { WritableValue } from '../../syntax/json-writer.ts';
import { type StatementValue, type Template, templatesFor } from './template.ts';

const anywhere = templatesFor('identity', 'scp', 'permissions-boundary', 'session');
const oneWay = (...parts: Parameters<typeof anywhere>): Template => ({ ...anywhere(...parts), group: 'network' });
const forIdentities = templatesFor('identity', 'permissions-boundary');
const scp = templatesFor('scp');
const rcp = templatesFor('rcp');

const deny = (sid: string, actions: string | readonly string[], condition?: WritableValue): StatementValue => ({
  Sid: sid,
  Effect: 'Deny',
  Action: actions,
  Resource: '*',
  ...(condition !== undefined && { Condition: condition }),
});

const denyAllBut = (sid: string, actions: readonly string[], condition: WritableValue): StatementValue => ({
  Sid: sid,
  Effect: 'Deny',
  NotAction: actions,
  Resource: '*',
  Condition: condition,
});

const denyAnyone = (sid: string, actions: readonly string[], condition: WritableValue): StatementValue => ({
  Sid: sid,
  Effect: 'Deny',
  Principal: '*',
  Action: actions,
  Resource: '*',
  Condition: condition,
});

/**
 * Services that answer in one Region whatever the caller's own, so that a limit on Regions must leave them out.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
export const GLOBAL_ACTIONS = [
  'account:*',
  'aws-marketplace:*',
  'billing:*',
  'budgets:*',
  'ce:*',
  'chatbot:*',
  'cloudfront:*',
  'cur:*',
  'directconnect:*',
  'ec2:DescribeRegions',
  'fms:*',
  'globalaccelerator:*',
  'health:*',
  'iam:*',
  'kms:*',
  'networkmanager:*',
  'organizations:*',
  'pricing:*',
  'route53:*',
  'route53domains:*',
  's3:CreateMultiRegionAccessPoint',
  's3:DeleteMultiRegionAccessPoint',
  's3:GetAccountPublicAccessBlock',
  's3:ListAllMyBuckets',
  's3:ListMultiRegionAccessPoints',
  's3:PutAccountPublicAccessBlock',
  'shield:*',
  'sso:*',
  'sts:*',
  'support:*',
  'tax:*',
  'trustedadvisor:*',
  'waf-regional:*',
  'waf:*',
  'wafv2:*',
];

const DESTROYING_ACTIONS = [
  'backup:DeleteBackupVault',
  'backup:DeleteRecoveryPoint',
  'dynamodb:DeleteBackup',
  'dynamodb:DeleteTable',
  'ec2:DeleteSnapshot',
  'ec2:DeleteVolume',
  'elasticfilesystem:DeleteFileSystem',
  'kms:DisableKey',
  'kms:ScheduleKeyDeletion',
  'rds:DeleteDBCluster',
  'rds:DeleteDBClusterSnapshot',
  'rds:DeleteDBInstance',
  'rds:DeleteDBSnapshot',
  's3:DeleteBucket',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  'secretsmanager:DeleteSecret',
];

const SECURITY_ACTIONS = [
  'access-analyzer:DeleteAnalyzer',
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:StopConfigurationRecorder',
  'guardduty:DeleteDetector',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:StopMonitoringMembers',
  'guardduty:UpdateDetector',
  'inspector2:Disable',
  'macie2:DisableMacie',
  'securityhub:DisableSecurityHub',
  'securityhub:DisassociateFromAdministratorAccount',
];

/** Services whose resources can be shared by a policy of their own, and that both perimeters can hold. */
const SHARED_DATA = ['kms:*', 's3:*', 'secretsmanager:*', 'sqs:*'];

const NOT_FOR_ORGANIZATION = { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '{organization}' } };

export const GUARDRAIL_TEMPLATES: readonly Template[] = [
  anywhere(
    'deny-other-regions',
    'Never outside certain Regions',
    'Deny everything elsewhere, but for services that are global.',
    denyAllBut('DenyOtherRegions', GLOBAL_ACTIONS, { StringNotEquals: { 'aws:RequestedRegion': '{region}' } }),
  ),
  anywhere(
    'deny-delete-data',
    'Never delete data',
    'Deny deleting buckets, objects, tables, databases, backups, keys and secrets.',
    deny('DenyDeletingData', DESTROYING_ACTIONS),
  ),
  anywhere(
    'deny-change-iam',
    'Never change IAM',
    'Deny creating, changing and deleting users, roles and policies.',
    deny('DenyChangingIam', [
      'iam:Add*',
      'iam:Attach*',
      'iam:Create*',
      'iam:Deactivate*',
      'iam:Delete*',
      'iam:Detach*',
      'iam:Put*',
      'iam:Remove*',
      'iam:Set*',
      'iam:Update*',
      'iam:Upload*',
    ]),
  ),
  forIdentities(
    'deny-disable-security',
    'Never switch off security services',
    'Deny stopping CloudTrail, Config, GuardDuty, Security Hub, Macie and Inspector.',
    deny('DenyDisablingSecurity', SECURITY_ACTIONS),
  ),
  // A service that acts on somebody's behalf is inside AWS, whatever the way the caller came.
  oneWay(
    'deny-outside-network',
    'Never from outside your network',
    'Deny what does not come from certain public addresses.',
    deny('DenyOutsideNetwork', '*', {
      NotIpAddress: { 'aws:SourceIp': '{network}' },
      Bool: { 'aws:ViaAWSService': 'false' },
    }),
  ),
  oneWay(
    'deny-outside-vpc-endpoint',
    'Never from outside your VPC endpoint',
    'Deny what does not come through a certain VPC endpoint.',
    deny('DenyOutsideVpcEndpoint', '*', {
      StringNotEquals: { 'aws:SourceVpce': '{vpcEndpoint}' },
      Bool: { 'aws:ViaAWSService': 'false' },
    }),
  ),
  anywhere(
    'deny-outside-organization',
    'Never to resources outside your organization',
    'Deny reaching data of other organizations in S3, SQS, SNS, KMS, DynamoDB and Secrets Manager.',
    deny('DenyOutsideOrganization', ['dynamodb:*', 'kms:*', 's3:*', 'secretsmanager:*', 'sns:*', 'sqs:*'], {
      StringNotEquals: { 'aws:ResourceOrgID': '{organization}' },
      Null: { 'aws:ResourceOrgID': 'false' },
    }),
  ),
  anywhere(
    'deny-without-tls',
    'Never without TLS',
    'Deny requests that are not encrypted on their way.',
    deny('DenyWithoutTls', '*', { Bool: { 'aws:SecureTransport': 'false' } }),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
  forIdentities(
    'deny-without-mfa',
    'Never without MFA',
    'Deny everything but setting up MFA until the user has signed in with a second factor.',
    denyAllBut(
      'DenyWithoutMfa',
      [
        'iam:CreateVirtualMFADevice',
        'iam:EnableMFADevice',
        'iam:GetUser',
        'iam:ListMFADevices',
        'iam:ListVirtualMFADevices',
        'iam:ResyncMFADevice',
        'sts:GetSessionToken',
      ],
      { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    ),
  ),
  scp(
    'scp-leave-organization',
    'Never leave the organization',
    'Deny accounts to leave the organization by themselves.',
    deny('DenyLeavingOrganization', 'organizations:LeaveOrganization'),
  ),
  scp(
    'scp-root-user',
    'Never as root user',
    'Deny everything to the root users of the accounts.',
    deny('DenyRootUser', '*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:root' } }),
  ),
  scp(
    'scp-protect-security',
    'Never switch off security services, but for one role',
    'Deny stopping CloudTrail, Config, GuardDuty, Security Hub, Macie and Inspector.',
    deny('ProtectSecurityServices', SECURITY_ACTIONS, {
      ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/{exemptRole}' },
    }),
  ),
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html
  rcp(
    'rcp-organization',
    'Never let anyone outside your organization reach data',
    'Data perimeter: only your organization and AWS services reach your data.',
    denyAnyone('OnlyMyOrganization', SHARED_DATA, {
      ...NOT_FOR_ORGANIZATION,
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  ),
  rcp(
    'rcp-confused-deputy',
    'Never let AWS services reach data for strangers',
    'Confused deputy: AWS services reach your data for accounts of your organization only.',
    denyAnyone('OnlyServicesForMyOrganization', SHARED_DATA, {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': '{organization}' },
      Null: { 'aws:SourceAccount': 'false' },
      Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
  ),
  rcp(
    'rcp-tls',
    'Never let anyone reach data without TLS',
    'Your data is reached over encrypted connections only.',
    denyAnyone('OnlyWithTls', SHARED_DATA, { BoolIfExists: { 'aws:SecureTransport': 'false' } }),
  ),
];
