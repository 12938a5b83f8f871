import { CHARS, createRandom, mutate, mutateValue, POLICIES, type Random } from './texts.ts';

/** The text of one case: the same for the same seed and number, so that a failure can be had again. */
export function generate(seed: number, index: number): string {
  const random = createRandom((Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0);
  switch (index % 8) {
    case 0:
      return mutate(random.pick(POLICIES), random);
    case 1:
      return mutateValue(mutateValue(random.pick(POLICIES), random), random);
    case 2:
      return soup(random);
    case 3:
      return policy(random);
    case 4:
      return mutate(policy(random), random);
    case 5: {
      const text = policy(random);
      return text.slice(0, random.below(text.length + 1));
    }
    case 6: {
      const text = policy(random);
      const at = random.below(text.length);
      return text.slice(0, at) + text.slice(at + 1);
    }
    default:
      return mutateValue(policy(random), random);
  }
}

const TOKENS: readonly [string, ...string[]] = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  'true',
  'null',
  '-0',
  '12e3',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '// x\n',
  '/* x */',
  '"Version"',
  '"2012-10-17"',
  '"Statement"',
  '"Effect"',
  '"Allow"',
  '"Deny"',
  '"Action"',
  '"NotAction"',
  '"s3:*"',
  '"s3:Get?bject"',
  '"Resource"',
  '"*"',
  '"arn:aws:s3:::b/${aws:username}"',
  '"Principal"',
  '"AWS"',
  '"123456789012"',
  '"Condition"',
  '"StringLike"',
  '"aws:PrincipalTag/team"',
  '"\\u0041ction"',
  '"\\ud83d"',
  '"${"',
];

function soup(random: Random): string {
  let text = '';
  for (let tokens = random.below(80); tokens > 0; tokens--) text += random.pick(TOKENS);
  return text;
}

const ACTIONS: readonly [string, ...string[]] = [
  '*',
  's3:GetObject',
  's3:getobject',
  's3:Get*',
  's3:*Object',
  's3:ListBucket',
  's3:GetObjet',
  'ec2:RunInstances',
  'ec2:Describe*',
  'iam:PassRole',
  'iam:CreateServiceLinkedRole',
  'sts:AssumeRole',
  'sts:AssumeRoleWithWebIdentity',
  'sts:TagSession',
  'kms:Decrypt',
  'kms:*',
  'lambda:InvokeFunction',
  'dynamodb:GetItem',
  'sqs:SendMessage',
  'nosuch:Thing',
  '*:*',
  's3*:Get*',
  '',
];
const RESOURCES: readonly [string, ...string[]] = [
  '*',
  'arn:aws:s3:::amzn-s3-demo-bucket',
  'arn:aws:s3:::amzn-s3-demo-bucket/*',
  'arn:aws:s3:::*',
  'arn:aws:iam::123456789012:role/app',
  'arn:aws:iam::*:role/*',
  'arn:aws-cn:ec2:cn-north-1:123456789012:instance/i-0123456789abcdef0',
  'arn:aws:dynamodb:eu-central-1:123456789012:table/${aws:username}',
  'arn:aws:lambda:us-east-1:12345:function:greet',
  'arn:aws:kms:${Region}:<account-id>:key/*',
  'arn:aws:sqs:*:*:*',
  'bucket',
];
const OPERATORS: readonly [string, ...string[]] = [
  'StringEquals',
  'StringLike',
  'StringNotEqualsIfExists',
  'ArnLike',
  'ForAnyValue:StringLike',
  'ForAllValues:StringEquals',
  'Bool',
  'BoolIfExists',
  'Null',
  'IpAddress',
  'NumericLessThan',
  'DateGreaterThan',
  'stringequals',
  'NoSuchOperator',
];
const KEYS: readonly [string, ...string[]] = [
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:PrincipalOrgID',
  'aws:MultiFactorAuthPresent',
  'aws:SourceIp',
  'aws:TagKeys',
  'aws:RequestTag/team',
  's3:prefix',
  'iam:PassedToService',
  'kms:ViaService',
  'token.actions.githubusercontent.com:sub',
  'sts:ExternalId',
  'aws:nosuchkey',
  'nocolon',
];
const VALUES: readonly [string, ...string[]] = [
  '"*"',
  '"true"',
  'false',
  '3600',
  '"10.0.0.0/8"',
  '"2001:db8::/32"',
  '"2026-01-01T00:00:00Z"',
  '"arn:aws:iam::123456789012:role/*"',
  '"lambda.amazonaws.com"',
  '"repo:my-org/my-repo:*"',
  '"${aws:username}"',
  '"${aws:PrincipalTag/team, \'none\'}"',
  '["a", "b", "a"]',
  '[]',
  'null',
];
const PRINCIPALS: readonly [string, ...string[]] = [
  '"*"',
  '{ "AWS": "*" }',
  '{ "AWS": "arn:aws:iam::123456789012:root" }',
  '{ "AWS": ["123456789012", "arn:aws:iam::123456789012:role/app", "AIDAEXAMPLEEXAMPLE"] }',
  '{ "Service": ["ec2.amazonaws.com", "lambda.eu-central-1.amazonaws.com", "ec2"] }',
  '{ "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }',
  '{ "Federated": "cognito-identity.amazonaws.com" }',
  '{ "CanonicalUser": "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be" }',
];

/** A policy by the grammar, with a flaw here and there. */
function policy(random: Random): string {
  const chance = (of: number): boolean => random.below(of) === 0;
  const oneOrMany = (items: readonly [string, ...string[]]): string => {
    if (chance(2)) return JSON.stringify(random.pick(items));
    return JSON.stringify(Array.from({ length: random.below(5) }, () => random.pick(items)));
  };
  const condition = (): string => {
    const clauses = Array.from({ length: 1 + random.below(3) }, () => {
      const keys = Array.from({ length: 1 + random.below(2) }, () => `"${random.pick(KEYS)}": ${random.pick(VALUES)}`);
      return `"${random.pick(OPERATORS)}": { ${keys.join(', ')} }`;
    });
    return `{ ${clauses.join(', ')} }`;
  };
  const statement = (): string => {
    const members: string[] = [];
    if (chance(3)) members.push(`"Sid": "${random.pick(['A', 'Read logs', 'A', ''])}"`);
    if (!chance(20)) members.push(`"Effect": "${random.pick(['Allow', 'Allow', 'Deny', 'allow'])}"`);
    if (chance(3)) members.push(`"${chance(6) ? 'NotPrincipal' : 'Principal'}": ${random.pick(PRINCIPALS)}`);
    if (!chance(20)) members.push(`"${chance(6) ? 'NotAction' : 'Action'}": ${oneOrMany(ACTIONS)}`);
    if (!chance(5)) members.push(`"${chance(6) ? 'NotResource' : 'Resource'}": ${oneOrMany(RESOURCES)}`);
    if (chance(2)) members.push(`"Condition": ${condition()}`);
    if (chance(30)) members.push('"Extra": 1');
    return `{ ${members.join(chance(4) ? ',\r\n\t' : ', ')} }`;
  };
  const statements = Array.from({ length: random.below(4) }, statement);
  const list = statements.length === 1 && chance(2) ? (statements[0] ?? '{}') : `[${statements.join(', ')}]`;
  const bare = chance(12);
  const text = bare
    ? statement()
    : `{ ${chance(10) ? '' : `"Version": "${random.pick(['2012-10-17', '2012-10-17', '2008-10-17', '2012'])}", `}"Statement": ${list} }`;
  return chance(10) ? text.replace(/[A-Za-z]/, () => random.pick(CHARS)) : text;
}
