import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_DEPTH, parseJson } from '../../server/src/syntax/json.ts';
import { decodedIndex, innerSpan, pathAt, sourceOffset, spanInString, toPlain } from '../../server/src/syntax/tree.ts';

function problems(text: string, dialect: 'json' | 'jsonc' = 'json'): readonly string[] {
  return parseJson(text, dialect).problems.map(({ code, span }) => `${code}@${span.start}`);
}

test('what JSON.parse reads is read the same', () => {
  const texts = [
    '{"a":[1,-2.5e3,true,false,null,"x\\n\\u00e9\\"\\\\"],"b":{}}',
    '[]',
    '"text"',
    ' {"Version":"2012-10-17","Statement":[]} ',
    '{"":""}',
  ];
  for (const text of texts) {
    const tree = parseJson(text, 'json');
    assert.deepEqual(tree.problems, []);
    assert.deepEqual(tree.roots.map(toPlain), [JSON.parse(text)]);
  }
});

test('half-typed text keeps what is there', () => {
  assert.deepEqual(parseJson('{"Statement":[{"Effect":"Allow","Action": }]}', 'json').roots.map(toPlain), [
    { Statement: [{ Effect: 'Allow', Action: null }] },
  ]);
  assert.deepEqual(parseJson('{"Statement":[{"Effect":"Allow","Action":["s3:Get', 'json').roots.map(toPlain), [
    { Statement: [{ Effect: 'Allow', Action: ['s3:Get'] }] },
  ]);
  assert.deepEqual(parseJson('{"a": [1, 2 }', 'json').roots.map(toPlain), [{ a: [1, 2] }]);
});

test('duplicate keys are kept', () => {
  const [root] = parseJson('{"a":1,"a":2}', 'json').roots;
  assert.equal(root?.type, 'object');
  assert.deepEqual(root.type === 'object' && root.members.map(({ value }) => value && toPlain(value)), [1, 2]);
});

test('a trailing comma and a comment are problems of JSON alone', () => {
  assert.deepEqual(problems('{"a":1,}'), ['trailing-comma@6']);
  assert.deepEqual(problems('{"a":[1,]}'), ['trailing-comma@7']);
  assert.deepEqual(problems('// x\n{}'), ['comment@0']);
  assert.deepEqual(problems('// x\n{"a":[1,],}', 'jsonc'), []);
});

test('several values in one file', () => {
  const text = '// one\n{"a":1}\n// two\n{"b":2}\n';
  assert.deepEqual(parseJson(text, 'jsonc').roots.map(toPlain), [{ a: 1 }, { b: 2 }]);
  assert.deepEqual(problems(text, 'jsonc'), []);
  assert.deepEqual(problems('{} {}'), ['text-after-value@3']);
});

test('empty and hopeless texts', () => {
  assert.deepEqual(problems(''), ['empty@0']);
  assert.deepEqual(problems(' \n'), ['empty@0']);
  for (const text of ['}', '][', '\u0000', '\ud800', '"', '{"', '/*', '{"a":"\\']) parseJson(text, 'json');
});

test('nesting too deep for any policy is refused before it can overflow the stack', () => {
  const deep = `${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`;
  assert.deepEqual(problems(deep), []);
  assert.deepEqual(problems(`[${deep}]`), [`too-deep@${MAX_DEPTH}`]);
  assert.equal(parseJson('['.repeat(1_000_000), 'json').roots.length, 0);
  assert.deepEqual(problems(`{"a":"${'['.repeat(1000)}"}`), []);
});

test('a range of decoded text maps to the source through escapes', () => {
  const text = '["a\\u0041\\"b😀"]';
  const [root] = parseJson(text, 'json').roots;
  const node = root?.type === 'array' ? root.items[0] : undefined;
  assert.ok(node?.type === 'string');
  assert.equal(node.value, 'aA"b😀');
  const slice = (from: number, to: number): string => {
    const { start, end } = spanInString(node, from, to);
    return text.slice(start, end);
  };
  assert.equal(slice(0, 1), 'a');
  assert.equal(slice(1, 2), '\\u0041');
  assert.equal(slice(2, 3), '\\"');
  assert.equal(slice(3, 6), 'b😀');
  for (let index = 0; index <= node.value.length; index++) {
    assert.equal(decodedIndex(node, sourceOffset(node, index)), index);
  }
});

test('a broken escape stands for nothing, wherever it breaks', () => {
  for (const [text, value] of [
    ['["a\\uD*"]', 'a*'],
    ['["a\\uD*', 'a*'],
    ['["\\xb\\u00g\\n"]', 'bg\n'],
    ['["a\\', 'a'],
  ] as const) {
    const [root] = parseJson(text, 'json').roots;
    const node = root?.type === 'array' ? root.items[0] : undefined;
    assert.ok(node?.type === 'string');
    assert.equal(node.value, value);
    let last = innerSpan(node).start;
    for (let index = 0; index <= value.length; index++) {
      const offset = sourceOffset(node, index);
      assert.ok(last <= offset && offset <= innerSpan(node).end, `${index} of ${text} at ${offset}`);
      assert.equal(decodedIndex(node, offset), index);
      last = offset;
    }
    const star = value.indexOf('*');
    if (star >= 0) assert.equal(sourceOffset(node, star + 1), text.indexOf('*') + 1, text);
  }
});

test('the path to an offset', () => {
  const text = '{"Statement":[{"Action":"s3:Get"}]}';
  const steps = (needle: string) =>
    pathAt(parseJson(text, 'json').roots, text.indexOf(needle) + 1).map((step) =>
      step.kind === 'value' ? step.node.type : `${step.kind} ${step.member.key.value}`,
    );
  assert.deepEqual(steps('s3:Get'), ['object', 'member Statement', 'array', 'object', 'member Action', 'string']);
  assert.deepEqual(steps('Action'), ['object', 'member Statement', 'array', 'object', 'member Action', 'key Action']);
});

test('a comment may stand behind a trailing comma', () => {
  for (const text of ['{ "a": ["x", // one\n] }', '{ "a": 1, /* one */ }', '{ "a": ["x" // one\n, ] }']) {
    assert.deepEqual(parseJson(text, 'jsonc').problems, [], text);
    const codes = parseJson(text, 'json').problems.map(({ code, span }) => [code, text.charAt(span.start)]);
    assert.deepEqual(codes.sort(), [
      ['comment', '/'],
      ['trailing-comma', ','],
    ]);
  }
});

test('a bracket that closes another one follows no trailing comma', () => {
  const codes = (text: string) => parseJson(text, 'jsonc').problems.map(({ code }) => code);
  assert.ok(codes('[1, {]').includes('property-name-expected'));
  assert.deepEqual(codes('[1, {}, ]'), []);
});
