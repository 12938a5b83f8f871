import { parseArn } from '../policy/arn.ts';
import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { hasHole } from '../policy/hole.ts';
import { isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-arn-operator',
  title: 'StringLike on an ARN',
  accessAnalyzer: ['STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A condition compares a key that holds an ARN with `StringLike` or `StringNotLike`.',
    why: 'These compare the ARN as one text, so a `*` that was meant for one part runs on over the colons and can match an ARN of another account. `ArnLike` compares the six parts one by one.',
    how: 'Use `ArnLike` or `ArnNotLike`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Publish',
              Effect: 'Allow',
              Principal: { Service: 's3.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: 'arn:aws:sns:eu-central-1:123456789012:alarms',
              Condition: {
                StringEquals: { 'aws:SourceAccount': '123456789012' },
                StringLike: { 'aws:SourceArn': 'arn:aws:s3:::reports-*' },
              },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Publish',
              Effect: 'Allow',
              Principal: { Service: 's3.amazonaws.com' },
              Action: 'sns:Publish',
              Resource: 'arn:aws:sns:eu-central-1:123456789012:alarms',
              Condition: {
                StringEquals: { 'aws:SourceAccount': '123456789012' },
                ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::reports-*' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    like: "'{key}' holds an ARN: with {operator} a * runs over its colons and can match other accounts. Use {near}, which compares part by part.",
  },
  check(clause, { catalogue, statement, report, write }) {
    const { operator, key, values, operatorMember } = clause;
    if (operator.name !== 'StringLike' && operator.name !== 'StringNotLike') return;
    if (catalogue.conditionKey(key)?.type !== 'ARN') return;
    const near = spellOperator({
      ...(operator.set && { set: operator.set }),
      name: operator.negated ? 'ArnNotLike' : 'ArnLike',
      ifExists: operator.ifExists,
    });
    report({
      at: clause.member.key.span,
      message: 'like',
      data: { key, operator: operator.text, near },
      related: [{ span: operatorMember.key.span, message: 'The operator.' }],
      fixes: () => {
        // A pattern that is not six parts long would match nothing any more.
        if (!values.every(({ text }) => parseArn(text) || hasHole(text))) return [];
        const edits = changeOperator(write, statement, clause, near);
        // ArnLike matches fewer ARNs; whether that is less access depends on the sense of the statement.
        const narrows = isAllow(statement) !== operator.negated;
        return edits
          ? [{ title: `Change to '${near}'`, effect: narrows ? 'narrows' : 'widens', edits, preferred: narrows }]
          : [];
      },
    });
  },
});
