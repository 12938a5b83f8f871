import { familiesFor, spellOperator, translateOperator } from '../policy/condition.ts';
import { judgeValue, REFUSED } from '../policy/condition-value.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { defineRule } from './define.ts';

const WORDS = {
  String: 'texts',
  ARN: 'ARNs',
  Bool: 'true or false',
  Numeric: 'numbers',
  Date: 'dates',
  IPAddress: 'IP addresses',
  Binary: 'binary data',
} as const;

export default defineRule({
  id: 'condition-type-mismatch',
  title: 'Operator does not suit the condition key',
  accessAnalyzer: ['TYPE_MISMATCH'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition compares a key with an operator for another type of value: `aws:SecureTransport` is true or false, `aws:SourceIp` an address, and so on.',
    why: 'AWS does not promise what such a comparison gives. For addresses and dates it is not met where it should be, because texts are compared letter by letter.',
    how: 'Use an operator of the key’s own type.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html',
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
              Condition: { StringEquals: { 'aws:SecureTransport': 'true' } },
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
              Condition: { Bool: { 'aws:SecureTransport': 'true' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    better: "'{key}' holds {type}; use {near} instead of {operator}.",
    other: "'{key}' holds {type}, which {operator} does not compare.",
  },
  check(clause, { catalogue, statement, report, write }) {
    const { operator, operatorMember, key, values } = clause;
    const { family } = operator;
    if (!family || family === 'Null') return;
    const known = catalogue.conditionKey(key);
    if (!known) return;
    const families = familiesFor(known);
    if (families.includes(family)) return;
    // The user decides what a tag or an encryption context holds, so an ARN may well be in it.
    if (family === 'Arn' && known.name.includes('${')) return;
    // A value that AWS refuses under this operator is reported as that.
    if (REFUSED.has(family) && values.some(({ text }) => !text.includes('${') && judgeValue(family, text))) return;
    const target = families[0];
    const name = target && translateOperator(operator, target);
    const near =
      name && spellOperator({ ...(operator.set && { set: operator.set }), name, ifExists: operator.ifExists });
    const type = WORDS[known.type];
    const at = clause.member.key.span;
    const related = [{ span: operatorMember.key.span, message: 'The operator.' }];
    if (!near) {
      report({ at, message: 'other', data: { key, type, operator: operator.text }, related });
      return;
    }
    report({
      at,
      message: 'better',
      data: { key, type, near, operator: operator.text },
      related,
      fixes: () => {
        const suits = values.every(({ text }) => text.includes('${') || !judgeValue(target, text));
        const edits = suits ? changeOperator(write, statement, clause, near) : undefined;
        return edits ? [{ title: `Change to '${near}'`, effect: 'unknown', edits, preferred: true }] : [];
      },
    });
  },
});
