import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits, type TextEdit } from '../../server/src/base/text-edit.ts';
import { parseJson } from '../../server/src/syntax/json.ts';
import type { Placed } from '../../server/src/syntax/json-arrange.ts';
import { createJsonWriter, type WritableValue, type Writer } from '../../server/src/syntax/json-writer.ts';
import type { ArrayNode, ObjectNode, ValueNode } from '../../server/src/syntax/tree.ts';

interface At {
  readonly root: ObjectNode;
  readonly write: Writer;
  get(...path: readonly (string | number)[]): ValueNode;
}

function edit(text: string, change: (at: At) => readonly TextEdit[]): string {
  const tree = parseJson(text, 'jsonc');
  const [root] = tree.roots;
  assert.ok(root?.type === 'object');
  const get = (...path: readonly (string | number)[]): ValueNode => {
    let node: ValueNode | undefined = root;
    for (const step of path) {
      if (node?.type === 'array' && typeof step === 'number') node = node.items[step];
      else if (node?.type === 'object') node = node.members.find(({ key }) => key.value === step)?.value;
    }
    assert.ok(node);
    return node;
  };
  const after = applyEdits(text, change({ root, write: createJsonWriter(tree), get }));
  assert.deepEqual(parseJson(after, 'jsonc').problems, [], after);
  return after;
}

const object = (node: ValueNode): ObjectNode => {
  assert.ok(node.type === 'object');
  return node;
};
const array = (node: ValueNode): ArrayNode => {
  assert.ok(node.type === 'array');
  return node;
};

test('a member goes in before, between and after others, on its own line', () => {
  const text = '{\n    "a": 1,\n    "b": 2\n}\n';
  const insert = (index: number) => edit(text, ({ root, write }) => write.insertMember(root, 'x', ['y'], index));
  assert.equal(insert(0), '{\n    "x": [\n        "y"\n    ],\n    "a": 1,\n    "b": 2\n}\n');
  assert.equal(insert(1), '{\n    "a": 1,\n    "x": [\n        "y"\n    ],\n    "b": 2\n}\n');
  assert.equal(insert(9), '{\n    "a": 1,\n    "b": 2,\n    "x": [\n        "y"\n    ]\n}\n');
});

test('tabs, line ends and one-line objects stay as they are', () => {
  assert.equal(
    edit('{\r\n\t"a": 1\r\n}', ({ root, write }) => write.insertMember(root, 'b', 2)),
    '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}',
  );
  assert.equal(
    edit('{ "a": 1 }', ({ root, write }) => write.insertMember(root, 'b', [1, 2])),
    '{ "a": 1, "b": [1, 2] }',
  );
  assert.equal(
    edit('{}', ({ root, write }) => write.insertMember(root, 'b', 2)),
    '{ "b": 2 }',
  );
  assert.equal(
    edit('{\n  "a": {}\n}', ({ get, write }) => write.insertMember(object(get('a')), 'b', 2)),
    '{\n  "a": {\n    "b": 2\n  }\n}',
  );
});

test('a member goes out with its comma; a trailing comma stays', () => {
  const text = '{\n  "a": 1,\n  "b": 2,\n  "c": 3,\n}\n';
  const remove = (index: number) =>
    edit(text, ({ root, write }) => {
      const member = root.members[index];
      assert.ok(member);
      return write.removeMember(root, member);
    });
  assert.equal(remove(0), '{\n  "b": 2,\n  "c": 3,\n}\n');
  assert.equal(remove(1), '{\n  "a": 1,\n  "c": 3,\n}\n');
  assert.equal(remove(2), '{\n  "a": 1,\n  "b": 2,\n}\n');
});

test('one becomes many and many lose one', () => {
  assert.equal(
    edit('{\n  "A": "x"\n}', ({ get, write }) => write.addToOneOrMany(get('A'), 'y')),
    '{\n  "A": [\n    "x",\n    "y"\n  ]\n}',
  );
  assert.equal(
    edit('{"A":["x"]}', ({ get, write }) => write.addToOneOrMany(get('A'), 'y')),
    '{"A":["x", "y"]}',
  );
  assert.equal(
    edit('{"A":["x","y"]}', ({ get, write }) => write.replaceInOneOrMany(get('A'), get('A', 0), [])),
    '{"A":["y"]}',
  );
  assert.equal(
    edit('{"A":["x","y"]}', ({ get, write }) => write.replaceInOneOrMany(get('A'), get('A', 1), ['p', 'q'])),
    '{"A":["x","p", "q"]}',
  );
  assert.equal(
    edit('{"A":"x"}', ({ get, write }) => write.replaceInOneOrMany(get('A'), get('A'), ['p', 'q'])),
    '{"A":["p", "q"]}',
  );
});

