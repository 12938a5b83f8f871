/**
 * How long a policy may be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 * and, for policies of resources, the quotas page or the API model of each service.
 */

export interface PolicyQuota {
  readonly limit: number;
  readonly unit: 'characters' | 'bytes';
  /** False where AWS strips white space before it counts. */
  readonly countsWhitespace: boolean;
  /** The default can be raised up to this. */
  readonly raisableTo?: number;
  /** The limit is for all policies of the user, role or group together. */
  readonly shared: boolean;
  /** Documented or in the API model, without contradiction. Otherwise good for a hint, not for an error. */
  readonly sure: boolean;
}

export type QuotaKind =
  | 'managed'
  | 'inline-user'
  | 'inline-role'
  | 'inline-group'
  | 'trust'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'delegation'
  | 'endpoint';

const IAM = { unit: 'characters', countsWhitespace: false, shared: false, sure: true } as const;
const AS_SENT = { unit: 'characters', countsWhitespace: true, shared: false, sure: true } as const;

/** Quotas that do not depend on a service. A permissions boundary is a managed policy. */
export const QUOTAS: Readonly<Record<QuotaKind, PolicyQuota>> = {
  managed: { ...IAM, limit: 6_144 },
  'inline-user': { ...IAM, limit: 2_048, shared: true },
  'inline-role': { ...IAM, limit: 10_240, shared: true },
  'inline-group': { ...IAM, limit: 5_120, shared: true },
  trust: { ...IAM, limit: 2_048, raisableTo: 8_192 },
  // The session's managed policy ARNs count too, and a second limit applies to a packed form nobody can compute.
  session: { ...AS_SENT, limit: 2_048, sure: false },
  // The console strips white space before it sends an SCP or RCP, the API does not. Until 2025 an SCP had 5,120.
  scp: { ...AS_SENT, limit: 10_240 },
  rcp: { ...AS_SENT, limit: 5_120 },
  delegation: { ...AS_SENT, limit: 40_000 },
  endpoint: { ...AS_SENT, limit: 20_480 },
};

/** By service prefix. Where a service has several kinds of resource, the usual one. */
const RESOURCE_LIMITS: Readonly<Record<string, number>> = {
  'acm-pca': 81_920,
  apigateway: 8_192,
  'aws-marketplace': 10_240,
  bedrock: 20_480,
  'bedrock-agentcore': 20_480,
  cloudhsm: 20_000,
  cloudtrail: 8_192,
  codeartifact: 7_168,
  comprehend: 20_000,
  dsql: 20_480,
  dynamodb: 20_480,
  ecr: 10_240,
  'ecr-public': 10_240,
  elasticfilesystem: 20_000,
  es: 102_400,
  events: 10_240,
  'execute-api': 8_192,
  glue: 10_240,
  imagebuilder: 30_000,
  kms: 32_768,
  lambda: 20_480,
  logs: 5_120,
  lookoutequipment: 20_000,
  mediapackagev2: 6_144,
  mediastore: 8_192,
  'network-firewall': 395_000,
  osis: 204_800,
  'payment-cryptography': 20_480,
  rekognition: 2_000,
  route53resolver: 30_000,
  s3: 20_480,
  s3tables: 20_480,
  sagemaker: 20_480,
  secretsmanager: 20_480,
  'sms-voice': 10_000,
  sns: 30_720,
  sqs: 8_192,
  'ssm-contacts': 395_000,
  'ssm-incidents': 4_000,
  'vpc-lattice': 10_000,
  wafv2: 395_000,
};

/** Raisable, often quoted but not documented, or given differently in two places. */
const UNSURE = new Set(['apigateway', 'es', 'execute-api', 'kms', 'logs', 'sns', 'vpc-lattice']);

/** Quota of the policy of a service's resource, by service prefix; `undefined` when AWS states none. */
export function resourceQuota(service: string): PolicyQuota | undefined {
  const prefix = service.toLowerCase();
  const limit = Object.hasOwn(RESOURCE_LIMITS, prefix) ? RESOURCE_LIMITS[prefix] : undefined;
  if (limit === undefined) return undefined;
  return {
    ...AS_SENT,
    limit,
    unit: prefix === 'sqs' || prefix === 's3' ? 'bytes' : 'characters',
    sure: !UNSURE.has(prefix),
  };
}

/**
 * Size of a JSON policy document as the quota counts it. White space inside strings always counts: taking it out would
 * change the policy.
 */
export function measurePolicy(json: string, quota: Pick<PolicyQuota, 'unit' | 'countsWhitespace'>): number {
  if (quota.unit === 'characters') return quota.countsWhitespace ? json.length : lengthStripped(json);
  const text = quota.countsWhitespace ? json : stripWhitespace(json);
  let bytes = 0;
  for (let index = 0; index < text.length; index++) bytes += countBytes(text.charCodeAt(index));
  return bytes;
}

/** A JSON text without the white space between its tokens. */
export function stripWhitespace(json: string): string {
  return json.replace(STRING_OR_SPACE, (part) => (part.startsWith('"') ? part : ''));
}

/** The length of {@link stripWhitespace} of a text, without making it. */
export function lengthStripped(json: string): number {
  let length = json.length;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) at = closingQuote(json, at);
    else if (code === 32 || (code > 8 && code < 14) || (code > 127 && /\s/.test(json.charAt(at)))) length--;
  }
  return length;
}

/** Where the string that starts at an offset ends; behind the text when it does not. */
function closingQuote(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); at >= 0; at = json.indexOf('"', at + 1)) {
    let escapes = at;
    while (json.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
    if ((at - escapes) % 2 === 0) return at;
  }
  return json.length;
}

const QUOTE = 34;
const BACKSLASH = 92;

const STRING_OR_SPACE = /"[^"\\]*(?:\\.[^"\\]*)*"?|\s+/gs;

/** UTF-8 bytes of a UTF-16 unit; a surrogate is half of a character of four. */
function countBytes(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800 || (code >= 0xd800 && code <= 0xdfff)) return 2;
  return 3;
}
