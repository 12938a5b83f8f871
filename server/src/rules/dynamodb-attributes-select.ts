import { compileWildcard } from '../base/wildcard.ts';
import { addConditions } from '../policy/edit-condition.ts';
import { type ConditionClause, isAllow, type Statement } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'dynamodb-attributes-select',
  title: 'Attributes restricted, but all of them returned',
  accessAnalyzer: ['DYNAMODB_ATTRIBUTES_WITHOUT_SELECT'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity', 'resource', 'permissions-boundary', 'session'],
  visit: 'condition',
  fix: 'narrows',
  docs: {
    what: 'A statement lets read some attributes of a DynamoDB table by `dynamodb:Attributes`, without `dynamodb:Select`.',
    why: 'A request that names no attributes at all meets the condition, and gets every attribute of the item.',
    how: 'Also require `dynamodb:Select` to be `SPECIFIC_ATTRIBUTES`, so that a request must name what it reads.',
    references: [
      'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['dynamodb:GetItem', 'dynamodb:Query'],
              Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/scores',
              Condition: { 'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['player', 'score'] } },
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
              Action: ['dynamodb:GetItem', 'dynamodb:Query'],
              Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/scores',
              Condition: {
                'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['player', 'score'] },
                StringEqualsIfExists: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    all: "A read that names no attributes meets this condition and returns all of them. Also require dynamodb:Select to be 'SPECIFIC_ATTRIBUTES'.",
  },
  check({ operator, key, member }, { statement, report, write }) {
    if (key.toLowerCase() !== 'dynamodb:attributes' || operator.family === 'Null' || !isAllow(statement)) return;
    if (!reads(statement) || statement.conditions.some(selectsSome)) return;
    report({
      at: member.key.span,
      message: 'all',
      fixes: () => {
        // Writes do not carry the key, and are not to be stopped by it.
        const added = { operator: 'StringEqualsIfExists', key: 'dynamodb:Select', value: SOME };
        // Another selection that stands there gives way: neither access is part of the other.
        const other = statement.conditions.some(
          (one) => one.key.toLowerCase() === 'dynamodb:select' && one.operatorMember.key.value === added.operator,
        );
        const title = `Require dynamodb:Select to be '${SOME}'`;
        const edits = addConditions(write, statement, [added]);
        return [{ title, effect: other ? 'unknown' : 'narrows', edits, preferred: !other }];
      },
    });
  },
});

const SOME = 'SPECIFIC_ATTRIBUTES';
const READS = ['dynamodb:getitem', 'dynamodb:batchgetitem', 'dynamodb:query', 'dynamodb:scan'];

function reads({ actions }: Statement): boolean {
  return actions.some(({ negated, entries }) => {
    const patterns = entries.map(({ pattern }) => compileWildcard(pattern.text, { ignoreCase: true }));
    return READS.some((action) => patterns.some((matches) => matches(action)) !== negated);
  });
}

function selectsSome({ key, operator, values }: ConditionClause): boolean {
  if (key.toLowerCase() !== 'dynamodb:select' || operator.family !== 'String' || operator.negated) return false;
  return values.every(({ text }) => text.toUpperCase() === SOME || text.includes('${'));
}
