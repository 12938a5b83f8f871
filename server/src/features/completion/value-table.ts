/**
 * The values that condition keys take, as data. In `<…>` stands what the user fills in; a value with a wildcard is
 * offered only under operators that read it as one.
 */

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

const KEY_SPECS = `SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1
  HMAC_224 HMAC_256 HMAC_384 HMAC_512 SM2`;

const PAIR_SPECS = 'RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1 SM2';

const INSTANCE_TYPES =
  't3.micro t3.small t3.medium t4g.micro t4g.small m7i.large c7i.large r7i.large t3.* t4g.* *.metal';

/** What services write into the encryption context of KMS.
 * https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html */
export const ENCRYPTION_CONTEXTS = words('aws:s3:arn aws:ebs:id aws:logs:arn SecretARN PARAMETER_ARN');

/** By key in lower case; each list in the order of use. */
export const VALUES: Readonly<Record<string, readonly string[]>> = {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
  'aws:principaltype': words('AssumedRole User FederatedUser Account Anonymous'),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
  'aws:userid': words('AROA<role-id>:* AROA<role-id>:<session-name> AIDA<user-id>'),
  'aws:username': words('<user-name>'),
  'aws:principalorgpaths': words(
    'o-<organization>/r-<root>/ou-<unit>/ o-<organization>/r-<root>/ou-<unit>/* o-<organization>/*',
  ),
  'aws:resourceorgpaths': words(
    'o-<organization>/r-<root>/ou-<unit>/ o-<organization>/r-<root>/ou-<unit>/* o-<organization>/*',
  ),
  'aws:sourceorgpaths': words(
    'o-<organization>/r-<root>/ou-<unit>/ o-<organization>/r-<root>/ou-<unit>/* o-<organization>/*',
  ),
  'aws:vpceorgpaths': words(
    'o-<organization>/r-<root>/ou-<unit>/ o-<organization>/r-<root>/ou-<unit>/* o-<organization>/*',
  ),
  'aws:multifactorauthage': words('3600 900 43200'),
  'aws:epochtime': words('1893456000'),
  'aws:sourcevpc': words('vpc-<id>'),
  'aws:ec2instancesourcevpc': words('vpc-<id>'),
  'aws:sourcevpce': words('vpce-<id>'),
  'aws:federatedprovider': words('arn:aws:iam::<account-id>:oidc-provider/<issuer>'),
  'aws:referer': words('https://<your-site>/*'),
  'ec2:roledelivery': words('2.0 1.0'),

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
  'sts:externalid': words('<external-id>'),
  'sts:rolesessionname': words('${aws:username} <session-name>'),
  'sts:sourceidentity': words('${aws:username} <source-identity>'),
  'sts:durationseconds': words('3600 900 43200'),
  'saml:aud': words('https://signin.aws.amazon.com/saml'),
  'saml:sub_type': words('persistent transient'),
  'saml:doc': words('<account-id>/<provider-name>'),
  'saml:iss': words('<entity-id-of-the-identity-provider>'),

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
  's3:x-amz-acl': words(`bucket-owner-full-control bucket-owner-read private public-read public-read-write
    authenticated-read aws-exec-read log-delivery-write`),
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
  's3:x-amz-server-side-encryption': words('aws:kms AES256 aws:kms:dsse'),
  's3:x-amz-server-side-encryption-customer-algorithm': words('AES256'),
  's3:x-amz-storage-class': words(`STANDARD STANDARD_IA INTELLIGENT_TIERING ONEZONE_IA GLACIER_IR GLACIER DEEP_ARCHIVE
    REDUCED_REDUNDANCY`),
  's3:x-amz-metadata-directive': words('COPY REPLACE'),
  's3:x-amz-object-ownership': words('BucketOwnerEnforced BucketOwnerPreferred ObjectWriter'),
  's3:x-amz-content-sha256': words('UNSIGNED-PAYLOAD'),
  's3:object-lock-mode': words('GOVERNANCE COMPLIANCE'),
  's3:object-lock-event-hold': words('ON OFF'),
  's3:object-lock-legal-hold': words('ON OFF'),
  's3:object-lock-remaining-retention-days': words('30 365'),
  's3:x-amz-copy-source': words('<bucket>/<key> <bucket>/*'),
  's3:x-amz-grant-full-control': words('id=<canonical-user-id>'),
  's3:x-amz-grant-read': words('id=<canonical-user-id>'),
  's3:x-amz-grant-write': words('id=<canonical-user-id>'),
  's3:signatureversion': words('AWS4-HMAC-SHA256 AWS'),
  's3:signatureage': words('600000'),
  's3:authtype': words('REST-HEADER REST-QUERY-STRING POST'),
  's3:tlsversion': words('1.2 1.3'),
  's3:accesspointnetworkorigin': words('VPC Internet'),
  's3:prefix': words('${aws:username}/* <prefix>/* <prefix>/'),
  's3:delimiter': words('/'),
  's3:max-keys': words('10 100 1000'),

  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policy-structure.html#amazon-ec2-keys
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
  'ec2:instancetype': words(INSTANCE_TYPES),
  'autoscaling:instancetype': words(INSTANCE_TYPES),
  'ec2:metadatahttptokens': words('required optional'),
  'autoscaling:metadatahttptokens': words('required optional'),
  'ec2:metadatahttpendpoint': words('enabled disabled'),
  'ec2:metadatahttpputresponsehoplimit': words('1 2'),
  'ec2:instancemetadatatags': words('enabled disabled'),
  'ec2:tenancy': words('default dedicated host'),
  'ec2:volumetype': words('gp3 gp2 io2 io1 st1 sc1 standard'),
  'ec2:volumesize': words('100'),
  'ec2:volumeiops': words('3000'),
  'ec2:rootdevicetype': words('ebs instance-store'),
  'ec2:instancemarkettype': words('on-demand spot capacity-block'),
  'ec2:placementgroupstrategy': words('cluster spread partition'),
  'ec2:permission': words('INSTANCE-ATTACH EIP-ASSOCIATE'),
  'ec2:keypairtype': words('ed25519 rsa'),
  'ec2:owner': words('amazon aws-marketplace <account-id>'),
  'ec2:vpceserviceowner': words('amazon aws-marketplace <account-id>'),
  'ec2:vpceservicename': words('com.amazonaws.<region>.s3 com.amazonaws.<region>.<service> com.amazonaws.*'),
  'ec2:availabilityzone': words('<region>a'),
  'ec2:imageid': words('ami-<id>'),
  'ec2:instanceid': words('i-<id>'),
  'ec2:volumeid': words('vol-<id>'),
  'ec2:snapshotid': words('snap-<id>'),
  'ec2:routetableid': words('rtb-<id>'),
  'ec2:internetgatewayid': words('igw-<id>'),
  'ec2:networkinterfaceid': words('eni-<id>'),
  'ec2:networkaclid': words('acl-<id>'),
  'ec2:allocationid': words('eipalloc-<id>'),
  'ec2:dhcpoptionsid': words('dopt-<id>'),
  'ec2:vpcpeeringconnectionid': words('pcx-<id>'),
  'ec2:transitgatewayid': words('tgw-<id>'),

  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
  'kms:keyspec': words(KEY_SPECS),
  'kms:customermasterkeyspec': words(KEY_SPECS),
  'kms:datakeypairspec': words(PAIR_SPECS),
  'kms:keyusage': words('ENCRYPT_DECRYPT SIGN_VERIFY GENERATE_VERIFY_MAC KEY_AGREEMENT'),
  'kms:customermasterkeyusage': words('ENCRYPT_DECRYPT SIGN_VERIFY GENERATE_VERIFY_MAC KEY_AGREEMENT'),
  'kms:keyorigin': words('AWS_KMS EXTERNAL AWS_CLOUDHSM EXTERNAL_KEY_STORE'),
  'kms:grantoperations':
    words(`Decrypt Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo
    CreateGrant RetireGrant DescribeKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext Sign Verify GetPublicKey
    GenerateMac VerifyMac DeriveSharedSecret`),
  'kms:grantconstrainttype': words('EncryptionContextEquals EncryptionContextSubset'),
  'kms:encryptionalgorithm': words('SYMMETRIC_DEFAULT RSAES_OAEP_SHA_256 RSAES_OAEP_SHA_1 SM2PKE'),
  'kms:signingalgorithm': words(`RSASSA_PSS_SHA_256 RSASSA_PSS_SHA_384 RSASSA_PSS_SHA_512 RSASSA_PKCS1_V1_5_SHA_256
    RSASSA_PKCS1_V1_5_SHA_384 RSASSA_PKCS1_V1_5_SHA_512 ECDSA_SHA_256 ECDSA_SHA_384 ECDSA_SHA_512 SM2DSA`),
  'kms:macalgorithm': words('HMAC_SHA_256 HMAC_SHA_224 HMAC_SHA_384 HMAC_SHA_512'),
  'kms:messagetype': words('RAW DIGEST'),
  'kms:expirationmodel': words('KEY_MATERIAL_EXPIRES KEY_MATERIAL_DOES_NOT_EXPIRE'),
  'kms:multiregionkeytype': words('PRIMARY REPLICA'),
  'kms:encryptioncontextkeys': ENCRYPTION_CONTEXTS,
  'kms:encryptioncontext:aws:s3:arn': words('arn:aws:s3:::<bucket> arn:aws:s3:::<bucket>/*'),
  'kms:encryptioncontext:aws:logs:arn': words('arn:aws:logs:<region>:<account-id>:log-group:<log-group>'),
  'kms:encryptioncontext:secretarn': words('arn:aws:secretsmanager:<region>:<account-id>:secret:<secret>-*'),
  'kms:encryptioncontext:parameter_arn': words('arn:aws:ssm:<region>:<account-id>:parameter/<parameter>'),
  'kms:requestalias': words('alias/<alias-name>'),
  'kms:resourcealiases': words('alias/<alias-name>'),
  'kms:schedulekeydeletionpendingwindowindays': words('30 7'),
  'kms:rotationperiodindays': words('365 90'),

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
  'dynamodb:select': words('SPECIFIC_ATTRIBUTES ALL_ATTRIBUTES ALL_PROJECTED_ATTRIBUTES COUNT'),
  'dynamodb:returnvalues': words('NONE ALL_OLD UPDATED_OLD ALL_NEW UPDATED_NEW'),
  'dynamodb:returnconsumedcapacity': words('NONE TOTAL INDEXES'),
  'dynamodb:leadingkeys': words('${aws:username} ${aws:PrincipalTag/<tag-key>} ${cognito-identity.amazonaws.com:sub}'),

  // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  'lambda:functionurlauthtype': words('AWS_IAM NONE'),
  // https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html#sns-policy-keys
  'sns:protocol': words('https http email email-json sqs lambda sms application firehose'),
  'sns:endpoint': words('https://<host>/* *@<your-domain> arn:aws:sqs:<region>:<account-id>:<queue>'),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
  'cloudwatch:namespace':
    words(`<namespace> CWAgent AWS/EC2 AWS/Lambda AWS/S3 AWS/RDS AWS/DynamoDB AWS/ECS AWS/SQS AWS/SNS
    AWS/ApplicationELB AWS/ApiGateway AWS/Logs AWS/Usage`),
  // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
  'rds:databaseengine': words(`postgres mysql mariadb aurora-postgresql aurora-mysql oracle-ee oracle-se2 sqlserver-ee
    sqlserver-se sqlserver-ex sqlserver-web db2-se db2-ae`),
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
  'events:source': words('aws.<service> <your-source>'),
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_version
  'secretsmanager:versionstage': words('AWSCURRENT AWSPREVIOUS AWSPENDING'),
  'secretsmanager:recoverywindowindays': words('7 30'),
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
  'elasticloadbalancing:scheme': words('internal internet-facing'),
  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html
  'organizations:policytype': words(`SERVICE_CONTROL_POLICY RESOURCE_CONTROL_POLICY TAG_POLICY BACKUP_POLICY
    AISERVICES_OPT_OUT_POLICY CHATBOT_POLICY DECLARATIVE_POLICY_EC2`),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html#using-iam-conditions
  'cloudformation:resourcetypes': words('AWS::<service>::<type> AWS::<service>::*'),
  // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
  'route53:changeresourcerecordsetsactions': words('CREATE UPSERT DELETE'),
  'route53:changeresourcerecordsetsrecordtypes': words('A AAAA CNAME TXT MX NS CAA SRV PTR SOA DS'),
  'route53:changeresourcerecordsetsnormalizedrecordnames': words('<name>.<your-domain> *.<your-domain>'),
  // https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
  'application-autoscaling:service-namespace':
    words(`ecs dynamodb lambda ec2 rds sagemaker elasticache appstream cassandra
    comprehend custom-resource elasticmapreduce kafka neptune`),
};

