/** The actions of large services that most policies name; in a list of a service's actions they come first. */
const USUAL: Readonly<Record<string, string>> = {
  s3: 'GetObject PutObject ListBucket DeleteObject GetBucketLocation',
  dynamodb: 'GetItem PutItem Query Scan UpdateItem DeleteItem BatchGetItem BatchWriteItem',
  kms: 'Decrypt Encrypt GenerateDataKey DescribeKey ReEncryptFrom ReEncryptTo CreateGrant',
  sqs: 'SendMessage ReceiveMessage DeleteMessage GetQueueAttributes GetQueueUrl',
  sns: 'Publish Subscribe',
  lambda: 'InvokeFunction GetFunction UpdateFunctionCode',
  logs: 'CreateLogGroup CreateLogStream PutLogEvents DescribeLogStreams',
  iam: 'PassRole GetRole CreateServiceLinkedRole',
  sts: 'AssumeRole AssumeRoleWithWebIdentity TagSession GetCallerIdentity',
  secretsmanager: 'GetSecretValue DescribeSecret',
  ssm: 'GetParameter GetParameters GetParametersByPath PutParameter StartSession',
  ec2: 'DescribeInstances StartInstances StopInstances RunInstances CreateTags',
  ecr: 'BatchGetImage GetDownloadUrlForLayer GetAuthorizationToken BatchCheckLayerAvailability PutImage',
  ecs: 'RunTask UpdateService DescribeServices RegisterTaskDefinition ExecuteCommand',
  eks: 'DescribeCluster',
  events: 'PutEvents PutRule PutTargets',
  states: 'StartExecution DescribeExecution',
  cloudwatch: 'PutMetricData GetMetricData',
  kinesis: 'PutRecord PutRecords GetRecords GetShardIterator',
  bedrock: 'InvokeModel InvokeModelWithResponseStream',
};

/** Ids of actions, such as `s3:GetObject`, with their place among the usual ones of their service. */
export const USUAL_ACTIONS: ReadonlyMap<string, number> = new Map(
  Object.entries(USUAL).flatMap(([prefix, names]) =>
    names.split(' ').map((name, index) => [`${prefix}:${name}`, index] as const),
  ),
);
