import { spellOperator } from '../policy/condition.ts';
import { changeOperator } from '../policy/edit-condition.ts';
import { findProvider, isAudienceKey } from '../policy/federation.ts';
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
  fix: 'equivalent',
  docs: {
    what: 'A trust policy compares the audience of a token (`:aud`, `:app_id`) with `ForAnyValue:`, although the provider sends one audience.',
    why: 'The qualifier is for keys with several values. If the provider ever sent several, one match would do, whoever else the token is for.',
    how: 'Leave `ForAnyValue:` out. For a provider that AWS does not know, check that its tokens have one audience.',
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
    several: 'If tokens of {provider} have one audience, leave {set}: out; it is for keys with several values.',
    confirm: "'{key}' says whom a token is for. Check that '{value}' is meant for this role alone.",
  },
  check(clause, { catalogue, statement, report, write }) {
    const { operator, key, member, operatorMember, values } = clause;
    const { name, set, ifExists } = operator;
    if (!name || name === 'Null' || !isAudienceKey(key)) return;
    const at = member.key.span;
    const issuer = key.slice(0, key.lastIndexOf(':'));
    const single = /^saml$/i.test(issuer) || findProvider(issuer).tenantClaims.length > 0;
    if (!set) {
      const value = values[0]?.text;
      if (value === undefined || /^saml$/i.test(issuer)) return;
      const data = { key, value };
      report({ at, message: 'confirm', severity: 'hint', persona: 'pedantic', data, accessAnalyzer: [CONFIRM] });
      return;
    }
    const fixes = () => {
      const near = spellOperator({ name, ifExists });
      const edits = changeOperator(write, statement, clause, near);
      if (!edits) return [];
      const same = set === 'ForAnyValue' && !operator.negated && !ifExists;
      const effect = same ? ('equivalent' as const) : isDeny(statement) ? ('widens' as const) : ('unknown' as const);
      return [{ title: `Change to '${near}'`, effect, edits, preferred: same && single }];
    };
    const related = [{ span: operatorMember.key.span, message: 'The operator.' }];
    if (set === 'ForAnyValue' && single) {
      report({ at, message: 'single', data: { key }, accessAnalyzer: [ANY_VALUE, CONFIRM], related, fixes });
      return;
    }
    // For a key of which AWS says that it has one value, ForAllValues: is another rule's flaw.
    if (set === 'ForAllValues' && catalogue.conditionKey(key)?.multivalued === false) return;
    report({
      at,
      message: 'several',
      severity: 'hint',
      persona: 'pedantic',
      data: { provider: issuer, set },
      accessAnalyzer: [CONFIRM],
      related,
      fixes,
    });
  },
});
