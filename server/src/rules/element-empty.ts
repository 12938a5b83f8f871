import { grammarOf } from '../policy/grammar.ts';
import type { Statement } from '../policy/model.ts';
import { findMember } from '../policy/model.ts';
import type { ValueNode } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'element-empty',
  title: 'An empty element',
  accessAnalyzer: [
    'EMPTY_ARRAY_ACTION',
    'EMPTY_ARRAY_RESOURCE',
    'EMPTY_ARRAY_PRINCIPAL',
    'EMPTY_OBJECT_PRINCIPAL',
    'EMPTY_OBJECT_CONDITION',
    'EMPTY_ARRAY_CONDITION',
    'EMPTY_ARRAY_CONDITION_FORALLVALUES',
    'EMPTY_ARRAY_CONDITION_FORANYVALUE',
    'EMPTY_ARRAY_CONDITION_IFEXISTS',
  ],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'A list of actions, resources, principals or condition values, or a condition, holds nothing.',
    why: 'A statement about nothing changes nothing, and an empty condition limits nothing: usually something is missing.',
    how: 'Fill it in or remove it.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*', Condition: {} },
          ],
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
  messages: {
    element: '{element} is empty, so the statement does nothing. Fill it in, or remove the statement.',
    negated: '{element} is empty. List what it should leave out.',
    principals: "'{type}' lists nobody. Fill it in, or remove it.",
    condition: 'Condition is empty and limits nothing. Say when the statement applies, or remove it.',
    operator: "'{operator}' is empty and limits nothing. Add a condition key, or remove it.",
    values: "'{key}' has no value to compare with. Add one, or remove the key.",
    anyValue: "'{key}' has no value to compare with, so under {operator} it never matches. Add one.",
    absent: "With no value, {operator} matches only when the request has no '{key}'. Say that with Null instead.",
  },
  check(statement, context) {
    const { kind, report, write, isHalfTyped } = context;
    if (isHalfTyped(statement.node)) return;
    const forbids: readonly string[] = grammarOf(kind)?.forbids ?? [];

    const removeStatement = (): readonly Fix[] => {
      const list = context.policy.form === 'document' ? context.policy.statementElement?.value : context.policy.node;
      if (list?.type !== 'array' || list.items.length < 2) return [];
      return [{ title: 'Remove this statement', effect: 'equivalent', edits: write.removeItem(list, statement.node) }];
    };
    const checkBlock = (block: Block, id: string): void => {
      const { member, negated } = block;
      const node = member.value;
      // A list of principals is not a Principal at all, empty or not.
      const type = id === 'PRINCIPAL' ? 'object' : 'array';
      if (node?.type !== type || !isEmpty(node) || forbids.includes(member.key.value)) return;
      report({
        at: node.span,
        message: negated ? 'negated' : 'element',
        data: { element: member.key.value },
        accessAnalyzer: [`EMPTY_${type.toUpperCase()}_${id}`],
        fixes: () => (negated ? [] : removeStatement()),
      });
    };
    for (const block of statement.actions) checkBlock(block, 'ACTION');
    for (const block of statement.resources) checkBlock(block, 'RESOURCE');
    for (const block of statement.principals) {
      checkBlock(block, 'PRINCIPAL');
      const map = block.member.value;
      if (map?.type !== 'object' || forbids.includes(block.member.key.value)) continue;
      for (const member of map.members) {
        if (member.value?.type !== 'array' || !isEmpty(member.value)) continue;
        report({
          at: member.value.span,
          message: 'principals',
          data: { type: member.key.value },
          accessAnalyzer: ['EMPTY_ARRAY_PRINCIPAL'],
          fixes: () => {
            if (map.members.length < 2) return block.negated ? [] : removeStatement();
            const edits = write.removeMember(map, member);
            return [{ title: `Remove '${member.key.value}'`, effect: 'equivalent', edits, preferred: true }];
          },
        });
      }
    }

    const { condition } = statement;
    const operators = condition?.value;
    if (!condition || operators?.type !== 'object') return;
    const removeCondition = (): Fix => ({
      title: 'Remove Condition',
      effect: 'equivalent',
      edits: write.removeMember(statement.node, condition),
      preferred: true,
    });
    const empty = ['EMPTY_OBJECT_CONDITION'];
    if (isEmpty(operators)) {
      report({ at: operators.span, message: 'condition', accessAnalyzer: empty, fixes: () => [removeCondition()] });
    }
    for (const member of operators.members) {
      const { key, value } = member;
      if (value?.type !== 'object' || !isEmpty(value)) continue;
      report({
        at: value.span,
        message: 'operator',
        data: { operator: key.value },
        accessAnalyzer: empty,
        fixes: () => {
          if (operators.members.length === 1) return [removeCondition()];
          const edits = write.removeMember(operators, member);
          return [{ title: `Remove '${key.value}'`, effect: 'equivalent', edits, preferred: true }];
        },
      });
    }
    for (const { operator, operatorMember, key, member } of statement.conditions) {
      const node = member.value;
      if (node?.type !== 'array' || !isEmpty(node)) continue;
      const at = node.span;
      const absent = operator.set === 'ForAllValues' || (operator.set === undefined && operator.ifExists);
      if (absent) {
        report({
          at,
          message: 'absent',
          data: { key, operator: operator.text },
          accessAnalyzer: [
            operator.set === 'ForAllValues' ? 'EMPTY_ARRAY_CONDITION_FORALLVALUES' : 'EMPTY_ARRAY_CONDITION_IFEXISTS',
          ],
          fixes: () => {
            const keys = operatorMember.value;
            const alone = keys?.type === 'object' && keys.members.length === 1;
            if (!alone || findMember(operators.members, 'Null')) return [];
            const edits = [...write.rename(operatorMember, 'Null'), ...write.replace(node, 'true')];
            return [{ title: 'Change to Null true', effect: 'equivalent', edits, preferred: true }];
          },
        });
      } else if (operator.set === 'ForAnyValue') {
        report({
          at,
          message: 'anyValue',
          data: { key, operator: operator.text },
          accessAnalyzer: ['EMPTY_ARRAY_CONDITION_FORANYVALUE'],
        });
      } else report({ at, message: 'values', data: { key }, accessAnalyzer: ['EMPTY_ARRAY_CONDITION'] });
    }
  },
});

type Block = Statement['principals' | 'actions' | 'resources'][number];

function isEmpty(node: ValueNode): boolean {
  if (node.type === 'array') return node.items.length === 0;
  return node.type === 'object' && node.members.length === 0;
}
