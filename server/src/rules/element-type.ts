import { isAccountId } from '../policy/arn.ts';
import { parseOperator } from '../policy/condition.ts';
import { DOCUMENT_GRAMMAR, type ElementType, STATEMENT_GRAMMAR } from '../policy/grammar.ts';
import { hasHole } from '../policy/hole.ts';
import { findMember } from '../policy/model.ts';
import type { ArrayNode, Member, ObjectNode, ValueNode } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'element-type',
  title: 'The wrong type of JSON value',
  accessAnalyzer: ['DATA_TYPE_MISMATCH'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'elements',
  fix: 'unknown',
  docs: {
    what: 'Each element of a policy holds a certain type of JSON value: `Version`, `Id`, `Sid` and `Effect` a string; actions and resources a string or a list of strings; `Statement` an object or a list of objects; `Condition` an object of objects.',
    why: 'AWS refuses a policy with any other type.',
    how: 'Change the value to the type that the message names. Numbers and booleans may stand without quotation marks in conditions only.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: 20121017,
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: { type: '{element} must be {expected}, but this is {actual}: AWS refuses the policy.' },
  check(holder, context) {
    const { report, write } = context;

    const tell = (node: ValueNode, element: string, expected: string, fixes: () => readonly Fix[]): void => {
      // A template may put anything in place of a stand-in.
      if (node.type === 'string' && hasHole(node.value)) return;
      report({ at: node.span, message: 'type', data: { element, expected, actual: describe(node) }, fixes });
    };
    /** Takes a value out of a list of one. */
    const unwrap = (node: ValueNode, type: ValueNode['type']): readonly Fix[] => {
      const only = node.type === 'array' && node.items.length === 1 ? node.items[0] : undefined;
      if (only?.type !== type) return [];
      const edits = write.replaceSpan(node.span, context.policy.tree.text.slice(only.span.start, only.span.end));
      return [{ title: 'Take it out of the list', effect: 'unknown', edits, preferred: true }];
    };
    /** An account id without its quotation marks. */
    const quote = (node: ValueNode): readonly Fix[] => {
      if (node.type !== 'number') return [];
      const digits = context.policy.tree.text.slice(node.span.start, node.span.end);
      if (!isAccountId(digits)) return [];
      const edits = write.replace(node, digits);
      return [{ title: 'Put it in quotation marks', effect: 'unknown', edits, preferred: true }];
    };
    const flatten = (list: ArrayNode, item: ValueNode): readonly Fix[] => {
      const values =
        item.type === 'array' ? item.items.map((one) => (one.type === 'string' ? one.value : undefined)) : [];
      const strings = values.filter((value) => value !== undefined);
      if (strings.length === 0 || strings.length < values.length) return [];
      const edits = write.replaceInOneOrMany(list, item, strings);
      return [{ title: 'Take the inner list apart', effect: 'unknown', edits, preferred: true }];
    };

    const checkString = (object: ObjectNode, member: Member, node: ValueNode): void => {
      if (node.type === 'string') return;
      const name = member.key.value;
      tell(node, name, 'a string', () => {
        if (name === 'Version') {
          const edits = write.replace(node, '2012-10-17');
          return [{ title: "Change to '2012-10-17'", effect: 'unknown', edits, preferred: true }];
        }
        if (node.type === 'null' && name !== 'Effect') {
          return [{ title: `Remove ${name}`, effect: 'unknown', edits: write.removeMember(object, member) }];
        }
        if (node.type === 'number' && name !== 'Effect') {
          const edits = write.replace(node, String(node.value));
          return [{ title: 'Put it in quotation marks', effect: 'unknown', edits, preferred: true }];
        }
        return unwrap(node, 'string');
      });
    };
    const checkOneOrMany = (element: string, node: ValueNode): void => {
      if (node.type === 'string') return;
      if (node.type !== 'array') tell(node, element, 'a string or a list of strings', () => quote(node));
      else {
        for (const item of node.items) {
          if (item.type !== 'string')
            tell(item, `Each item of ${element}`, 'a string', () => [...flatten(node, item), ...quote(item)]);
        }
      }
    };
    const checkPrincipal = (element: string, node: ValueNode): void => {
      // What a string or a list may hold is the matter of other rules.
      if (node.type === 'string' || node.type === 'array') return;
      if (node.type !== 'object') tell(node, element, "'*' or an object", () => []);
      else for (const { key, value } of node.members) if (value) checkOneOrMany(`'${key.value}'`, value);
    };
    const checkCondition = (object: ObjectNode, member: Member, node: ValueNode): void => {
      if (node.type !== 'object') {
        tell(node, 'Condition', 'an object', () =>
          node.type === 'null'
            ? [{ title: 'Remove Condition', effect: 'unknown', edits: write.removeMember(object, member) }]
            : unwrap(node, 'object'),
        );
        return;
      }
      for (const { key: operator, value: keys } of node.members) {
        if (!keys) continue;
        if (keys.type !== 'object') {
          // What is no operator, such as a condition key in its place, is the matter of another rule.
          if (operator.value !== '' && parseOperator(operator.value).name === undefined) continue;
          tell(keys, `'${operator.value}'`, 'an object of condition keys', () => unwrap(keys, 'object'));
          continue;
        }
        for (const { key, value } of keys.members) {
          if (!value) continue;
          const element = `'${key.value}'`;
          if (value.type === 'object' || value.type === 'null') {
            tell(value, element, 'a string, a number, a boolean or a list of them', () => []);
          } else if (value.type === 'array') {
            for (const item of value.items) {
              if (isScalar(item)) continue;
              tell(item, `Each item of ${element}`, 'a string, a number or a boolean', () => flatten(value, item));
            }
          }
        }
      }
    };
    const checkElements = (object: ObjectNode, grammar: Readonly<Record<string, ElementType>>): void => {
      for (const [name, type] of Object.entries(grammar)) {
        const member = findMember(object.members, name);
        const node = member?.value;
        if (!member || !node) continue;
        if (type === 'string') checkString(object, member, node);
        else if (type === 'one-or-many') checkOneOrMany(name, node);
        else if (type === 'principal') checkPrincipal(name, node);
        else if (type === 'condition') checkCondition(object, member, node);
        else checkStatements(node);
      }
    };
    const checkStatements = (node: ValueNode): void => {
      if (node.type === 'array') {
        for (const item of node.items) if (item.type !== 'object') tell(item, 'Each statement', 'an object', () => []);
      } else if (node.type !== 'object') tell(node, 'Statement', 'an object or a list of objects', () => []);
    };

    if (!('form' in holder)) checkElements(holder.node, STATEMENT_GRAMMAR);
    else if (holder.form === 'document') {
      if (holder.node.type === 'object') checkElements(holder.node, DOCUMENT_GRAMMAR);
      else tell(holder.node, 'A policy', 'an object', () => []);
    }
  },
});

function isScalar(node: ValueNode): boolean {
  return node.type === 'string' || node.type === 'number' || node.type === 'boolean';
}

function describe(node: ValueNode): string {
  switch (node.type) {
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    case 'boolean':
      return `the boolean ${node.value}`;
    case 'number':
      return `the number ${node.value}`;
    case 'string':
      return 'a string';
  }
}
