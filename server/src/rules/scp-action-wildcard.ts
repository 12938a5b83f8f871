import { defineRule } from './define.ts';

export default defineRule({
  id: 'scp-action-wildcard',
  title: 'Wildcard within an action of a service control policy',
  accessAnalyzer: ['SCP_SYNTAX_ERROR_ACTION_WILDCARD'],
  severity: 'hint',
  confidence: 'high',
  persona: 'pedantic',
  kinds: ['scp'],
  visit: 'action',
  fix: { none: 'AWS takes the action as it is.' },
  docs: {
    what: 'Until September 2025 a service control policy took a wildcard only at the end of an action. Today it takes one anywhere.',
    why: 'AWS accepts the policy, but tools that have not caught up may refuse it, IAM Access Analyzer among them.',
    how: 'Leave it, unless a tool of yours objects; then name the actions.',
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-error-scp-syntax-error-action-wildcard',
    ],
    examples: {
      bad: {
        kind: 'scp',
        persona: 'pedantic',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Sid: 'NoUsers', Effect: 'Deny', Action: 'iam:*LoginProfile', Resource: '*' }],
        },
      },
      good: {
        kind: 'scp',
        persona: 'pedantic',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Sid: 'NoUsers', Effect: 'Deny', Action: 'iam:Create*', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    within:
      "AWS takes '{action}', but before September 2025 a wildcard had to stand at its end, and some tools still say so.",
  },
  check({ node, pattern }, { report }) {
    if (pattern.hole || pattern.everything || !/[*?]./.test(pattern.text)) return;
    report({ at: node.span, message: 'within', data: { action: pattern.text } });
  },
});