test('an item goes into a list and out of it', () => {
  const text = '{\n  "S": [\n    { "a": 1 },\n    { "b": 2 }\n  ]\n}';
  assert.equal(
    edit(text, ({ get, write }) => write.removeItem(array(get('S')), get('S', 0))),
    '{\n  "S": [\n    { "b": 2 }\n  ]\n}',
  );
  assert.equal(
    edit(text, ({ get, write }) => write.insertItem(array(get('S')), { c: 3 })),
    '{\n  "S": [\n    { "a": 1 },\n    { "b": 2 },\n    {\n      "c": 3\n    }\n  ]\n}',
  );
  assert.equal(
    edit('{"S":["x"]}', ({ get, write }) => write.removeItem(array(get('S')), get('S', 0))),
    '{"S":[]}',
  );
});

test('wrapping keeps the inner text and indents it', () => {
  assert.equal(
    edit('{\n  "Effect": "Allow" // why\n}\n', ({ root, write }) =>
      write.wrap(root, (inner) => ({ Version: '2012-10-17', Statement: [inner] })),
    ),
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow" // why\n    }\n  ]\n}\n',
  );
});

test('what has no closing bracket yet takes members and gives them up all the same', () => {
  const change = (text: string, make: (root: ObjectNode, write: Writer) => readonly TextEdit[]): string => {
    const tree = parseJson(text, 'json');
    const [root] = tree.roots;
    assert.ok(root?.type === 'object');
    return applyEdits(text, make(root, createJsonWriter(tree)));
  };
  assert.equal(
    change('{', (root, write) => write.insertMember(root, 'a', 1)),
    '{ "a": 1 ',
  );
  assert.equal(
    change('{}', (root, write) => write.insertMember(root, 'a', 1)),
    '{ "a": 1 }',
  );
  const remove = (root: ObjectNode, write: Writer) => {
    const [member] = root.members;
    assert.ok(member);
    return write.removeMember(root, member);
  };
  assert.equal(change('{"a": {}', remove), '{');
  assert.equal(change('{"a": {}}', remove), '{}');
});

test('a renamed member keeps its value, a replaced value its place', () => {
  assert.equal(
    edit('{ "action": "s3:*" }', ({ root, write }) => root.members.flatMap((member) => write.rename(member, 'Action'))),
    '{ "Action": "s3:*" }',
  );
  assert.equal(
    edit('{ "A": [ "x" ] }', ({ get, write }) => write.replace(get('A'), 'x')),
    '{ "A": "x" }',
  );
});

test('items change places; comments go with them, and those of what goes stay', () => {
  const swap = (text: string, ...plan: readonly Placed<WritableValue>[]) =>
    edit(`{ "a": ${text} }`, ({ get, write }) => write.arrange(array(get('a')), plan)).slice(7, -2);
  const back = [{ child: 1 }, { child: 0 }];
  assert.equal(swap('["x", "y"]', ...back), '["y", "x"]');
  assert.equal(swap('["x" /* 1 */, /* 2 */ "y"]', ...back), '[/* 2 */ "y", "x" /* 1 */]');
  assert.equal(swap('[ // all\n  "x", // 1\n  // 2\n  "y",\n]', ...back), '[ // all\n  // 2\n  "y",\n  "x", // 1\n]');
  assert.equal(swap('[\n  "x"\n  , "y"\n]', ...back), '[\n  "y",\n   "x"\n]');
  assert.equal(swap('["x", // 1\n"y"]', ...back), '["y",\n"x" // 1\n]');
  const gone = [{ child: 0, gone: true }, { child: 1 }];
  assert.equal(swap('[\n  "x", // 1\n  "y"\n]', ...gone), '[\n  // 1\n  "y"\n]');
  assert.equal(swap('[\n  "x",\n  "y" // 2\n]', { child: 0 }, { child: 1, gone: true }), '[\n  "x"\n  // 2\n]');
  assert.equal(swap('["x", "y"]', { child: 0, values: ['1', '2'] }, { child: 1 }), '["1", "2", "y"]');
});

test('nothing changes places around what does not parse', () => {
  const text = '{ "a": ["x" oops, "y"] }';
  const tree = parseJson(text, 'jsonc');
  const list = tree.roots[0]?.type === 'object' ? tree.roots[0].members[0]?.value : undefined;
  assert.ok(list?.type === 'array');
  assert.deepEqual(createJsonWriter(tree).arrange(list, [{ child: 1 }, { child: 0 }]), []);
});

test('the one item of a list takes its place, a text of its own takes values along', () => {
  const text = '{\n  "a": [\n    {\n      "b": 1 // one\n    }\n  ]\n}';
  assert.equal(
    edit(text, ({ get, write }) => write.unwrap(array(get('a')), get('a', 0))),
    '{\n  "a": {\n    "b": 1 // one\n  }\n}',
  );
  const tree = parseJson(text, 'jsonc');
  const [root] = tree.roots;
  assert.ok(root?.type === 'object' && root.members[0]?.value?.type === 'array');
  const inner = root.members[0].value.items;
  const print = createJsonWriter(tree).printText(inner, ([only = null]) => ({ x: { y: only } }));
  assert.equal(print, '{\n  "x": {\n    "y": {\n      "b": 1 // one\n    }\n  }\n}\n');
});
