/** The text after accepting an item: quotation marks, colons and commas in every situation. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CompleteOptions, completeAt } from '../harness/completion.ts';

interface Case {
  readonly what: string;
  /** A policy with a `|` where the cursor stands. */
  readonly text: string;
  readonly accept: string;
  /** With the stops of the snippet; they stand as they are sent. */
  readonly after: string;
  readonly options?: CompleteOptions;
}

const CASES: readonly Case[] = [
  {
    what: 'a name without anything typed, at the end',
    text: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject",|}]}',
    accept: 'Resource',
    after: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource": "$1"}]}',
  },
  {
    what: 'a name in quotation marks, in front of another member',
    text: '{"Statement":[{"|" "Effect":"Allow","Action":"s3:GetObject"}]}',
    accept: 'Sid',
    after: '{"Statement":[{"Sid": "$1", "Effect":"Allow","Action":"s3:GetObject"}]}',
  },
  {
    what: 'a name that begins another line, in front of a member with braces of its own',
    text: '{"Statement":[{\n  "Effect":"Allow",\n  "Ac|\n  "Principal":{"AWS":"*"}\n}]}',
    accept: 'Action',
    after: '{"Statement":[{\n  "Effect":"Allow",\n  "Action": "$1",\n  "Principal":{"AWS":"*"}\n}]}',
  },
  {
    what: 'a half-typed name without a closing quotation mark, at the end',
    text: '{"Statement":[{\n  "Effect":"Allow",\n  "Act|\n}]}',
    accept: 'Action […]',
    after: '{"Statement":[{\n  "Effect":"Allow",\n  "Action": [\n\t"$1"\n]\n}]}',
  },
  {
    what: 'a name whose missing quotation mark made the string run on',
    text: '{"Statement":[{"Effect":"Allow","Act|,"Resource":"*"}]}',
    accept: 'Action',
    after: '{"Statement":[{"Effect":"Allow","Action": "$1","Resource":"*"}]}',
  },
  {
    what: 'a name without quotation marks',
    text: '{"Statement":[{"Effect":"Allow",\n  Res|\n  "Action":"s3:GetObject"}]}',
    accept: 'Resource',
    after: '{"Statement":[{"Effect":"Allow",\n  "Resource": "$1",\n  "Action":"s3:GetObject"}]}',
  },
  {
    what: 'the comma that is missing in front',
    text: '{"Statement":[{\n  "Effect":"Allow"\n  "|"\n}]}',
    accept: 'Condition',
    after: '{"Statement":[{\n  "Effect":"Allow",\n  "Condition": { $1 }\n}]}',
  },
  {
    what: 'a name that has its colon',
    text: '{"Statement":[{"Effct|":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    accept: 'Effect',
    after: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
  },
  {
    what: 'Effect brings its choice',
    text: '{"Statement":[{"|","Action":"s3:GetObject","Resource":"*"}]}',
    accept: 'Effect',
    after: '{"Statement":[{"Effect": "${1|Allow,Deny|}","Action":"s3:GetObject","Resource":"*"}]}',
  },
  {
    what: 'a bare statement',
    text: '{\n  "Effect": "Allow",\n  "Action": "s3:GetObject",\n  "|"\n}',
    accept: 'Resource',
    after: '{\n  "Effect": "Allow",\n  "Action": "s3:GetObject",\n  "Resource": "$1"\n}',
  },
  {
    what: 'an element of the document',
    text: '{\n  "Version": "2012-10-17",\n  "Stat|"\n}',
    accept: 'Statement',
    after:
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n\t{\n\t\t"Effect": "Allow",\n\t\t"Action": "$1",\n\t\t"Resource": "$2"\n\t}\n]\n}',
    options: { kind: 'identity' },
  },
  {
    what: 'a value without quotation marks, in front of another member without a comma',
    text: '{"Statement":[{\n  "Effect": Al|\n  "Action": "s3:GetObject"\n}]}',
    accept: 'Allow',
    after: '{"Statement":[{\n  "Effect": "Allow",\n  "Action": "s3:GetObject"\n}]}',
  },
  {
    what: 'a value that is not there yet, in front of another member',
    text: '{"Statement":[{\n  "Effect": |\n  "Action": "s3:GetObject"\n}]}',
    accept: 'Deny',
    after: '{"Statement":[{\n  "Effect": "Deny",\n  "Action": "s3:GetObject"\n}]}',
  },
  {
    what: 'a value in quotation marks, with a comma missing behind it',
    text: '{"Statement":[{\n  "Effect": "|"\n  "Action": "s3:GetObject"\n}]}',
    accept: 'Allow',
    after: '{"Statement":[{\n  "Effect": "Allow",\n  "Action": "s3:GetObject"\n}]}',
  },
  {
    what: 'a string that is not closed',
    text: '{"Statement":[{\n  "Effect": "Allow",\n  "Action": "s3:GetOb|,\n  "Resource": "*"\n}]}',
    accept: 's3:GetObject',
    after: '{"Statement":[{\n  "Effect": "Allow",\n  "Action": "s3:GetObject",\n  "Resource": "*"\n}]}',
  },
  {
    what: 'an item of a list, in front of another without a comma',
    text: '{"Statement":[{"Effect":"Allow","Action":["s3:Put|" "s3:GetObject"]}]}',
    accept: 's3:PutObject',
    after: '{"Statement":[{"Effect":"Allow","Action":["s3:PutObject", "s3:GetObject"]}]}',
  },
  {
    what: 'an item of a list, behind another without a comma',
    text: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject" "s3:Put|"]}]}',
    accept: 's3:PutObject',
    after: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject", "s3:PutObject"]}]}',
  },
  {
    what: 'an item of a list without quotation marks',
    text: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject", s3:Put|]}]}',
    accept: 's3:PutObject',
    after: '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject", "s3:PutObject"]}]}',
  },
  {
    what: 'a service without quotation marks leaves the cursor in the string',
    text: '{"Statement":[{"Effect":"Allow","Action": |}]}',
    accept: 's3:',
    after: '{"Statement":[{"Effect":"Allow","Action": "s3:$1"}]}',
  },
  {
    what: 'the whole string is replaced, also behind the cursor',
    text: '{"Statement":[{"Effect":"Allow","Action":"s3:Ge|tObjekt"}]}',
    accept: 's3:GetObject',
    after: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}',
  },
  {
    what: 'a segment of an ARN leaves the others alone',
    text: '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu|:111122223333:orders"}]}',
    accept: 'eu-west-1',
    after:
      '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:eu-west-1:111122223333:orders"}]}',
  },
  {
    what: 'a segment of an ARN without quotation marks',
    text: '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource": arn:aws:s|}]}',
    accept: 'sqs',
    after: '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource": "arn:aws:sqs:$1"}]}',
  },
  {
    what: 'the last segment of an ARN, with its stops',
    text: '{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:r|"}]}',
    accept: 'role/<role-name>',
    after:
      '{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/${1:<role-name>}"}]}',
  },
  {
    what: 'a whole ARN takes over what was typed of it',
    text: '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws-cn:|"}]}',
    accept: 'arn:aws-cn:s3:::<bucket-name>/*',
    after:
      '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws-cn:s3:::${1:<bucket-name>}/*"}]}',
  },
  {
    what: 'accounts and Regions of which several are known are there to choose from',
    text: '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"|"}]}',
    accept: 'arn:aws:sqs:<region>:<account-id>:<queue-name>',
    after:
      '{"Statement":[{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"arn:aws:sqs:${1|eu-west-1,us-east-1|}:${2|111122223333,444455556666|}:${3:<queue-name>}"}]}',
    options: {
      known: {
        accounts: ['111122223333', '444455556666'],
        arns: ['arn:aws:sns:eu-west-1:111122223333:a', 'arn:aws:sns:us-east-1:444455556666:b'],
        accountNames: {},
      },
    },
  },
  {
    what: 'a principal of a kind that is not written yet',
    text: '{"Statement":[{"Effect":"Allow","Principal": |,"Action":"sts:AssumeRole"}]}',
    accept: '{ "Service": … }',
    after: '{"Statement":[{"Effect":"Allow","Principal": { "Service": "$1" },"Action":"sts:AssumeRole"}]}',
  },
  {
    what: 'a kind of principal instead of a string',
    text: '{"Statement":[{"Effect":"Allow","Principal":"A|","Action":"sts:AssumeRole"}]}',
    accept: '{ "AWS": … }',
    after: '{"Statement":[{"Effect":"Allow","Principal":{ "AWS": "$1" },"Action":"sts:AssumeRole"}]}',
  },
  {
    what: 'a whole statement in an empty object on one line',
    text: '{"Version":"2012-10-17","Statement":[{|}]}',
    accept: 'Allow actions on resources',
    after: '{"Version":"2012-10-17","Statement":[{\n\t"Effect": "Allow",\n\t"Action": "$1",\n\t"Resource": "$2"\n}]}',
  },
  {
    what: 'a whole statement in an empty object on several lines',
    text: '{"Version":"2012-10-17","Statement":[{\n  "|"\n}]}',
    accept: 'Let an AWS service assume the role',
    after:
      '{"Version":"2012-10-17","Statement":[{\n  "Effect": "Allow",\n"Principal": { "Service": "$1" },\n"Action": "sts:AssumeRole"\n}]}',
    options: { kind: 'trust' },
  },
  {
    what: 'a whole statement in a list of statements, in front of another',
    text: '{"Version":"2012-10-17","Statement":[\n  |\n  {"Effect":"Deny","Action":"*","Resource":"*"}\n]}',
    accept: 'Allow actions on resources',
    after:
      '{"Version":"2012-10-17","Statement":[\n  {\n\t"Effect": "Allow",\n\t"Action": "$1",\n\t"Resource": "$2"\n},\n  {"Effect":"Deny","Action":"*","Resource":"*"}\n]}',
    options: { kind: 'identity' },
  },
  {
    what: 'a whole trust policy in an empty file',
    text: '|',
    accept: 'IAM trust policy',
    after:
      '{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t{\n\t\t\t"Effect": "Allow",\n\t\t\t"Principal": { "Service": "$1" },\n\t\t\t"Action": "sts:AssumeRole"\n\t\t}\n\t]\n}',
  },
  {
    what: 'a whole trust policy after its first letters in an empty file',
    text: '\nIA|',
    accept: 'IAM trust policy',
    after:
      '\n{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t{\n\t\t\t"Effect": "Allow",\n\t\t\t"Principal": { "Service": "$1" },\n\t\t\t"Action": "sts:AssumeRole"\n\t\t}\n\t]\n}',
  },
  {
    what: 'a whole permission policy in empty braces',
    text: '{|}',
    accept: 'IAM permission policy',
    after:
      '{\n\t"Version": "2012-10-17",\n\t"Statement": [\n\t\t{\n\t\t\t"Effect": "Allow",\n\t\t\t"Action": "$1",\n\t\t\t"Resource": "$2"\n\t\t}\n\t]\n}',
  },
  {
    what: 'a whole policy where a first name is typed',
    text: '{\n  "|"\n}',
    accept: 'IAM permission policy',
    after:
      '{\n  "Version": "2012-10-17",\n"Statement": [\n\t{\n\t\t"Effect": "Allow",\n\t\t"Action": "$1",\n\t\t"Resource": "$2"\n\t}\n]\n}',
    options: { path: 'team/reader-policy.json' },
  },
  {
    what: 'in front of a comment and another member',
    text: '{"Statement":[{\n  "|" // who\n  "Effect":"Allow","Action":"s3:GetObject"\n}]}',
    accept: 'Sid',
    after: '{"Statement":[{\n  "Sid": "$1", // who\n  "Effect":"Allow","Action":"s3:GetObject"\n}]}',
    options: { path: 'a.jsonc' },
  },
];

