import { defineRule } from './define.ts';

export default defineRule({
  id: 'trust-session-redundant',
  title: 'Session of a role that is trusted anyway',
  accessAnalyzer: ['REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust'],
  visit: 'principal',
  fix: 'equivalent',
  docs: {
    what: 'A trust policy names a session of a role (`assumed-role/…`) next to the role itself.',
    why: 'The role stands for all its sessions, so the session adds nothing. It looks as if only that session were let in.',
    how: 'Remove the session. If only that session is meant, remove the role instead.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: {
                AWS: ['arn:aws:iam::123456789012:role/deploy', 'arn:aws:sts::123456789012:assumed-role/deploy/nightly'],
              },
              Action: 'sts:AssumeRole',
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
              Principal: { AWS: 'arn:aws:sts::123456789012:assumed-role/deploy/nightly' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
  },
  messages: {
    redundant: "The role '{role}' is trusted here with all its sessions, so this one adds nothing.",
  },
  check({ node, identity, block, container }, { statement, report, write }) {
    if (identity.who !== 'session' || block.negated) return;
    const entries = statement.principals.flatMap((one) => (one.negated ? [] : one.entries));
    const parent = entries.find(
      (other) =>
        other.identity.who === 'role' &&
        other.identity.account === identity.account &&
        other.identity.name === identity.role,
    );
    if (!parent) return;
    report({
      at: node.span,
      message: 'redundant',
      data: { role: parent.node.value },
      related: [{ span: parent.node.span, message: 'The role.' }],
      tag: 'unnecessary',
      fixes: () => {
        const list = container.type === 'array' ? container : undefined;
        if (!list || list.items.length < 2) return [];
        const edits = write.removeItem(list, node);
        return [{ title: `Remove the session '${identity.session}'`, effect: 'equivalent', edits, preferred: true }];
      },
    });
  },
});