/** Endings of the names of keys that hold ids, and the form of the id. */
export const ID_FORMS: readonly (readonly [ending: RegExp, value: string])[] = [
  [/vpcids?$/, 'vpc-<id>'],
  [/subnets?$|subnetids?$/, 'subnet-<id>'],
  [/securitygroupids?$|securitygroups$/, 'sg-<id>'],
];

/**
 * Services that roles are passed to, the most used first.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const ROLE_TAKERS = words(`ec2 lambda ecs-tasks ecs states glue sagemaker codebuild codepipeline cloudformation
  scheduler events pipes firehose ssm eks pods.eks batch bedrock apigateway appsync elasticmapreduce rds monitoring.rds
  redshift dms backup transfer config cloudtrail vpc-flow-logs autoscaling application-autoscaling spotfleet
  elasticbeanstalk tasks.apprunner build.apprunner emr-serverless kinesisanalytics datasync imagebuilder`);

/**
 * Services that call others with the rights of whoever called them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export const CALLERS = words('cloudformation athena dynamodb glue backup lakeformation imagebuilder');

/** Services with a service-linked role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html */
export const LINKED = words(`elasticloadbalancing autoscaling ecs rds spot spotfleet ssm config eks elasticache
  application-insights resource-explorer-2 access-analyzer guardduty`);

