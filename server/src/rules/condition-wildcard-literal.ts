import { isSensitiveKey } from '../policy/breadth.ts';
import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { findHoles } from '../policy/hole.ts';
import { hasVariables, isAllow } from '../policy/model.ts';
import { findVariables } from '../policy/variable.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'condition-wildcard-literal',
  title: 'Wildcard that is compared literally',
  accessAnalyzer: ['WILDCARD_WITHOUT_LIKE_OPERATOR'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A value with `*` or `?` is compared by an operator that takes them as plain characters, such as `StringEquals`.',
    why: 'The condition asks for a value that really holds a `*`. No request has one, so an Allow gives nothing; with `StringNotEquals` the condition is always met.',
    how: 'Use `StringLike` (`StringNotLike`), or `ArnLike` for ARNs. If the character itself is meant, write it as `${*}` or `${?}`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:ListAllMyBuckets',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web-*' } },
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
              Action: 's3:ListAllMyBuckets',
              Resource: '*',
              Condition: { StringLike: { 'aws:PrincipalTag/team': 'web-*' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    literal:
      "{operator} takes the wildcard in '{value}' as a plain character, so it matches nothing you mean. Use {near}.",
    exact:
      "{operator} takes the wildcard in '{value}' as a plain character, so it matches nothing you mean. '{key}' must be compared with whole values.",
  },
  check(clause, context) {
    const { catalogue, statement, report, write } = context;
    const { operator, key, values } = clause;
    if (operator.family !== 'String' || !operator.name || operator.name.endsWith('Like')) return;
    const wild = values.filter(({ node, text }) => node.type === 'string' && hasLiteralWildcard(text));
    const [first, ...others] = wild;
    if (!first) return;
    const arn = catalogue.conditionKey(key)?.type === 'ARN' && values.every(({ text }) => text.startsWith('arn:'));
    const positive = arn ? 'ArnLike' : 'StringLike';
    const near = spellOperator({
      ...(operator.set && { set: operator.set }),
      name: operator.negated ? (arn ? 'ArnNotLike' : 'StringNotLike') : positive,
      ifExists: operator.ifExists,
    });
    if (isSensitiveKey(key)) {
      const data = { operator: operator.text, value: first.text, key };
      report({ at: first.node.span, message: 'exact', data });
      return;
    }
    report({
      at: first.node.span,
      message: 'literal',
      data: { operator: operator.text, value: first.text, near },
      related: others.map(({ node, text }) => ({ span: node.span, message: `So it does in '${text}'.` })),
      fixes: () => {
        const fixes: Fix[] = [];
        const edits = changeOperator(write, statement, clause, near);
        if (edits) {
          // A pattern matches more values; whether that is more access depends on the sense of the statement. Letter
          // case counts in the Like operators, which is one more difference.
          const widens = isAllow(statement) !== operator.negated;
          const effect = operator.name?.endsWith('IgnoreCase') ? 'unknown' : widens ? 'widens' : 'narrows';
          fixes.push({ title: `Change to '${near}'`, effect, edits, preferred: effect === 'narrows' });
        }
        if (hasVariables(context.policy)) {
          fixes.push({
            title: 'Keep the characters, written as ${*} and ${?}',
            effect: 'equivalent',
            edits: wild.flatMap(({ node, text }) => write.replace(node, escapeWildcards(text))),
          });
        }
        return fixes;
      },
    });
  },
});

/** The parts of a text that are neither a policy variable nor a template's stand-in. */
function plainParts(text: string): readonly { readonly start: number; readonly end: number }[] {
  const taken = [...findVariables(text), ...findHoles(text)].sort((a, b) => a.start - b.start);
  const parts: { start: number; end: number }[] = [];
  let at = 0;
  for (const { start, end } of taken) {
    if (start > at) parts.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  parts.push({ start: at, end: text.length });
  return parts;
}

function hasLiteralWildcard(text: string): boolean {
  return plainParts(text).some(({ start, end }) => /[*?]/.test(text.slice(start, end)));
}

function escapeWildcards(text: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of plainParts(text)) {
    result += text.slice(at, start) + text.slice(start, end).replace(/[*?]/g, (char) => `\${${char}}`);
    at = end;
  }
  return result + text.slice(at);
}
