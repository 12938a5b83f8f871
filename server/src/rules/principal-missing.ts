import { ACCOUNT_TO_FILL_IN } from '../policy/edit-principal.ts';
import { CHOICES, isIntended, kindsWhere } from '../policy/grammar.ts';
import { STATEMENT_ELEMENTS, statementSpan } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-missing',
  title: 'No Principal',
  accessAnalyzer: ['MISSING_PRINCIPAL'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(({ needs }) => needs.includes('principal')),
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'In a policy that is attached to a role, a resource or an endpoint, every statement must have a `Principal`.',
    why: 'Such a policy says who is let in; without a Principal it does not, and AWS refuses it.',
    how: 'Add `Principal` with the AWS accounts, roles, services or identity providers that are meant.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html'],
    examples: {
      bad: {
        kind: 'trust',
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    trust: 'The statement has no Principal, so nobody is trusted and AWS refuses it. Say who may assume the role.',
    resource: 'The statement has no Principal, so AWS refuses it. Say whom it is about.',
    everyone: "The statement has no Principal, so AWS refuses it. Write '*' and narrow with conditions.",
  },
  check(statement, { kind, report, write, isHalfTyped }) {
    const { node, principals, effect } = statement;
    if (principals.length > 0 || isHalfTyped(node)) return;
    if (isIntended(node.members, CHOICES.principal, STATEMENT_ELEMENTS)) return;
    const index = effect ? node.members.indexOf(effect) + 1 : 0;
    const everyone = kind === 'rcp' || kind === 'vpc-endpoint';
    report({
      at: statementSpan(statement),
      message: everyone ? 'everyone' : kind === 'trust' ? 'trust' : 'resource',
      fixes: () => {
        if (everyone) {
          const edits = write.insertMember(node, 'Principal', '*', index);
          return [{ title: "Add Principal '*'", effect: 'unknown', edits, preferred: kind === 'rcp' }];
        }
        const account = {
          title: 'Add an AWS account as Principal',
          effect: 'unknown',
          edits: write.insertMember(node, 'Principal', { AWS: ACCOUNT_TO_FILL_IN }, index),
          placeholders: ['<account-id>'],
        } as const;
        const service = {
          title: 'Add an AWS service as Principal',
          effect: 'unknown',
          edits: write.insertMember(node, 'Principal', { Service: 'ec2.amazonaws.com' }, index),
          placeholders: ['ec2.amazonaws.com'],
        } as const;
        const actions = statement.actions.flatMap(({ entries }) => entries.map(({ pattern }) => pattern.text));
        const federated = actions.some((text) => /^sts:AssumeRoleWith/i.test(text));
        return kind === 'trust' ? (federated ? [] : [service, account]) : [account];
      },
    });
  },
});
