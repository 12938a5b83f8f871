/** A source of numbers that look random and are the same in every run: mulberry32. */
export function createRandom(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    pick: <T>(items: readonly [T, ...T[]]): T => items[below(items.length)] ?? items[0],
  };
}

export type Random = ReturnType<typeof createRandom>;

/** Policies to start from: between them they hold every element, template stand-ins, escapes, comments and flaws. */
export const POLICIES: readonly [string, ...string[]] = [
  `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadLogs",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:ListBucket", "logs:Get*"],
      "Resource": ["arn:aws:s3:::example-bucket", "arn:aws:s3:::example-bucket/\${aws:username}/*"],
      "Condition": {
        "StringLike": { "s3:prefix": ["home/*", "shared/?"] },
        "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": "team" },
        "Bool": { "aws:SecureTransport": true },
        "NumericLessThan": { "aws:MultiFactorAuthAge": 3600 },
        "DateGreaterThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
        "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] }
      }
    },
    { "Effect": "Deny", "NotAction": "iam:*", "NotResource": "arn:aws:iam::123456789012:role/admin" }
  ]
}
`,
  `{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {
      "AWS": ["arn:aws:iam::123456789012:root", "123456789012", "*"],
      "Service": "ec2.amazonaws.com",
      "Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
    },
    "Action": ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:TagSession"],
    "Condition": {
      "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:example/*" },
      "Null": { "sts:ExternalId": "false" }
    }
  }
}`,
  `// a bucket policy as a template
{ /* old */ "Version": "2008-10-17", "Id": "x",
  "Statement": [{
    "Sid": "a b", "Effect": "allow", "NotPrincipal": "*",
    "Action": "s3:getobjct", "Resource": "arn:aws:s3:::\${Bucket}/{{ .Path }}/<account-id>",
    "Condition": { "stringlike": { "aws:sourceip": "10.0.0.1" } }, "Conditions": {},
  }, ],
}
`,
  String.raw`[{ "Effect": "\u0041llow", "Action": "iam:Pass\u0052ole", "Resource": "*", "Resource": "arn:aws:iam:\u003a\uD83D\uDE00:role\/x" },
 { "Effect": "Allow", "Action": ["*", 7, null, {}], "Resource": [], "Principal": { "AWS": {} } }]`,
  `\ufeff{\r\n\t"Statement": [\r\n\t\t{ "Effect": "Deny", "Action": "s3:*", "Principal": "*", "Resource": "*",\r\n\t\t  "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-exampleorgid" } } }\r\n\t]\r\n}`,
];

/** Pieces that hurt when they land in the wrong place. */
const PIECES: readonly [string, ...string[]] = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\\',
  '\\u',
  '\\ud800',
  '/*',
  '//',
  '*/',
  '\n',
  '\r',
  '\t',
  '\u0000',
  '\ufeff',
  '\ud800',
  '\udfff',
  '\u2028',
  '😀',
  '*',
  '?',
  '${',
  '${*}',
  '$',
  '-',
  '1e999',
  '0x',
  'null',
  'true',
  '"*"',
  '{}',
  '[]',
  '[[]]',
  '"Effect":',
  '"Statement":',
  '"Principal": "*",',
  '"Action": ["*"],',
  '"Condition": { "Bool": { "aws:SecureTransport": [] } },',
  '"__proto__": {},',
  '"constructor": "toString",',
  '"Condition": { "constructor": { "valueOf": "x" } },',
  '"Principal": { "constructor": "x", "Service": "toString.amazonaws.com" },',
  'arn:aws:::::::::',
  'arn:',
  '::::',
];

/** Characters that count oddly: of two units, of none that can be seen, of no meaning alone. */
export const CHARS: readonly [string, ...string[]] = [
  '\u0000',
  '\u2028',
  '\ud800',
  '\udc00',
  '😀',
  '\ufeff',
  '\u200b',
  'ß',
  'İ',
];

/** Deletes, doubles, swaps or inserts, a few times over. */
export function mutate(text: string, random: Random): string {
  let result = text;
  for (let times = 1 + random.below(4); times > 0; times--) {
    const at = random.below(result.length + 1);
    const length = random.below(random.below(10) === 0 ? 200 : 12);
    const piece = result.slice(at, at + length);
    const other = random.below(result.length + 1);
    const edits: readonly [string, ...string[]] = [
      result.slice(0, at) + result.slice(at + length),
      result.slice(0, at) + piece + result.slice(at),
      result.slice(0, at) + random.pick(PIECES) + result.slice(at),
      result.slice(0, at) + random.pick(PIECES) + result.slice(at + length),
      result.slice(0, other) + piece + result.slice(other),
    ];
    result = random.pick(edits);
  }
  return result;
}

/** Replaces one value of the tree by another, so that the text stays JSON and the types are wrong. */
export function mutateValue(text: string, random: Random): string {
  const places = [...text.matchAll(/"(?:[^"\\\n]|\\.)*"(?!\s*:)|\b(?:true|false|null|\d+)\b/g)];
  const place = places[random.below(places.length)];
  if (!place) return text;
  const value = random.pick(VALUES);
  return text.slice(0, place.index) + value + text.slice(place.index + place[0].length);
}

