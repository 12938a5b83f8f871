import { isAllow, type PrincipalEntry } from '../policy/model.ts';
import { BUILT_IN_PROVIDERS } from '../policy/principal.ts';
import { defineRule } from './define.ts';

/** Who calls which action, with the words for it. */
const CALLERS = {
  account: { action: 'sts:AssumeRole', label: 'AWS accounts, users, roles and services' },
  saml: { action: 'sts:AssumeRoleWithSAML', label: 'a SAML provider' },
  oidc: { action: 'sts:AssumeRoleWithWebIdentity', label: 'an OIDC provider' },
} as const;
type Caller = keyof typeof CALLERS;

export default defineRule({
  id: 'trust-action-mismatch',
  title: 'Action does not suit the principal',
  accessAnalyzer: ['MISMATCHED_ACTION_FOR_PRINCIPAL'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A trust policy allows an assume-role action that its principals cannot call. Accounts, users, roles and services use `sts:AssumeRole`, SAML providers `sts:AssumeRoleWithSAML`, OIDC providers `sts:AssumeRoleWithWebIdentity`.',
    why: 'Nobody can assume the role through this statement: the call that the principals make is another one.',
    how: 'Change the action to the one that the principals call, or name the other principals.',
    references: [
      'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/Okta' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
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
              Principal: { Federated: 'arn:aws:iam::123456789012:saml-provider/Okta' },
              Action: 'sts:AssumeRoleWithSAML',
              Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    wrong: "'{action}' is for {callers}, and this statement names none. {present} use '{right}'.",
    none: "'{action}' is for {callers}, and this statement names none.",
  },
  check(statement, { report, write, catalogue }) {
    if (!isAllow(statement) || statement.principals.length === 0) return;
    if (statement.principals.some(({ negated, everyone }) => negated || everyone)) return;
    const entries = statement.principals.flatMap((block) => block.entries);
    if (entries.length === 0) return;
    const isService = (name: string) => catalogue.servicePrincipal(name)?.listed === true;
    // A principal that could be several kinds (a template's stand-in) may be the one that fits.
    const possible = entries.map((entry) => possibleCallers(entry, isService));
    const fits = new Set(possible.flat());
    const sure = new Set(possible.flatMap((callers) => (callers.length === 1 ? callers : [])));
    const [only] = sure;
    const right = sure.size === 1 && fits.size === 1 && only ? only : undefined;

    for (const block of statement.actions) {
      if (block.negated) continue;
      for (const { node, pattern } of block.entries) {
        const caller = callerOf(pattern.text);
        if (!caller || fits.has(caller)) continue;
        const { action, label } = CALLERS[caller];
        if (!right) {
          report({ at: node.span, message: 'none', data: { action, callers: label } });
          continue;
        }
        const wanted = CALLERS[right].action;
        const present = { account: 'The principals here', saml: 'SAML providers', oidc: 'OIDC providers' }[right];
        report({
          at: node.span,
          message: 'wrong',
          data: { action, callers: label, present, right: wanted },
          fixes: () => {
            const others = block.entries.filter((other) => other.node !== node);
            const there = others.some((other) => other.pattern.text.toLowerCase() === wanted.toLowerCase());
            const container = block.member.value;
            if (there && container) {
              const edits = write.replaceInOneOrMany(container, node, []);
              return [{ title: `Remove '${pattern.text}'`, effect: 'equivalent', edits, preferred: true }];
            }
            const edits = write.replace(node, wanted);
            return [{ title: `Change to '${wanted}'`, effect: 'unknown', edits, preferred: true }];
          },
        });
      }
    }
  },
});

function callerOf(action: string): Caller | undefined {
  const lower = action.toLowerCase();
  return (Object.keys(CALLERS) as Caller[]).find((caller) => CALLERS[caller].action.toLowerCase() === lower);
}

/** The kinds of caller that a principal may be; none for one that names nobody, which is another flaw. */
function possibleCallers(entry: PrincipalEntry, isService: (name: string) => boolean): readonly Caller[] {
  if (entry.type !== 'Federated') return ['account'];
  const { identity } = entry;
  const text = entry.node.value;
  if (identity.who === 'saml-provider' || text.includes(':saml-provider/')) return ['saml'];
  if (identity.who === 'oidc-provider' || text.includes(':oidc-provider/')) return ['oidc'];
  if (identity.who === 'web-identity') {
    const builtIn = BUILT_IN_PROVIDERS.some((domain) => domain === identity.issuer);
    return isService(identity.issuer) && !builtIn ? ['account', 'oidc'] : ['oidc'];
  }
  return identity.who === 'invalid' ? ['account', 'saml', 'oidc'] : ['saml', 'oidc'];
}
