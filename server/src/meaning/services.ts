import type { Catalogue } from '../catalogue/types.ts';

/** What people call a service whose full name is long, by prefix. */
const SHORT: Readonly<Record<string, string>> = {
  'acm-pca': 'Private CA',
  acm: 'Certificate Manager',
  apigateway: 'API Gateway',
  'application-autoscaling': 'Application Auto Scaling',
  autoscaling: 'EC2 Auto Scaling',
  cassandra: 'Keyspaces',
  'cognito-identity': 'Cognito identity pools',
  'cognito-idp': 'Cognito user pools',
  ebs: 'EBS',
  ecr: 'ECR',
  ecs: 'ECS',
  eks: 'EKS',
  elasticfilesystem: 'EFS',
  'execute-api': 'API Gateway APIs',
  iam: 'IAM',
  kafka: 'MSK',
  kinesis: 'Kinesis',
  kms: 'KMS',
  logs: 'CloudWatch Logs',
  mobiletargeting: 'Pinpoint',
  sso: 'IAM Identity Center',
  sts: 'STS',
  swf: 'SWF',
  tag: 'the tagging API',
};

/** A short name for sentences: `S3`, `DynamoDB`, `IAM`; the prefix itself for a service nobody knows. */
export function nameService(prefix: string, catalogue: Pick<Catalogue, 'serviceName'>): string {
  const key = prefix.toLowerCase();
  const short = Object.hasOwn(SHORT, key) ? SHORT[key] : undefined;
  if (short !== undefined) return short;
  const name = catalogue.serviceName(key);
  return name === undefined ? prefix : shortenName(name);
}

/** `Amazon S3` as `S3`, `AWS Resource Access Manager (RAM)` as `RAM`. */
export function shortenName(name: string): string {
  const abbreviation = /\(([A-Z]{2,6})\)$/.exec(name)?.[1];
  return abbreviation ?? name.replace(/^(?:Amazon|AWS) /, '').replace(/ \([^)]*\)$/, '');
}
