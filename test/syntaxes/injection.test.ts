import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

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
    'arn=keyword.other.arn',
    'aws=constant.language.partition',
    'sqs=entity.name.type.service',
    'eu-central-1=constant.language.region',
    '123456789012=constant.numeric.account',
    'orders=entity.name.tag.resource',
    '*=keyword.operator.wildcard',
  ]);
  assert.deepEqual(tokens('["arn:aws:s3:::home/${aws:username}/*"]'), [
    'arn=keyword.other.arn',
    'aws=constant.language.partition',
    's3=entity.name.type.service',
    'home=entity.name.tag.resource',
    'aws=variable.other.service',
    'username=variable.other.key',
    '*=keyword.operator.wildcard',
  ]);
});

test('a policy variable with a default, and an escape', () => {
  assert.deepEqual(tokens(`["\${aws:PrincipalTag/team, 'none'}"]`), [
    'aws=variable.other.service',
    'PrincipalTag/team=variable.other.key',
    "'none'=string.quoted.single",
  ]);
  assert.deepEqual(tokens('["a${*}b"]'), ['*=constant.character.escape']);
});

test('condition operators and keys, as keys only', () => {
  assert.deepEqual(tokens('{"ForAnyValue:StringLikeIfExists": {"aws:RequestTag/team": "x"}}'), [
    'ForAnyValue=storage.modifier',
    'StringLike=keyword.operator.condition',
    'IfExists=storage.modifier',
    'aws=entity.name.type.service',
    'RequestTag=variable.other.condition-key',
    '/team=variable.parameter.tag-key',
  ]);
  assert.deepEqual(tokens('{"Null": "Null"}'), ['Null=keyword.operator.condition']);
});

test('a service principal', () => {
  assert.deepEqual(tokens('["ec2.amazonaws.com"]'), [
    'ec2=entity.name.type.service',
    '.amazonaws.com=support.other.domain',
  ]);
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
