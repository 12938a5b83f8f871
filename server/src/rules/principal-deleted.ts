import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-deleted',
  title: 'Principal was deleted',
  accessAnalyzer: ['INVALID_ROLE_REFERENCE', 'INVALID_USER_REFERENCE'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'principal',
  fix: 'unknown',
  docs: {
    what: 'A principal is the internal id of a role (`AROA…`) or a user (`AIDA…`).',
    why: 'AWS shows an id in place of an ARN when the role or user it stood for no longer exists. It matches nobody, not even a new role of the same name, and AWS refuses to save it again.',
    how: 'Write the ARN of the role or user that is meant now, or remove the entry.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: 'AROAQXYZEXAMPLE12345' }, Action: 'sts:AssumeRole' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::123456789012:role/deploy' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
  },
  messages: {
    deleted:
      "'{id}' is the id of a {kind} that was probably deleted, so it matches nobody. Write the ARN of the {kind} you mean.",
  },
  check({ identity, node, container }, { report, write }) {
    if (identity.who !== 'deleted') return;
    const { kind, id } = identity;
    const arn = `arn:aws:iam::<account-id>:${kind}/<${kind}-name>`;
    report({
      at: node.span,
      message: 'deleted',
      data: { id, kind },
      accessAnalyzer: [kind === 'role' ? 'INVALID_ROLE_REFERENCE' : 'INVALID_USER_REFERENCE'],
      fixes: () => [
        {
          title: `Replace by the ARN of a ${kind}`,
          effect: 'unknown',
          edits: write.replace(node, arn),
          placeholders: ['<account-id>', `<${kind}-name>`],
        },
        ...(container.type === 'array' && container.items.length > 1
          ? [{ title: `Remove '${id}'`, effect: 'equivalent' as const, edits: write.removeItem(container, node) }]
          : []),
      ],
    });
  },
});
