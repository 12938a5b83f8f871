/** What a resource lets in: bucket, queue, key and endpoint policies. */
import type { WritableValue } from '../../syntax/json-writer.ts';
import { type StatementValue, type Template, templatesFor } from './template.ts';

const bucket = templatesFor('resource:s3');
const queue = templatesFor('resource:sqs');
const key = templatesFor('resource:kms');
const endpoint = templatesFor('vpc-endpoint');

const statement = (
  sid: string,
  effect: 'Allow' | 'Deny',
  principal: WritableValue,
  actions: string | readonly string[],
  resources: string | readonly string[],
  condition?: WritableValue,
): StatementValue => ({
  Sid: sid,
  Effect: effect,
  Principal: principal,
  Action: actions,
  Resource: resources,
  ...(condition !== undefined && { Condition: condition }),
});

const BUCKET = 'arn:aws:s3:::{bucket}';
const OBJECTS = 'arn:aws:s3:::{bucket}/*';
const BOTH = [BUCKET, OBJECTS];

export const RESOURCE_TEMPLATES: readonly Template[] = [
  bucket(
    'bucket-account-read',
    'Let another account read the bucket',
    'Its administrators decide which of their users and roles may.',
    statement('ListBucket', 'Allow', { AWS: 'arn:aws:iam::{otherAccount}:root' }, 's3:ListBucket', BUCKET),
    statement('ReadObjects', 'Allow', { AWS: 'arn:aws:iam::{otherAccount}:root' }, 's3:GetObject', OBJECTS),
  ),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  bucket(
    'bucket-access-logs',
    'Let S3 deliver access logs',
    'For the bucket that receives the access logs of another one.',
    statement(
      'DeliverAccessLogs',
      'Allow',
      { Service: 'logging.s3.amazonaws.com' },
      's3:PutObject',
      'arn:aws:s3:::{logBucket}/*',
      { StringEquals: { 'aws:SourceAccount': '{account}' }, ArnLike: { 'aws:SourceArn': BUCKET } },
    ),
  ),
  bucket(
    'bucket-tls',
    'Never reach the bucket without TLS',
    'Deny requests to the bucket that are not encrypted on their way.',
    statement('DenyWithoutTls', 'Deny', '*', 's3:*', BOTH, { Bool: { 'aws:SecureTransport': 'false' } }),
  ),
  // Null: an upload that names no encryption takes the default of the bucket.
  bucket(
    'bucket-encryption',
    'Never store objects with another encryption than KMS',
    'Deny uploads that ask for another encryption; those that ask for none take the bucket’s default.',
    statement('DenyOtherEncryption', 'Deny', '*', 's3:PutObject', OBJECTS, {
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' },
      Null: { 's3:x-amz-server-side-encryption': 'false' },
    }),
  ),
  bucket(
    'bucket-organization',
    'Never let anyone outside your organization into the bucket',
    'Deny everybody else, but for AWS services.',
    statement('DenyOutsideOrganization', 'Deny', '*', 's3:*', BOTH, {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': '{organization}' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
  ),
  bucket(
    'bucket-vpc-endpoint',
    'Never reach objects from outside your VPC endpoint',
    'Deny reading and writing objects by any other way, but for AWS services.',
    statement('DenyOutsideVpcEndpoint', 'Deny', '*', ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], OBJECTS, {
      StringNotEquals: { 'aws:SourceVpce': '{vpcEndpoint}' },
      Bool: { 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
    }),
  ),
  // https://docs.aws.amazon.com/sns/latest/dg/subscribe-sqs-queue-to-sns-topic.html
  queue(
    'queue-topic',
    'Let an SNS topic send to the queue',
    'The topic delivers its messages to the queue.',
    statement(
      'ReceiveFromTopic',
      'Allow',
      { Service: 'sns.amazonaws.com' },
      'sqs:SendMessage',
      'arn:aws:sqs:{region}:{account}:{queue}',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:{region}:{account}:{topic}' } },
    ),
  ),
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
  key(
    'key-account',
    'Let IAM policies of the account decide',
    'Without this, nobody but the principals named here can ever use or change the key.',
    statement('EnableIamPolicies', 'Allow', { AWS: 'arn:aws:iam::{account}:root' }, 'kms:*', '*'),
  ),
  key(
    'key-administration',
    'Let a role manage the key',
    'Change and delete the key, without using it.',
    statement(
      'ManageKey',
      'Allow',
      { AWS: 'arn:aws:iam::{account}:role/{administrator}' },
      [
        'kms:CancelKeyDeletion',
        'kms:Create*',
        'kms:Delete*',
        'kms:Describe*',
        'kms:Disable*',
        'kms:Enable*',
        'kms:Get*',
        'kms:List*',
        'kms:Put*',
        'kms:Revoke*',
        'kms:ScheduleKeyDeletion',
        'kms:TagResource',
        'kms:UntagResource',
        'kms:Update*',
      ],
      '*',
    ),
  ),
  key(
    'key-use',
    'Let a role encrypt and decrypt with the key',
    'Use the key, also through services that keep data encrypted with it.',
    statement(
      'UseKey',
      'Allow',
      { AWS: 'arn:aws:iam::{account}:role/{keyUser}' },
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      '*',
    ),
    statement(
      'GrantToServices',
      'Allow',
      { AWS: 'arn:aws:iam::{account}:role/{keyUser}' },
      ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      '*',
      { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    ),
  ),
  // https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
  endpoint(
    'endpoint-organization',
    'Only your organization, and only its own resources',
    'Data perimeter: no strangers through the endpoint, and no data to others.',
    statement('OwnPrincipalsToOwnResources', 'Allow', '*', '*', '*', {
      StringEquals: { 'aws:PrincipalOrgID': '{organization}', 'aws:ResourceOrgID': '{organization}' },
    }),
    statement('AwsServices', 'Allow', '*', '*', '*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } }),
  ),
];
