/**
 * Names that people know from the API, the command line or the console, but that are not what a policy takes. The
 * reference data cannot tell: it lists permissions only.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */

/** API operations without a permission of their own, by lower-case id: the actions that allow them. */
const OPERATIONS: Readonly<Record<string, string>> = {
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:HeadBucket': 's3:ListBucket',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:ListMultipartUploads': 's3:ListBucketMultipartUploads',
  's3:ListParts': 's3:ListMultipartUploadParts',
  's3:HeadObject': 's3:GetObject',
  's3:SelectObjectContent': 's3:GetObject',
  's3:CopyObject': 's3:GetObject s3:PutObject',
  's3:UploadPartCopy': 's3:GetObject s3:PutObject',
  's3:CreateMultipartUpload': 's3:PutObject',
  's3:UploadPart': 's3:PutObject',
  's3:CompleteMultipartUpload': 's3:PutObject',
  's3:PostObject': 's3:PutObject',
  's3:DeleteObjects': 's3:DeleteObject',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:GetBucketLifecycle': 's3:GetLifecycleConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:PutBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:PutBucketReplication': 's3:PutReplicationConfiguration',
  's3:DeleteBucketReplication': 's3:PutReplicationConfiguration',
  's3:DeleteBucketCors': 's3:PutBucketCORS',
  's3:DeleteBucketTagging': 's3:PutBucketTagging',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:PutBucketNotificationConfiguration': 's3:PutBucketNotification',
  's3:GetBucketAccelerateConfiguration': 's3:GetAccelerateConfiguration',
  's3:PutBucketAccelerateConfiguration': 's3:PutAccelerateConfiguration',
  's3:GetBucketAnalyticsConfiguration': 's3:GetAnalyticsConfiguration',
  's3:PutBucketAnalyticsConfiguration': 's3:PutAnalyticsConfiguration',
  's3:GetBucketInventoryConfiguration': 's3:GetInventoryConfiguration',
  's3:PutBucketInventoryConfiguration': 's3:PutInventoryConfiguration',
  's3:GetBucketMetricsConfiguration': 's3:GetMetricsConfiguration',
  's3:PutBucketMetricsConfiguration': 's3:PutMetricsConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:PutObjectLockConfiguration': 's3:PutBucketObjectLockConfiguration',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:DeleteMessageBatch': 'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'sns:PublishBatch': 'sns:Publish',
  'lambda:Invoke': 'lambda:InvokeFunction',
  'dynamodb:TransactGetItems': 'dynamodb:GetItem',
  'dynamodb:TransactWriteItems': 'dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:ConditionCheckItem',
  'dynamodb:ExecuteStatement':
    'dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete',
  'dynamodb:BatchExecuteStatement':
    'dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete',
  'dynamodb:ExecuteTransaction':
    'dynamodb:PartiQLSelect dynamodb:PartiQLInsert dynamodb:PartiQLUpdate dynamodb:PartiQLDelete',
  'kms:ReEncrypt': 'kms:ReEncryptFrom kms:ReEncryptTo',
};

const BY_LOWER = new Map(Object.entries(OPERATIONS).map(([id, actions]) => [id.toLowerCase(), actions.split(' ')]));

/** The actions that allow an API operation which has none of its own name; case-insensitive. */
export function actionsForOperation(id: string): readonly string[] | undefined {
  return BY_LOWER.get(id.toLowerCase());
}

/** Every operation of the table, as written. */
export const OPERATION_IDS: readonly string[] = Object.keys(OPERATIONS);

/** Product, SDK and command-line names of services whose actions have another prefix. */
const SERVICE_ALIASES: Readonly<Record<string, string>> = {
  alb: 'elasticloadbalancing',
  'api-gateway': 'apigateway',
  apigatewaymanagementapi: 'execute-api',
  apigatewayv2: 'apigateway',
  'bedrock-agent': 'bedrock',
  'bedrock-runtime': 'bedrock',
  'certificate-manager': 'acm',
  certificatemanager: 'acm',
  cloudwatchevents: 'events',
  'cloudwatch-events': 'events',
  cloudwatchlogs: 'logs',
  'cloudwatch-logs': 'logs',
  cognito: 'cognito-idp',
  'cost-explorer': 'ce',
  costexplorer: 'ce',
  docdb: 'rds',
  documentdb: 'rds',
  efs: 'elasticfilesystem',
  eventbridge: 'events',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  emr: 'elasticmapreduce',
  'iot-data': 'iot',
  'kinesis-firehose': 'firehose',
  msk: 'kafka',
  nlb: 'elasticloadbalancing',
  parameterstore: 'ssm',
  'parameter-store': 'ssm',
  resourcegroupstaggingapi: 'tag',
  'sagemaker-runtime': 'sagemaker',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
  sesv2: 'ses',
  stepfunctions: 'states',
  'step-functions': 'states',
  sfn: 'states',
  'systems-manager': 'ssm',
  systemsmanager: 'ssm',
};

export const SERVICE_ALIAS_NAMES: readonly string[] = Object.keys(SERVICE_ALIASES);

/** The prefix of a service known under another name; case-insensitive. */
export function prefixForAlias(name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(SERVICE_ALIASES, key) ? SERVICE_ALIASES[key] : undefined;
}

/** Names that were gone before the oldest data we know, but still stand in old policies and templates. */
const FORMER: Readonly<Record<string, string>> = {
  awsbillingconsole: '',
  'elastic-inference': '',
  iot1click: '',
  macie: 'macie2',
  zocalo: 'workdocs',
};

/** A service that was retired long ago, with the prefix of its successor if it has one; case-insensitive. */
export function formerService(prefix: string): { readonly successor: string | undefined } | undefined {
  const key = prefix.toLowerCase();
  return Object.hasOwn(FORMER, key) ? { successor: FORMER[key] || undefined } : undefined;
}

/** An action that was retired long ago. `SNS:Receive` stood in the topic policies that the SNS console wrote. */
export function isFormerAction(id: string): boolean {
  return id.toLowerCase() === 'sns:receive';
}
