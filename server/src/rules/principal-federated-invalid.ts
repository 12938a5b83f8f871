import { isAccountId, parseArn } from '../policy/arn.ts';
import { movePrincipal } from '../policy/edit-principal.ts';
import { hasHole } from '../policy/hole.ts';
import { BUILT_IN_PROVIDERS, type PrincipalType, typeOfPrincipal } from '../policy/principal.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-federated-invalid',
  title: 'Not an identity provider',
  accessAnalyzer: ['INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'principal',
  fix: 'unknown',
  docs: {
    what: 'A value under `Federated` is neither the ARN of an identity provider in IAM nor the domain of one that IAM knows by itself.',
    why: 'AWS refuses to save the policy, or the provider’s users cannot assume the role.',
    how: 'Write the ARN of the provider: `arn:aws:iam::ACCOUNT:oidc-provider/HOST` without `https://`, or `arn:aws:iam::ACCOUNT:saml-provider/NAME`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/https://login.example.com' },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: { StringEquals: { 'login.example.com:sub': 'shop' } },
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
              Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/login.example.com' },
              Action: 'sts:AssumeRoleWithWebIdentity',
              Condition: { StringEquals: { 'login.example.com:sub': 'shop' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    empty: 'The identity provider is empty. Write the ARN of an OIDC or SAML provider.',
    region: "ARNs of identity providers have no Region. With '{region}' in it, this one names none.",
    scheme: "The name of an OIDC provider has no 'https://'. Leave it out.",
    url: "'{value}' is a URL. Write the ARN of the OIDC provider that IAM holds for it.",
    provider: "'{value}' is not an identity provider. Write the ARN of an OIDC or SAML provider.",
    digits: "'{account}' is not an account id, which has 12 digits.",
    misplaced: '\'{value}\' is not an identity provider: it belongs under "{right}".',
  },
  check(entry, { catalogue, report, write }) {
    const { type, node, identity } = entry;
    if (type !== 'Federated') return;
    const value = node.value;
    const arn = parseArn(value);
    const misplace = (right: PrincipalType, severity: 'error' | 'warning') =>
      report({
        at: node.span,
        message: 'misplaced',
        severity,
        data: { value, right },
        fixes: () => {
          const edits = movePrincipal(write, entry, right);
          return edits ? [{ title: `Put it under "${right}"`, effect: 'unknown', edits, preferred: true }] : [];
        },
      });
    if (identity.who === 'web-identity') {
      const builtIn = BUILT_IN_PROVIDERS.some((domain) => domain === identity.issuer);
      if (!builtIn && catalogue.servicePrincipal(identity.issuer)?.listed) misplace('Service', 'warning');
      return;
    }
    if (identity.who === 'oidc-provider' || identity.who === 'saml-provider') {
      const region = arn?.region;
      if (region && region.text !== '' && !hasHole(region.text)) {
        const at = spanInString(node, region.start, region.end);
        report({
          at,
          message: 'region',
          data: { region: region.text },
          fixes: () => [
            {
              title: `Remove '${region.text}'`,
              effect: 'unknown',
              edits: write.replaceSpan(at, ''),
              preferred: true,
            },
          ],
        });
        return;
      }
      const account = arn?.account;
      if (account && !isAccountId(account.text)) {
        const at = account.text === '' ? node.span : spanInString(node, account.start, account.end);
        report({ at, message: 'digits', data: { account: account.text } });
      }
      return;
    }
    if (identity.who !== 'invalid' || identity.why === 'partial-wildcard') return;
    if (identity.why === 'empty') {
      report({ at: node.span, message: 'empty' });
      return;
    }
    const scheme = /https?:\/\//.exec(value);
    if (identity.why === 'url' && scheme) {
      const end = scheme.index + scheme[0].length;
      const host = value.slice(end).replace(/\/$/, '');
      if (arn) {
        report({
          at: spanInString(node, scheme.index, end),
          message: 'scheme',
          fixes: () => {
            const fixed = value.slice(0, scheme.index) + host;
            const edits = write.replace(node, fixed);
            return [{ title: `Change to '${fixed}'`, effect: 'unknown', edits, preferred: true }];
          },
        });
        return;
      }
      report({
        at: node.span,
        message: 'url',
        data: { value },
        fixes: () => [
          {
            title: 'Write the ARN of the OIDC provider',
            effect: 'unknown',
            edits: write.replace(node, `arn:aws:iam::<account-id>:oidc-provider/${host}`),
            placeholders: ['<account-id>'],
          },
        ],
      });
      return;
    }
    const right = typeOfPrincipal(value);
    if (right && right !== 'Federated') misplace(right, 'error');
    else report({ at: node.span, message: 'provider', data: { value } });
  },
});
