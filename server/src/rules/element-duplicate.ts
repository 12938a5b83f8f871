import type { TextEdit } from '../base/text-edit.ts';
import { oneOrMany } from '../policy/model.ts';
import type { WritableValue, Writer } from '../syntax/json-writer.ts';
import { type Member, type ObjectNode, toPlain, type ValueNode } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'element-duplicate',
  title: 'The same name twice in one object',
  accessAnalyzer: ['JSON_SYNTAX_ERROR'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'elements',
  fix: 'unknown',
  jsonOnly: true,
  docs: {
    what: 'An object holds two members of the same name: two `Action`, two `AWS`, two `StringEquals`.',
    why: 'The grammar of policies forbids it. Where it is read nevertheless, only one of the two counts, and the other is lost without a word.',
    how: 'Put both into one: a list holds several actions, resources or values; one operator holds several condition keys.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy:
          '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Action": "s3:PutObject",\n      "Resource": "arn:aws:s3:::shared-bucket/*"\n    }\n  ]\n}\n',
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:PutObject'],
              Resource: 'arn:aws:s3:::shared-bucket/*',
            },
          ],
        },
      },
    },
  },
  messages: {
    twice: "'{name}' stands twice in this object, and only one can count: AWS refuses the policy. Put both into one.",
  },
  check(holder, { report, write, isHalfTyped }) {
    // Statements are visited for themselves.
    const statements = new Set<ValueNode>('statements' in holder ? holder.statements.map(({ node }) => node) : []);
    const walk = (node: ValueNode): void => {
      if (statements.has(node)) return;
      if (node.type === 'array') for (const item of node.items) walk(item);
      if (node.type !== 'object') return;
      const first = new Map<string, Member>();
      for (const member of node.members) {
        if (member.value) walk(member.value);
        const name = member.key.value;
        const before = first.get(name);
        if (!before) {
          first.set(name, member);
          continue;
        }
        if (!member.value && isHalfTyped(node)) continue;
        report({
          at: member.key.span,
          message: 'twice',
          data: { name },
          related: [{ span: before.key.span, message: 'It stands here, too.' }],
          fixes: () => fixesFor(write, node, before, member),
        });
      }
    };
    walk(holder.node);
  },
});

function fixesFor(write: Writer, object: ObjectNode, first: Member, second: Member): readonly Fix[] {
  const name = second.key.value;
  const remove: Fix = {
    title: `Remove the second '${name}'`,
    effect: 'unknown',
    edits: write.removeMember(object, second),
  };
  const merged = merge(write, first, second);
  if (!merged) return [remove];
  const title = merged.length === 0 ? remove.title : `Merge the two '${name}' into one`;
  return [
    { ...remove, title, edits: [...merged, ...remove.edits], preferred: true },
    ...(merged.length > 0 ? [remove] : []),
  ];
}

/** The elements that hold one or many, so that two of them can become one list. */
const LISTS: ReadonlySet<string> = new Set([
  'Statement',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'AWS',
  'Service',
  'Federated',
  'CanonicalUser',
]);

/** Edits that bring what the second member holds into the first; undefined where they contradict each other. */
function merge(write: Writer, first: Member, second: Member): readonly TextEdit[] | undefined {
  const [into, from] = [first.value, second.value];
  if (!into || !from) return undefined;
  if (JSON.stringify(toPlain(into)) === JSON.stringify(toPlain(from))) return [];
  if (into.type === 'object' && from.type === 'object' && !LISTS.has(first.key.value)) {
    const known = new Set(into.members.map(({ key }) => key.value));
    if (from.members.some(({ key, value }) => known.has(key.value) || !value)) return undefined;
    if (into.members.length === 0) return write.replace(into, toPlain(from) as WritableValue);
    return from.members.flatMap(({ key, value }) =>
      value ? write.insertMember(into, key.value, toPlain(value) as WritableValue) : [],
    );
  }
  if (!LISTS.has(first.key.value)) return undefined;
  const strings = [...oneOrMany(into), ...oneOrMany(from)].map((node) =>
    node.type === 'string' ? node.value : undefined,
  );
  if (strings.some((text) => text === undefined)) return undefined;
  const values = [...new Set(strings.filter((text) => text !== undefined))];
  return write.replace(into, values);
}
