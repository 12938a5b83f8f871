import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAt } from '../harness/cursor.ts';
import { service } from '../harness/data.ts';

/** The lines of the highlights, each with the highlighted text between brackets. */
function highlighted(textWithCursor: string): readonly string[] {
  const { analysis, offset, text } = readAt(textWithCursor);
  return service.highlights(analysis, offset).map(({ start, end }) => {
    const from = text.lastIndexOf('"', start) + 1;
    const to = text.indexOf('"', end);
    return `${text.slice(from, start)}[${text.slice(start, end)}]${text.slice(end, to)}`;
  });
}

const policy = (...statements: readonly string[]): string =>
  `{"Version": "2012-10-17", "Statement": [${statements.join(',\n')}]}`;

test('the same action, whatever its letter case', () => {
  assert.deepEqual(
    highlighted(
      policy(
        '{"Effect": "Allow", "Action": ["s3:Get|Object", "s3:PutObject"], "Resource": "*"}',
        '{"Effect": "Deny", "NotAction": "S3:getobject", "Resource": "*"}',
      ),
    ),
    ['[s3:GetObject]', '[S3:getobject]'],
  );
});

const ARNS = policy(
  `{"Effect": "Allow", "Action": "dynamodb:*", "Resource": [
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/by-date",
    "arn:aws:dynamodb:eu-west-1:444455556666:table/orders",
    "arn:aws:dynamodb:*:*:table/orders",
    "arn:aws:dynamodb:eu-west-1:111122223333:table/orders-2"
  ], "Condition": {"StringEquals": {"aws:SourceAccount": ["111122223333", 111122223333]}}}`,
);

test('the name of a resource, but not that of another account', () => {
  assert.deepEqual(highlighted(ARNS.replace('3333:table/orders"', '3333:table/or|ders"')), [
    'arn:aws:dynamodb:eu-west-1:111122223333:table/[orders]',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/[orders]/index/by-date',
    'arn:aws:dynamodb:*:*:table/[orders]',
  ]);
});

test('an account id, in ARNs, in conditions and as a number', () => {
  const found = highlighted(ARNS.replace('["111122223333"', '["1111|22223333"'));
  assert.equal(found.length, 5);
  assert.equal(found[3], '[111122223333]');
});

test('the whole ARN when the cursor stands on no name', () => {
  assert.deepEqual(highlighted(ARNS.replace('"arn:aws:dynamodb:*', '"arn:a|ws:dynamodb:*')), [
    '[arn:aws:dynamodb:*:*:table/orders]',
  ]);
});

test('a role by its name, with its path and in a session', () => {
  assert.deepEqual(
    highlighted(
      policy(
        `{"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:role/team/dep|loy",
          "arn:aws:sts::111122223333:assumed-role/deploy/session", "arn:aws:iam::111122223333:user/deploy"]},
          "Action": "sts:AssumeRole"}`,
      ),
    ),
    ['arn:aws:iam::111122223333:role/team/[deploy]', 'arn:aws:sts::111122223333:assumed-role/[deploy]/session'],
  );
});

test('a condition key, also where a variable asks for it', () => {
  assert.deepEqual(
    highlighted(
      policy(
        `{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/\${aws:username}/*",
          "Condition": {"StringLike": {"AWS:User|name": "a*"}}}`,
      ),
    ),
    ['arn:aws:s3:::home/${[aws:username]}/*', '[AWS:Username]'],
  );
});

test('a Sid and a service principal', () => {
  const text = policy(
    `{"Sid": "Logs", "Effect": "Allow", "Principal": {"Service": "logs.amazonaws.com"}, "Action": "s3:PutObject", "Resource": "*"}`,
    `{"Sid": "Logs", "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*",
      "Condition": {"StringEquals": {"iam:PassedToService": "Logs.amazonaws.com"}}}`,
  );
  assert.deepEqual(highlighted(text.replace('"Logs"', '"|Logs"')), ['[Logs]', '[Logs]']);
  assert.deepEqual(highlighted(text.replace('logs.', 'logs|.')), ['[logs.amazonaws.com]', '[Logs.amazonaws.com]']);
});

test('folders of accounts in a bucket, and the objects in it', () => {
  const text = policy(
    `{"Effect": "Allow", "Action": "s3:PutObject", "Resource": ["arn:aws:s3:::trail/AWSLogs/111122223333/*", "arn:aws:s3:::trail"]}`,
  );
  assert.deepEqual(highlighted(text.replace('1111222', '1111|222')), ['arn:aws:s3:::trail/AWSLogs/[111122223333]/*']);
  assert.deepEqual(highlighted(text.replace(':::trail/', ':::|trail/')), [
    'arn:aws:s3:::[trail]/AWSLogs/111122223333/*',
    'arn:aws:s3:::[trail]',
  ]);
});

test('a cursor behind a name is on it', () => {
  const text = policy(
    '{"Effect": "Allow", "Action": "s3:*", "Resource": ["arn:aws:s3:::reports|/*", "arn:aws:s3:::reports"]}',
  );
  assert.deepEqual(highlighted(text), ['arn:aws:s3:::[reports]/*', 'arn:aws:s3:::[reports]']);
});

test('nothing where nothing is named', () => {
  for (const text of [policy('{"Eff|ect": "Allow"}'), policy('{"Effect": "Al|low"}'), '{"a": "s3:Get|Object"}', '|']) {
    assert.deepEqual(highlighted(text), []);
  }
});
