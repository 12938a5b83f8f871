import { isPolicyVariable } from '../policy/condition-key.ts';
import { kindsWhere } from '../policy/grammar.ts';
import type { PolicyKind } from '../policy/kind.ts';
import type { Statement } from '../policy/model.ts';
import { findVariables } from '../policy/variable.ts';
import { type StringNode, spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'variable-place',
  title: 'Policy variable where AWS has none',
  accessAnalyzer: ['VARIABLE_UNSUPPORTED_IN_ELEMENT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'elements',
  fix: { none: 'What to write instead depends on what the variable was to stand for.' },
  docs: {
    what: 'A policy variable stands outside the two places that have them: the last part of a Resource ARN, and the values of a condition.',
    why: 'Anywhere else AWS takes `${aws:username}` as plain text and refuses the policy, or the text matches nothing.',
    how: 'Write the value itself. To tell principals apart, use a condition such as `aws:PrincipalTag/team` or `aws:PrincipalArn`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html'],
    examples: {
      bad: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:user/${aws:username}' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
            },
          ],
        },
      },
      good: {
        kind: 'resource',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:user/alice' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
            },
          ],
        },
      },
    },
  },
  messages: {
    element: "{element} takes no policy variables, so '{variable}' is plain text there. Write the value itself.",
    field:
      "'{variable}' stands before the fifth colon of the ARN, where AWS fills in no variables, so the ARN matches nothing. Write the value, or * for all.",
  },
  check(holder, { catalogue, kind, report }) {
    const plainSids = PLAIN_SIDS.includes(kind);
    const look = (node: StringNode, element: string): void => {
      if (!node.value.includes('$')) return;
      const variable = findVariables(node.value).find((one) => isPolicyVariable(one, catalogue));
      if (!variable) return;
      const { start, end } = variable;
      report({
        at: spanInString(node, start, end),
        message: 'element',
        // Where a name may hold any characters, AWS takes the policy and ignores the variable.
        severity: element === 'Id' || element === KEY || (element === 'Sid' && !plainSids) ? 'warning' : 'error',
        data: { element, variable: node.value.slice(start, end) },
      });
    };
    if ('form' in holder) {
      if (holder.id?.value?.type === 'string') look(holder.id.value, 'Id');
      return;
    }
    for (const [node, element] of textsWithoutVariables(holder)) look(node, element);
    for (const { node, arn } of holder.resources.flatMap(({ entries }) => entries)) {
      const before = arn?.resource.start ?? 0;
      const variable = findVariables(node.value).find((one) => isPolicyVariable(one, catalogue));
      if (!variable || variable.start >= before) continue;
      const { start, end } = variable;
      report({
        at: spanInString(node, start, end),
        message: 'field',
        severity: 'warning',
        accessAnalyzer: [],
        data: { variable: node.value.slice(start, end) },
      });
    }
  },
});

const KEY = 'The name of a condition key';

const PLAIN_SIDS: readonly PolicyKind[] = kindsWhere(({ sids }) => sids === 'plain');

/** The texts of a statement that are no place for variables, each with the name of its element. */
function textsWithoutVariables(statement: Statement): readonly (readonly [node: StringNode, element: string])[] {
  const { sid, effect, principals, actions, conditions } = statement;
  return [
    ...[sid, effect].flatMap((member) =>
      member?.value?.type === 'string' ? [[member.value, member.key.value] as const] : [],
    ),
    ...[...principals, ...actions].flatMap(({ member, entries }) =>
      entries.map(({ node }) => [node, member.key.value] as const),
    ),
    ...conditions.map(({ member }) => [member.key, KEY] as const),
  ];
}
