/**
 * Condition keys about VPC endpoints that only some services put into their requests.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount
 */
const KEYS: ReadonlySet<string> = new Set(['aws:sourcevpcarn', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths']);

/**
 * Services that have one of these keys, as of autumn 2026. AWS lists them for each key and adds to the lists one by one,
 * so a service that has one key is taken to have the others, too.
 */
const SERVICES: ReadonlySet<string> = new Set(
  `acm-pca applicationinsights apprunner athena b2bi cassandra cloudformation cloudhsmv2 cognito-identity
  comprehendmedical compute-optimizer datasync discovery dms ds-data dynamodb ebs ecr ecs firehose gamelift healthlake
  iam identitystore iotfleetwise iottwinmaker iotwireless kinesis kinesisanalytics kms lambda medical-imaging
  network-firewall omics payment-cryptography polly pricing qbusiness rbin rekognition route53 s3 scheduler
  secretsmanager servicediscovery servicequotas ses shield sms-voice sqs ssm-contacts storagegateway sts textract
  transcribe transfer workmail`.split(/\s+/),
);

/** True for a condition key that only some services have. */
export function isVpceKey(key: string): boolean {
  return KEYS.has(key.toLowerCase());
}

/** Whether requests to a service carry such keys; by its prefix in lower case. */
export function hasVpceKeys(prefix: string): boolean {
  return SERVICES.has(prefix);
}
