import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { isAudienceKey } from '../policy/federation.ts';
import { isDeny } from '../policy/model.ts';
import { defineRule } from './define.ts';

const ANY_VALUE = 'FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE';
const CONFIRM = 'CONFIRM_AUDIENCE_CLAIM_TYPE';

export default defineRule({
  id: 'trust-audience-qualifier',
  title: 'Audience of a token as one of several',
  accessAnalyzer: [ANY_VALUE, CONFIRM],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'condition',
  fix: 'widens',
  docs: {
    what: 'A trust policy compares the audience of a token (`:aud`, `:app_id`) with `ForAnyValue:`, which AWS always takes as one value.',
    why: 'The qualifier is for keys with several values. Should a token ever have several audiences, one match would do, whoever else it is for.',
    how: 'Leave `ForAnyValue:` out, and check that the audience is meant for this role.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                'ForAnyValue:StringEquals': { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
                StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main' },
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
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: {
                StringEquals: {
                  'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
                  'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
                },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    single: "'{key}' has one value, but ForAnyValue: lets a token pass if any of several matches. Leave it out.",
    confirm: "'{key}' says whom a token is for. Check that '{value}' is meant for this role alone.",
  },
  check(clause, { statement, report, write }) {
    const { operator, key, member, operatorMember, values } = clause;
    const { name, set, ifExists } = operator;
    if (!name || name === 'Null' || !isAudienceKey(key)) return;
    const at = member.key.span;
    if (!set) {
      const value = values[0]?.text;
      if (value === undefined || /^saml:/i.test(key)) return;
      const data = { key, value };
      report({ at, message: 'confirm', severity: 'hint', persona: 'pedantic', data, accessAnalyzer: [CONFIRM] });
      return;
    }
    // ForAllValues: on a key of one value is another rule's flaw.
    if (set !== 'ForAnyValue') return;
    report({
      at,
      message: 'single',
      data: { key },
      related: [{ span: operatorMember.key.span, message: 'The operator.' }],
      fixes: () => {
        const near = spellOperator({ name, ifExists });
        const edits = changeOperator(write, statement, clause, near);
        // A negated operator and IfExists are met without the key; ForAnyValue: is not.
        const same = !operator.negated && !ifExists;
        const effect = same ? 'equivalent' : isDeny(statement) ? 'narrows' : 'widens';
        return edits ? [{ title: `Change to '${near}'`, effect, edits, preferred: same }] : [];
      },
    });
  },
});