for (const { what, text, accept, after, options } of CASES) {
  test(what, () => {
    const completed = completeAt(text, options);
    assert.ok(completed, 'nothing is offered');
    assert.equal(completed.acceptSnippet(accept), after);
  });
}

test('what is replaced holds the cursor and lies on its line', () => {
  for (const { text, options } of CASES) {
    const completed = completeAt(text, options);
    assert.ok(completed);
    const offset = text.indexOf('|');
    const plain = text.replace('|', '');
    for (const span of [completed.list.span, ...completed.items.flatMap(({ span: own }) => own ?? [])]) {
      assert.ok(span.start <= offset && offset <= span.end, text);
      assert.ok(!plain.slice(span.start, span.end).includes('\n'), text);
    }
  }
});

test('editors compare what is replaced with what an item is found by: the text in front of the cursor finds it', () => {
  for (const { text, accept, options } of CASES) {
    const completed = completeAt(text, options);
    const item = completed?.items.find(({ label }) => label === accept);
    assert.ok(completed && item);
    const word = text.slice((item.span ?? completed.list.span).start, text.indexOf('|')).toLowerCase();
    let at = -1;
    for (const char of word) {
      at = item.filter.toLowerCase().indexOf(char, at + 1);
      assert.ok(at >= 0 || accept === 'Effect', `'${word}' does not find '${item.filter}'`);
    }
  }
});

