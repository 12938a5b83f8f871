import { mayHaveWildcards } from '../policy/breadth.ts';
import { changeOperator, removeClause } from '../policy/edit-condition.ts';
import { readPresence } from '../policy/presence.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'condition-any-value',
  title: 'Condition that any value meets',
  accessAnalyzer: [
    'EQUIVALENT_TO_NULL_FALSE',
    'EQUIVALENT_TO_NULL_TRUE',
    'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
    'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
  ],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'equivalent',
  docs: {
    what: 'A condition compares a key with `*`, which every value matches.',
    why: 'What is left is a question about the key: whether the request carries it at all, or, with `IfExists` or `ForAllValues:`, nothing. Readers take it for more.',
    how: 'Ask with `Null` whether the key is there (`"false"`) or not (`"true"`), and remove a condition that is always met.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { StringLikeIfExists: { 'aws:PrincipalTag/team': '*' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::reports/*',
              Condition: { Null: { 'aws:PrincipalTag/team': 'false' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    present: "Any value of '{key}' matches '{value}', so this asks only that the key is there. Null says so.",
    absent: "Any value of '{key}' matches '{value}', so this asks only that the key is not there. Null says so.",
    always:
      "Any value of '{key}' matches '{value}', and a missing one is let through, so this is always met. Remove it.",
    everywhere: "Every request carries '{key}', and any value matches '{value}', so this is always met. Remove it.",
    never: "Any value of '{key}' matches '{value}', so this is never met, and the statement does nothing.",
  },
  check(clause, context) {
    const { catalogue, statement, report, write } = context;
    const { operator, key, values } = clause;
    const presence = readPresence(clause, catalogue);
    // Under a key that takes no wildcards, those are the flaw; so is ForAllValues: with a key of one value.
    if (!presence || !mayHaveWildcards(key)) return;
    const known = catalogue.conditionKey(key);
    if (operator.set === 'ForAllValues' && known && !known.multivalued) return;
    const wide = values.find(({ text }) => /^(?:\*+|arn:\*:\*:\*:\*:\*)$/.test(text));
    if (!wide) return;
    const at = wide.node.span;
    const data = { key, value: wide.text };
    switch (presence) {
      case 'present':
      case 'absent': {
        const value = presence === 'present' ? 'false' : 'true';
        report({
          at,
          message: presence,
          severity: 'hint',
          data,
          accessAnalyzer: [presence === 'present' ? 'EQUIVALENT_TO_NULL_FALSE' : 'EQUIVALENT_TO_NULL_TRUE'],
          fixes: () => {
            const edits = changeOperator(write, statement, clause, 'Null', value);
            return edits
              ? [{ title: `Change to Null with '${value}'`, effect: 'equivalent', edits, preferred: true }]
              : [];
          },
        });
        return;
      }
      case 'always': {
        const lax = operator.ifExists || operator.set === 'ForAllValues';
        report({
          at,
          message: lax ? 'always' : 'everywhere',
          data,
          tag: 'unnecessary',
          accessAnalyzer: ['REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION'],
          fixes: () => [
            {
              title: `Remove the condition on '${key}'`,
              effect: 'equivalent',
              edits: removeClause(write, statement, clause),
              preferred: true,
            },
          ],
        });
        return;
      }
      case 'never':
        report({
          at,
          message: 'never',
          data,
          accessAnalyzer: ['REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION'],
          fixes: (): readonly Fix[] => {
            const list = context.policy.statementElement?.value;
            if (list?.type !== 'array' || list.items.length < 2) return [];
            return [
              { title: 'Remove the statement', effect: 'equivalent', edits: write.removeItem(list, statement.node) },
            ];
          },
        });
    }
  },
});
