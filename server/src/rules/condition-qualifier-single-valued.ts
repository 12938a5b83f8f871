import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { isAudienceKey } from '../policy/federation.ts';
import { isDeny } from '../policy/model.ts';
import { readPresence } from '../policy/presence.ts';
import { defineRule } from './define.ts';

const REDUNDANT = 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION';

export default defineRule({
  id: 'condition-qualifier-single-valued',
  title: 'ForAllValues on a key with one value',
  accessAnalyzer: ['FORALLVALUES_WITH_SINGLE_VALUED_KEY', 'CONFIRM_AUDIENCE_CLAIM_TYPE', REDUNDANT],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A condition puts `ForAllValues:` before the operator of a key that never holds more than one value.',
    why: '`ForAllValues:` is also met when the request does not carry the key at all. An Allow then lets in requests that nobody checked.',
    how: 'Leave `ForAllValues:` out. It is for keys with several values, such as `aws:TagKeys`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
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
              Condition: { 'ForAllValues:StringEquals': { 'aws:PrincipalTag/team': 'web' } },
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
              Condition: { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    single: "'{key}' has one value, and ForAllValues: is also met by a request without it. Leave ForAllValues: out.",
  },
  check(clause, { catalogue, statement, report, write }) {
    const { operator, key, operatorMember } = clause;
    if (operator.set !== 'ForAllValues' || !operator.name || operator.name === 'Null') return;
    const known = catalogue.conditionKey(key);
    if (!known || known.multivalued) return;
    const { name, ifExists } = operator;
    const near = spellOperator({ name, ifExists });
    report({
      at: clause.member.key.span,
      message: 'single',
      data: { key },
      accessAnalyzer: [
        'FORALLVALUES_WITH_SINGLE_VALUED_KEY',
        ...(readPresence(clause, catalogue) === 'always' ? [REDUNDANT] : []),
        ...(isAudienceKey(key) ? ['CONFIRM_AUDIENCE_CLAIM_TYPE'] : []),
      ],
      related: [{ span: operatorMember.key.span, message: 'The operator.' }],
      fixes: () => {
        const edits = changeOperator(write, statement, clause, near);
        if (!edits) return [];
        // Only what is met without the key changes: a negated operator or IfExists is met then too.
        const same = operator.negated || ifExists;
        const effect = same ? 'equivalent' : isDeny(statement) ? 'widens' : 'narrows';
        return [{ title: `Change to '${near}'`, effect, edits, preferred: effect !== 'widens' }];
      },
    });
  },
});