test('a client without snippets gets texts that can stand as they are', () => {
  const at = (text: string, label: string) => completeAt(text)?.accept(label);
  assert.equal(at('{"Statement":[{"Effect":"Allow",|}]}', 'Action'), '{"Statement":[{"Effect":"Allow","Action"}]}');
  assert.equal(
    at('{"Statement":[{"Effect":"Allow","Action": |}]}', 's3:'),
    '{"Statement":[{"Effect":"Allow","Action": "s3:"}]}',
  );
  assert.equal(
    at('{"Statement":[{"Effect":"Allow","Principal": |}]}', '{ "AWS": … }'),
    '{"Statement":[{"Effect":"Allow","Principal": { "AWS": "" }}]}',
  );
});

test('nothing is offered in a comment, behind a value, and in front of one', () => {
  for (const text of [
    '{"Statement":[{"Effect":"Allow", // a note: |\n"Action":"s3:GetObject"}]}',
    '{"Statement":[{"Effect":"Allow", /* | */ "Action":"s3:GetObject"}]}',
    '{"Statement":[{"Effect":"Allow"|,"Action":"s3:GetObject"}]}',
    '{"Statement":[{"Effect"|:"Allow","Action":"s3:GetObject"}]}',
    '{"Statement":[{"Effect":|"Allow","Action":"s3:GetObject"}]}',
    '{"Statement":[{"Effect":"Allow","Action":["s3:GetObject"|]}]}',
    '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]|}',
    '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"}]}|',
  ]) {
    assert.equal(completeAt(text, { path: 'a.jsonc' }), undefined, text);
  }
});
