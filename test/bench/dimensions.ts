import { readManagedPolicies } from '../corpus/managed-policies.ts';

/** What grows: a policy with so many of one thing, all else small. */
export interface Dimension {
  readonly name: string;
  /** How many at the first step; it doubles from there. */
  readonly from: number;
  /** How many at the last; the texts have up to some megabytes then. */
  readonly to: number;
  readonly make: (count: number) => string;
}

const ACTIONS = [
  's3:GetObject',
  's3:PutObject',
  'ec2:DescribeInstances',
  'ec2:RunInstances',
  'dynamodb:GetItem',
  'lambda:InvokeFunction',
  'sqs:SendMessage',
  'kms:Decrypt',
];
const WILDCARDS = [
  's3:Get*',
  'ec2:Describe*',
  'iam:*Role*',
  'dynamodb:*Item',
  'lambda:*',
  '*:Get*',
  'sqs:Se?d*',
  'kms:*',
];

function pick(list: readonly string[], index: number): string {
  return list[index % list.length] ?? '';
}

function many<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function policyOf(statements: unknown): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}

const BUCKET = 'arn:aws:s3:::team-data';
const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: `${BUCKET}/*` };

/** All names of actions that AWS's own policies write out, each once. */
let names: readonly string[] | undefined;
function actionNames(): readonly string[] {
  names ??= [
    ...new Set(
      readManagedPolicies()
        .flatMap(({ text }) => text.match(/"[a-z0-9-]+:[A-Za-z0-9]+"/g) ?? [])
        .map((name) => name.slice(1, -1)),
    ),
  ];
  return names;
}

export const DIMENSIONS: readonly Dimension[] = [
  {
    name: 'statements',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf(
        many(count, (index) => ({
          Sid: `Statement${index}`,
          Effect: 'Allow',
          Action: pick(ACTIONS, index),
          Resource: `arn:aws:s3:::team-data-${index}/*`,
        })),
      ),
  },
  {
    name: 'statements that repeat each other',
    from: 500,
    to: 16_000,
    make: (count) => policyOf(many(count, () => ALLOW)),
  },
  {
    name: 'actions in a statement, all different',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([{ ...ALLOW, Action: many(count, (index) => pick(actionNames(), index)), Resource: '*' }]),
  },
  {
    name: 'actions in a statement, unknown to us',
    from: 500,
    to: 16_000,
    make: (count) => policyOf([{ ...ALLOW, Action: many(count, (index) => `s3:GetThing${index}`) }]),
  },
  {
    name: 'wildcards in a statement',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Action: many(count, (index) => `${pick(WILDCARDS, index)}${'?'.repeat(index % 7)}${index}*`),
          Resource: '*',
        },
      ]),
  },
  {
    name: 'wildcards that match',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Resource: '*',
          Action: many(count, (index) => {
            const name = pick(actionNames(), index);
            const cut = name.indexOf(':') + 3 + (index % 5);
            return `${name.slice(0, cut)}*`;
          }),
        },
      ]),
  },
  {
    name: 'resources in a statement',
    from: 500,
    to: 16_000,
    make: (count) => policyOf([{ ...ALLOW, Resource: many(count, (index) => `${BUCKET}-${index}/reports/*`) }]),
  },
  {
    name: 'resources with wildcards at the front',
    from: 500,
    to: 16_000,
    make: (count) => policyOf([{ ...ALLOW, Resource: many(count, (index) => `arn:aws:s3:::*-${index}/*`) }]),
  },
  {
    name: 'values of a condition',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Condition: {
            StringLike: { 's3:prefix': many(count, (index) => `home/${index}/*`) },
            ArnLike: { 'aws:PrincipalArn': many(count, (index) => `arn:aws:iam::111122223333:role/team-${index}*`) },
            IpAddress: { 'aws:SourceIp': many(count, (index) => `10.${(index >> 8) & 255}.${index & 255}.0/24`) },
            StringEquals: { 'aws:PrincipalAccount': many(count, (index) => String(100000000000 + index)) },
          },
        },
      ]),
  },
  {
    name: 'conditions in a statement',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Condition: {
            StringEquals: Object.fromEntries(many(count, (index) => [`aws:ResourceTag/team${index}`, `team${index}`])),
          },
        },
      ]),
  },
  {
    name: 'principals in a statement',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Principal: { AWS: many(count, (index) => `arn:aws:iam::${100000000000 + index}:role/team`) },
        },
      ]),
  },
  {
    name: 'actions that overlap',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([
        {
          ...ALLOW,
          Action: many(count, (index) =>
            index % 2 ? pick(actionNames(), index) : `${pick(actionNames(), index).slice(0, -3)}*`,
          ),
          Resource: '*',
        },
      ]),
  },
  {
    name: 'resources that overlap',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf([{ ...ALLOW, Resource: many(count, (index) => `${BUCKET}/${'a/'.repeat(index % 50)}${index}*`) }]),
  },
  {
    name: 'statements that overlap',
    from: 500,
    to: 16_000,
    make: (count) =>
      policyOf(
        many(count, (index) => ({
          Effect: index % 5 ? 'Allow' : 'Deny',
          Action: index % 2 ? ['s3:GetObject', pick(ACTIONS, index)] : 's3:*',
          Resource: index % 3 ? `${BUCKET}/*` : `${BUCKET}/${index}/*`,
        })),
      ),
  },
];
