/** What may be done: one template for each common task of an identity. */
import type { WritableValue } from '../../syntax/json-writer.ts';
import { type StatementValue, type Template, templatesFor } from './template.ts';

const template = templatesFor('identity', 'permissions-boundary', 'session');

const allow = (
  sid: string,
  actions: string | readonly string[],
  resources: string | readonly string[],
  condition?: WritableValue,
): StatementValue => ({
  Sid: sid,
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition !== undefined && { Condition: condition }),
});

const TABLE = 'arn:aws:dynamodb:{region}:{account}:table/{table}';
const LOG_GROUP = 'arn:aws:logs:{region}:{account}:log-group:{logGroup}:*';
const KEY = 'arn:aws:kms:{region}:{account}:key/{key}';

export const PERMISSION_TEMPLATES: readonly Template[] = [
  template(
    's3-read',
    'Read objects in S3',
    'List a bucket and read its objects.',
    allow('ListBucket', 's3:ListBucket', 'arn:aws:s3:::{bucket}'),
    allow('ReadObjects', 's3:GetObject', 'arn:aws:s3:::{bucket}/*'),
  ),
  template(
    's3-write',
    'Write objects to S3',
    'Add and replace the objects of a bucket, without deleting them.',
    allow(
      'WriteObjects',
      ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      'arn:aws:s3:::{bucket}/*',
    ),
  ),
  template(
    's3-delete',
    'Delete objects in S3',
    'Delete the objects of a bucket, but no former versions.',
    allow('DeleteObjects', 's3:DeleteObject', 'arn:aws:s3:::{bucket}/*'),
  ),
  template(
    'dynamodb-read',
    'Read a DynamoDB table',
    'Read items of a table, also through its indexes.',
    allow(
      'ReadTable',
      ['dynamodb:BatchGetItem', 'dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan'],
      [TABLE, `${TABLE}/index/*`],
    ),
  ),
  template(
    'dynamodb-write',
    'Write to a DynamoDB table',
    'Add, change and delete items of a table.',
    allow(
      'WriteTable',
      ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
      TABLE,
    ),
  ),
  template(
    'kms-use',
    'Encrypt and decrypt with a KMS key',
    'Use one key; the policy of the key must allow it, too.',
    allow('UseKey', ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'], KEY),
  ),
  template(
    'assume-role',
    'Assume a role',
    'Take on another role; its trust policy must allow it, too.',
    allow('AssumeRole', 'sts:AssumeRole', 'arn:aws:iam::{account}:role/{role}'),
  ),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
  template(
    'pass-role',
    'Hand a role to a service (PassRole)',
    'Start something that runs with a certain role, for one service only.',
    allow('PassRole', 'iam:PassRole', 'arn:aws:iam::{account}:role/{passedRole}', {
      StringEquals: { 'iam:PassedToService': '{passedTo}' },
    }),
  ),
  template(
    'logs-write',
    'Write logs to CloudWatch',
    'Write to one log group, and create it.',
    allow('WriteLogs', ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], LOG_GROUP),
  ),
  template(
    'secret-read',
    'Read a secret',
    'Read one secret of Secrets Manager.',
    allow(
      'ReadSecret',
      ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      // Secrets Manager ends the name in an ARN with a hyphen and six characters of its own.
      'arn:aws:secretsmanager:{region}:{account}:secret:{secret}-??????',
    ),
  ),
  template(
    'parameter-read',
    'Read SSM parameters',
    'Read the Systems Manager parameters below a path.',
    allow(
      'ReadParameters',
      ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      'arn:aws:ssm:{region}:{account}:parameter/{parameter}',
    ),
  ),
  template(
    'sqs-send',
    'Send messages to an SQS queue',
    'Put messages in one queue.',
    allow('SendMessages', ['sqs:GetQueueUrl', 'sqs:SendMessage'], 'arn:aws:sqs:{region}:{account}:{queue}'),
  ),
  template(
    'sqs-receive',
    'Receive messages from an SQS queue',
    'Take messages from one queue and delete them when done.',
    allow(
      'ReceiveMessages',
      ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      'arn:aws:sqs:{region}:{account}:{queue}',
    ),
  ),
  template(
    'sns-publish',
    'Publish to an SNS topic',
    'Send messages to the subscribers of one topic.',
    allow('PublishToTopic', 'sns:Publish', 'arn:aws:sns:{region}:{account}:{topic}'),
  ),
  template(
    'lambda-invoke',
    'Call a Lambda function',
    'Invoke one function, also its versions and aliases.',
    allow('InvokeFunction', 'lambda:InvokeFunction', [
      'arn:aws:lambda:{region}:{account}:function:{function}',
      'arn:aws:lambda:{region}:{account}:function:{function}:*',
    ]),
  ),
];
