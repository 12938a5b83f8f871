import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import { TOKEN_TYPES } from '../../server/src/service.ts';
import { service } from '../harness/data.ts';

const SYNTAXES = join(__dirname, '../../syntaxes');
const FILES: Readonly<Record<string, string>> = {
  'source.json': join(__dirname, 'json.tmLanguage.json'),
  'source.iam-policy': join(SYNTAXES, 'iam-policy.tmLanguage.json'),
  'iam-policy.injection': join(SYNTAXES, 'iam-policy.injection.tmLanguage.json'),
};

let grammar: IGrammar | null = null;

before(async () => {
  const wasm = createRequire(__filename).resolve('vscode-oniguruma/release/onig.wasm');
  await loadWASM({ data: readFileSync(wasm) });
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) => {
      const path = FILES[scope];
      return path === undefined ? null : parseRawGrammar(readFileSync(path, 'utf8'), path);
    },
    getInjections: (scope) => (scope === 'source.json' ? ['iam-policy.injection'] : undefined),
  });
  grammar = await registry.loadGrammar('source.json');
});

/** The pieces of a line that our grammar names, as `text=innermost.scope` without the language's own suffix. */
function tokens(line: string): readonly string[] {
  assert.ok(grammar);
  const named: string[] = [];
  for (const token of grammar.tokenizeLine(line, INITIAL).tokens) {
    const scope = token.scopes.filter((one) => one.endsWith('.iam-policy') && !one.startsWith('meta.')).at(-1);
    if (scope && !scope.startsWith('punctuation.')) {
      named.push(`${line.slice(token.startIndex, token.endIndex)}=${scope.replace('.iam-policy', '')}`);
    }
  }
  return named;
}

test('an action', () => {
  assert.deepEqual(tokens('["s3:GetObject"]'), [
    's3=entity.name.type.service',
    'GetObject=entity.name.function.action',
  ]);
  assert.deepEqual(tokens('["ec2:Describe*"]'), [
    'ec2=entity.name.type.service',
    'Describe=entity.name.function.action',
    '*=keyword.operator.wildcard',
  ]);
});

test('an ARN, field by field', () => {
  assert.deepEqual(tokens('["arn:aws:sqs:eu-central-1:123456789012:orders*"]'), [
    'arn=constant.language.arn',
    'aws=constant.language.partition',
    'sqs=entity.name.type.service',
    'eu-central-1=constant.language.region',
    '123456789012=constant.numeric.account',
    '*=keyword.operator.wildcard',
  ]);
  assert.deepEqual(tokens('["arn:aws:s3:::home/${aws:username}/*"]'), [
    'arn=constant.language.arn',
    'aws=constant.language.partition',
    's3=entity.name.type.service',
    'aws:username=variable.other.policy',
    '*=keyword.operator.wildcard',
  ]);
  assert.deepEqual(tokens('["arn:aws:iam::*:role/deploy"]').slice(3), [
    '*=keyword.operator.wildcard',
    'role=support.class.resource-type',
  ]);
});

test('a policy variable with a default, and an escape', () => {
  assert.deepEqual(tokens(`["\${aws:PrincipalTag/team, 'none'}"]`), [
    'aws:PrincipalTag/team=variable.other.policy',
    "'none'=string.quoted.single",
  ]);
  assert.deepEqual(tokens('["a${*}b"]'), ['*=constant.character.escape']);
});

test('condition operators and keys, as keys only', () => {
  assert.deepEqual(tokens('{"ForAnyValue:StringLikeIfExists": {"aws:RequestTag/team": "x"}}'), [
    'ForAnyValue=storage.modifier',
    'StringLike=keyword.control.condition',
    'IfExists=storage.modifier',
    'aws=entity.name.type.service',
    'RequestTag=variable.other.property.condition-key',
    'team=variable.parameter.tag-key',
  ]);
  assert.deepEqual(tokens('{"Null": "Null"}'), ['Null=keyword.control.condition']);
});

test('a service principal', () => {
  assert.deepEqual(tokens('["ec2.amazonaws.com"]'), ['ec2=entity.name.type.service']);
});

test('other JSON keeps its colours', () => {
  for (const line of [
    '{"name": "@types/node", "scripts": {"build:docs": "node x.js", "test": "a:b"}}',
    '["http://example.com:80/x?y=*", "12:30", "a*b", "${name}", "C:Users"]',
    '{"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}',
  ]) {
    assert.deepEqual(tokens(line), [], line);
  }
});

interface Manifest {
  readonly contributes: {
    readonly semanticTokenScopes: readonly {
      readonly language: string;
      readonly scopes: Readonly<Record<string, readonly string[]>>;
    }[];
  };
}

const MANIFEST = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as Manifest;

test('every type of token has the scope of the grammar in each language; names keep the colour of strings', () => {
  const [first] = MANIFEST.contributes.semanticTokenScopes;
  assert.deepEqual(
    MANIFEST.contributes.semanticTokenScopes.map(({ language }) => language),
    ['iam-policy', 'json', 'jsonc'],
  );
  for (const { scopes } of MANIFEST.contributes.semanticTokenScopes) assert.deepEqual(scopes, first?.scopes);
  assert.deepEqual(Object.keys(first?.scopes ?? {}).sort(), TOKEN_TYPES.filter((type) => type !== 'string').sort());
});

/** `text=scope` for the tokens of the server, by the scopes that the manifest gives them. */
function fromServer(text: string): readonly string[] {
  const scopes = MANIFEST.contributes.semanticTokenScopes[0]?.scopes ?? {};
  return service
    .tokens(service.analyze({ path: 'policy.json', text }))
    .flatMap(({ start, end, type }) => scopes[type]?.map((scope) => plain(`${text.slice(start, end)}=${scope}`)) ?? []);
}

/** Fields of an ARN that a theme may tell apart, and the server does not. */
const plain = (token: string): string =>
  token.replace('.iam-policy', '').replace(/=constant\.language\..*/, '=constant.language');

test('the grammar gives the colours that the server gives', () => {
  const policy = `{ "Effect": "Allow",
    "Principal": { "AWS": "arn:aws:iam::111122223333:role/app/deploy", "Service": ["ec2.amazonaws.com"] },
    "Action": ["s3:GetObject", "ec2:Describe*", "iam:*"],
    "Resource": ["arn:aws:sqs:eu-central-1:123456789012:orders*", "arn:aws:s3:::home/\${aws:username}/*",
      "arn:aws:s3:::*/x", "arn:aws:iam::*:role/app/*", "arn:\${AWS::Partition}:lambda:*:\${Account}:function:f?",
      "arn:aws-cn:sns:*:*:news:x", "arn:aws:execute-api:*:*:abc123/prod/GET/*", "arn:aws:dynamodb:*:*:table/Orders/index/*"],
    "Condition": {
      "ForAnyValue:StringLikeIfExists": { "aws:RequestTag/team": "\${aws:PrincipalTag/team, 'none'}" },
      "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      "Null": { "s3:prefix": "true" }
    } }`;
  const server = fromServer(policy);
  assert.ok(server.length > 60, `${server.length} tokens`);
  const named = policy.split('\n').flatMap(tokens);
  // Only the grammar knows a default value from a variable, for it colours all that stands in braces.
  const grammar = named.filter((one) => !one.endsWith('=string.quoted.single'));
  assert.deepEqual(grammar.map(plain), server);
});
