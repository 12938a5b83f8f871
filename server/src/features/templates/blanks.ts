/** What the blanks of the templates are, how to ask for them, and the word that stands there until somebody answers. */

export interface Blank {
  /** A short question. */
  readonly ask: string;
  /** Words that AWS keeps for examples, where there are such. */
  readonly word: string;
  /** A regular expression that the whole answer must match, and what to say where it does not. */
  readonly pattern: string;
  readonly hint: string;
  /** May be filled in several times: one entry of a list for each. */
  readonly many?: true;
}

const ACCOUNT = { word: '111122223333', pattern: '\\d{12}', hint: 'An account id has 12 digits.' };
const NAME = { pattern: '[\\w+=,.@*/-]{1,512}', hint: 'Letters, digits and + = . @ - _ / * only.' };
/** Where a wildcard would not be one: in a principal, or compared by StringEquals. */
const EXACT = { pattern: '[\\w+=,.@/-]{1,512}', hint: 'Letters, digits and + = . @ - _ / only, without wildcards.' };
const WORD = { pattern: '[^\\s"{}*?]+', hint: 'One word, without spaces and wildcards.' };

const ALL = {
  account: { ...ACCOUNT, ask: 'Your own AWS account id' },
  otherAccount: { ...ACCOUNT, word: '444455556666', ask: 'Id of the account that is let in', many: true },
  region: {
    ask: 'Region',
    word: 'us-east-1',
    pattern: '[a-z]{2,}(-[a-z]+)+-\\d',
    hint: 'A Region such as eu-central-1.',
    many: true,
  },
  organization: {
    ask: 'Id of your organization',
    word: 'o-a1b2c3d4e5',
    pattern: 'o-[a-z0-9]{10,32}',
    hint: 'An organization id looks like o-a1b2c3d4e5.',
  },
  user: { ...EXACT, ask: 'Name of the user', word: 'Alice', many: true },
  callerRole: { ...EXACT, ask: 'Name of the role that is let in', word: 'Deploy', many: true },
  service: {
    ask: 'Which AWS service, by its principal name',
    word: 'states.amazonaws.com',
    pattern: '[a-z0-9-]+(\\.[a-z0-9-]+)*\\.amazonaws\\.com(\\.cn)?',
    hint: 'The name of a service principal, such as states.amazonaws.com.',
  },
  externalId: {
    ask: 'External id that the other party gave you',
    word: 'issued-by-the-other-party',
    pattern: '[\\w+=,.@:/-]{2,1224}',
    hint: 'At least 2 characters: letters, digits and + = , . @ : / - _.',
  },
  clusterId: {
    ask: 'Id of the EKS cluster’s OIDC issuer (the end of its URL)',
    word: 'EXAMPLED539D4633E53DE1B71EXAMPLE',
    pattern: '[A-Z0-9]{32}',
    hint: '32 capital letters and digits.',
  },
  namespace: { ...WORD, ask: 'Kubernetes namespace', word: 'default' },
  serviceAccount: { ...WORD, ask: 'Kubernetes service account', word: 'my-service-account' },
  repository: {
    ask: 'GitHub repository',
    word: 'my-org/my-repo',
    pattern: '[\\w.-]+/[\\w.-]+',
    hint: 'Organization and repository, as in my-org/my-repo.',
    many: true,
  },
  project: {
    ask: 'GitLab project',
    word: 'my-group/my-project',
    pattern: '[\\w.-]+(/[\\w.-]+)+',
    hint: 'Group and project, as in my-group/my-project.',
    many: true,
  },
  branch: { ...WORD, ask: 'Branch', word: 'main', many: true },
  environment: { ...WORD, ask: 'GitHub environment', word: 'production', many: true },
  samlProvider: { ...EXACT, ask: 'Name of the SAML provider in IAM', word: 'MySamlProvider' },
  identityPool: {
    ask: 'Id of the Cognito identity pool',
    word: 'us-east-1:12345678-abcd-abcd-abcd-123456790ab',
    pattern: '[\\w-]+:[0-9a-f-]+',
    hint: 'Region and id, as in us-east-1:12345678-….',
  },
  trustAnchor: {
    ask: 'Id of the Roles Anywhere trust anchor',
    word: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111',
    pattern: '[\\w-]+',
    hint: 'Letters, digits and hyphens.',
  },
  commonName: { ...WORD, ask: 'Common name (CN) in the certificate', word: 'build-server-1', many: true },
  bucket: {
    ask: 'Name of the bucket',
    word: 'amzn-s3-demo-bucket',
    pattern: '[a-z0-9*.-]{1,63}',
    hint: 'Small letters, digits, dots and hyphens.',
    many: true,
  },
  logBucket: {
    ask: 'Name of the bucket that receives the logs',
    word: 'amzn-s3-demo-logging-bucket',
    pattern: '[a-z0-9.-]{3,63}',
    hint: '3 to 63 small letters, digits, dots and hyphens.',
  },
  table: { ...NAME, ask: 'Name of the DynamoDB table', word: 'MyTable', many: true },
  key: {
    ask: 'Id of the KMS key',
    word: '1234abcd-12ab-34cd-56ef-1234567890ab',
    pattern: '(mrk-)?[0-9a-f-]{32,36}',
    hint: 'A key id such as 1234abcd-12ab-34cd-56ef-1234567890ab.',
    many: true,
  },
  role: { ...NAME, ask: 'Name of the role to assume', word: 'MyRole', many: true },
  passedRole: { ...NAME, ask: 'Name of the role to hand over', word: 'MyTaskRole', many: true },
  passedTo: {
    ask: 'Service that the role is handed to',
    word: 'ecs-tasks.amazonaws.com',
    pattern: '[a-z0-9-]+(\\.[a-z0-9-]+)*\\.amazonaws\\.com(\\.cn)?',
    hint: 'The name of a service principal, such as ecs-tasks.amazonaws.com.',
  },
  logGroup: { ...NAME, ask: 'Name of the log group', word: '/my-app', many: true },
  queue: { ...NAME, ask: 'Name of the SQS queue', word: 'my-queue', many: true },
  topic: { ...NAME, ask: 'Name of the SNS topic', word: 'my-topic', many: true },
  secret: { ...NAME, ask: 'Name of the secret', word: 'my-secret', many: true },
  parameter: {
    ask: 'Path of the SSM parameters',
    word: 'my-app/*',
    pattern: '[\\w.*-][\\w.*/-]*',
    hint: 'As in my-app/password: without a slash in front.',
    many: true,
  },
  function: { ...NAME, ask: 'Name of the Lambda function', word: 'my-function', many: true },
  vpcEndpoint: {
    ask: 'Id of your VPC endpoint',
    word: 'vpce-1a2b3c4d',
    pattern: 'vpce-[0-9a-f]{8,17}',
    hint: 'A VPC endpoint id looks like vpce-1a2b3c4d.',
    many: true,
  },
  network: {
    ask: 'Public address range of your network',
    word: '203.0.113.0/24',
    pattern: '[0-9a-fA-F.:]+(/\\d{1,3})?',
    hint: 'A range such as 203.0.113.0/24.',
    many: true,
  },
  administrator: { ...EXACT, ask: 'Name of the role that manages the key', word: 'KeyAdministrator', many: true },
  keyUser: { ...EXACT, ask: 'Name of the role that encrypts and decrypts with the key', word: 'MyRole', many: true },
  day: {
    ask: 'Last day of access',
    word: '2030-12-31',
    pattern: '\\d{4}-\\d{2}-\\d{2}',
    hint: 'A day such as 2030-12-31.',
  },
  exemptRole: { ...NAME, ask: 'Name of the role that may still do it', word: 'SecurityAdministrator', many: true },
} as const satisfies Readonly<Record<string, Blank>>;

export type BlankName = keyof typeof ALL;

export const BLANKS: Readonly<Record<BlankName, Blank>> = ALL;

export function wordOf(name: BlankName): string {
  return BLANKS[name].word;
}