const VALUES: readonly [string, ...string[]] = [
  'null',
  'true',
  '0',
  '-1.5e300',
  '""',
  '" "',
  '"*"',
  '"?"',
  '{}',
  '[]',
  '[[["*"]]]',
  '[null, 1, "x", {}]',
  '{ "AWS": null }',
  '{ "AWS": [[]] }',
  '{ "StringEquals": [] }',
  '{ "StringEquals": { "aws:username": { "x": [] } } }',
  '"\\u0000"',
  '"\\ud800"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '{ "constructor": "toString", "__proto__": ["valueOf"] }',
  '{ "toString": { "constructor": "valueOf" }, "StringEquals": { "toString:constructor": "x" } }',
  '"constructor:hasOwnProperty"',
  '"arn:aws:iam::123456789012:role/x"',
  '"arn:::::"',
  '"s3:*"',
  '":"',
  '"s3:"',
  '"${"',
  '"${aws:username, \'x\'}"',
  '"<account-id>"',
];

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(',');

const statement = (body: string): string => `{"Version":"2012-10-17","Statement":[${body}]}`;

/** Texts that are large, deep or odd, by name. */
export const EXTREMES: Readonly<Record<string, string>> = {
  empty: '',
  'only a byte order mark': '\ufeff',
  'only blanks': ' \n\t\r '.repeat(1000),
  'only NUL': '\u0000'.repeat(1000),
  'lone surrogates': '\ud800"\udc00'.repeat(1000),
  '100,000 brackets': '['.repeat(100_000),
  '100,000 brackets, closed': '['.repeat(100_000) + ']'.repeat(100_000),
  '100,000 braces': '{"a":'.repeat(100_000),
  '100,000 braces inside a policy': statement(`{"Effect":"Allow","Condition":${'{"a":'.repeat(100_000)}`),
  'just below the depth limit': statement(`{"Effect":"Allow","Action":${'['.repeat(240)}"*"${']'.repeat(240)}}`),
  '1 MB of quotation marks': '"'.repeat(1_000_000),
  '100 KB of commas': `{${','.repeat(100_000)}}`,
  '1 MB of backslashes': `{"Action":"${'\\'.repeat(1_000_000)}`,
  '1 MB of comment': `/*${'*'.repeat(1_000_000)}`,
  '1 MB of lines': '\n'.repeat(1_000_000),
  '1 MB in one string': statement(`{"Effect":"${'x'.repeat(1_000_000)}","Action":"*","Resource":"*"}`),
  '1 MB of wildcards in an action': statement(
    `{"Effect":"Allow","Action":"s3:${'*?'.repeat(500_000)}","Resource":"*"}`,
  ),
  '1 MB of wildcards in a resource': statement(
    `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${'*a'.repeat(500_000)}"}`,
  ),
  '1 MB of colons': statement(`{"Effect":"Allow","Action":"${':'.repeat(1_000_000)}","Resource":"*"}`),
  '1 MB of variables': statement(
    `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${'${aws:username}'.repeat(60_000)}"}`,
  ),
  '5,000 statements': statement(
    many(
      5000,
      (index) => `{"Sid":"S${index}","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/${index}"}`,
    ),
  ),
  '5,000 equal statements': statement(
    many(5000, () => `{"Sid":"S","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/x"}`),
  ),
  '3,000 actions': statement(
    `{"Effect":"Allow","Action":[${many(3000, (index) => `"s3:Get${index}"`)}],"Resource":"*"}`,
  ),
  '3,000 equal actions': statement(
    `{"Effect":"Allow","Action":[${many(3000, () => '"s3:GetObject"')}],"Resource":"*"}`,
  ),
  '3,000 patterns': statement(
    `{"Effect":"Allow","Action":[${many(3000, (index) => `"s3:*${index}*"`)}],"Resource":"*"}`,
  ),
  '3,000 resources': statement(
    `{"Effect":"Allow","Action":"s3:GetObject","Resource":[${many(3000, (index) => `"arn:aws:s3:::b/*${index}"`)}]}`,
  ),
  '10 MB in one string': statement(`{"Effect":"Allow","Action":"s3:GetObject","Resource":"${'x'.repeat(10_000_000)}"}`),
  '10 MB in a string without an end': `{"Statement":{"Effect":"Allow","Action":"${'s3:Get* '.repeat(1_250_000)}`,
  '10 MB of backslashes in a string': statement(
    `{"Effect":"Allow","Action":"s3:GetObject","Resource":"${'\\'.repeat(10_000_000)}"}`,
  ),
  '100,000 equal keys': `{${many(100_000, () => '"Version":"2012-10-17"')},"Statement":[]}`,
  '100,000 equal keys of a statement': statement(
    `{${many(100_000, () => '"Effect":"Allow"')},"Action":"*","Resource":"*"}`,
  ),
  '100,000 equal keys of a condition': statement(
    `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{${many(100_000, () => '"aws:username":"x"')}}}}`,
  ),
  '3,000 equal keys': `{${many(3000, () => '"Version":"2012-10-17"')},"Statement":[]}`,
  '3,000 equal elements': statement(`{${many(3000, () => '"Effect":"Allow"')},"Action":"*","Resource":"*"}`),
  '3,000 unknown elements': statement(`{"Effect":"Allow",${many(3000, (index) => `"Acton${index}":"x"`)}}`),
  '1,000 condition keys': statement(
    `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{${many(1000, (index) => `"aws:Usernam${index}":"x"`)}}}}`,
  ),
  '3,000 condition values': statement(
    `{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":[${many(3000, (index) => `"10.0.0.${index}"`)}]}}}`,
  ),
  '3,000 principals': statement(
    `{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":[${many(3000, (index) => `"${100_000_000_000 + index}"`)}]}}`,
  ),
  '100,000 numbers for statements': statement(many(100_000, String)),
  '1,000 policies in one file': many(1000, () =>
    statement('{"Effect":"Allow","Action":"*","Resource":"*"}'),
  ).replaceAll('}]},{', '}]}\n{'),
};
