import { defineRule } from './define.ts';

export default defineRule({
  id: 'rcp-not-action',
  title: 'NotAction in a resource control policy',
  accessAnalyzer: ['RCP_SYNTAX_ERROR_NOTACTION', 'UNSUPPORTED_ELEMENT_COMBINATION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['rcp'],
  visit: 'statement',
  fix: { none: 'which actions to deny instead is for you to say' },
  docs: {
    what: 'A resource control policy may not have `NotAction`.',
    why: 'Resource control policies work for some services only, so the actions have to be named. AWS refuses `NotAction`.',
    how: 'List the actions in `Action`, by service: `"s3:*"`, `"sqs:*"`.',
    references: ['https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html'],
    examples: {
      bad: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: '*' }],
        },
      },
      good: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    not: 'A resource control policy cannot have NotAction: AWS refuses it. List the actions in Action.',
  },
  check(statement, { report }) {
    for (const { member, negated } of statement.actions) {
      if (!negated) continue;
      const conflict = statement.actions.length > 1 ? ['UNSUPPORTED_ELEMENT_COMBINATION'] : [];
      report({ at: member.key.span, message: 'not', accessAnalyzer: ['RCP_SYNTAX_ERROR_NOTACTION', ...conflict] });
    }
  },
});