/**
 * Services through which KMS keys are used, by the first part of the value.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const VIA_SERVICES = words(`s3 ec2 rds dynamodb secretsmanager lambda sqs sns kinesis ssm elasticfilesystem logs
  glue redshift sagemaker backup firehose fsx es elasticache bedrock ecr workspaces codeartifact kafka`);

/**
 * The resources for which services call others, by service principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const SOURCES: Readonly<Record<string, readonly string[]>> = {
  's3.amazonaws.com': ['arn:aws:s3:::<bucket>'],
  'logging.s3.amazonaws.com': ['arn:aws:s3:::<source-bucket>'],
  'sns.amazonaws.com': ['arn:aws:sns:<region>:<account-id>:<topic>'],
  'sqs.amazonaws.com': ['arn:aws:sqs:<region>:<account-id>:<queue>'],
  'events.amazonaws.com': ['arn:aws:events:<region>:<account-id>:rule/<rule>'],
  'scheduler.amazonaws.com': ['arn:aws:scheduler:<region>:<account-id>:schedule-group/<group>'],
  'pipes.amazonaws.com': ['arn:aws:pipes:<region>:<account-id>:pipe/<pipe>'],
  'states.amazonaws.com': ['arn:aws:states:<region>:<account-id>:stateMachine:<state-machine>'],
  'lambda.amazonaws.com': ['arn:aws:lambda:<region>:<account-id>:function:<function>'],
  'apigateway.amazonaws.com': ['arn:aws:execute-api:<region>:<account-id>:<api-id>/<stage>/<method>/<path>'],
  'cloudfront.amazonaws.com': ['arn:aws:cloudfront::<account-id>:distribution/<distribution-id>'],
  'cloudtrail.amazonaws.com': ['arn:aws:cloudtrail:<region>:<account-id>:trail/<trail>'],
  'cloudwatch.amazonaws.com': ['arn:aws:cloudwatch:<region>:<account-id>:alarm:<alarm>'],
  'lambda.alarms.cloudwatch.amazonaws.com': ['arn:aws:cloudwatch:<region>:<account-id>:alarm:<alarm>'],
  'delivery.logs.amazonaws.com': ['arn:aws:logs:<region>:<account-id>:*'],
  'logs.amazonaws.com': [
    'arn:aws:logs:<region>:<account-id>:log-group:<log-group>:*',
    'arn:aws:logs:<region>:<account-id>:*',
  ],
  'vpc-flow-logs.amazonaws.com': ['arn:aws:ec2:<region>:<account-id>:vpc-flow-log/*'],
  'codebuild.amazonaws.com': ['arn:aws:codebuild:<region>:<account-id>:project/<project>'],
  'codepipeline.amazonaws.com': ['arn:aws:codepipeline:<region>:<account-id>:<pipeline>'],
  'ecs-tasks.amazonaws.com': ['arn:aws:ecs:<region>:<account-id>:*'],
  'pods.eks.amazonaws.com': ['arn:aws:eks:<region>:<account-id>:cluster/<cluster>'],
  'rolesanywhere.amazonaws.com': ['arn:aws:rolesanywhere:<region>:<account-id>:trust-anchor/<trust-anchor-id>'],
  'rds.amazonaws.com': ['arn:aws:rds:<region>:<account-id>:db:<database>'],
  'monitoring.rds.amazonaws.com': ['arn:aws:rds:<region>:<account-id>:db:<database>'],
  'ses.amazonaws.com': ['arn:aws:ses:<region>:<account-id>:receipt-rule-set/<rule-set>:receipt-rule/<rule>'],
  'cognito-idp.amazonaws.com': ['arn:aws:cognito-idp:<region>:<account-id>:userpool/<user-pool-id>'],
};

/** ARNs by key in lower case, where the key's name does not tell which resource it is. */
export const ARNS: Readonly<Record<string, readonly string[]>> = {
  'aws:principalarn': [
    'arn:aws:iam::<account-id>:role/<role-name>',
    'arn:aws:iam::<account-id>:user/<user-name>',
    'arn:aws:iam::<account-id>:root',
    'arn:aws:iam::*:role/<role-name>',
    'arn:aws:iam::*:root',
    'arn:aws:iam::<account-id>:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_<permission-set>_*',
  ],
  // https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
  'iam:policyarn': [
    'arn:aws:iam::<account-id>:policy/<policy-name>',
    'arn:aws:iam::aws:policy/<policy-name>',
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::aws:policy/ReadOnlyAccess',
    'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
    'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  ],
  'iam:permissionsboundary': ['arn:aws:iam::<account-id>:policy/<boundary-name>'],
  'iam:associatedresourcearn': [
    'arn:aws:ec2:<region>:<account-id>:instance/*',
    'arn:aws:lambda:<region>:<account-id>:function:<function>',
  ],
};
