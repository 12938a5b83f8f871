import { type ActionEntry, isAllow } from '../policy/model.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'administrator-access',
  title: 'Everything on everything is allowed',
  accessAnalyzer: ['PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE', 'CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity'],
  visit: 'statement',
  fix: { none: 'Which actions and resources are needed, only the author knows.' },
  docs: {
    what: 'The statement allows every action on every resource: full administrator.',
    why: 'A role is a door with two locks: its trust policy says who may enter, its permissions what may be done inside. Here the second lock is open, so whoever passes the first owns the account.',
    how: 'Name the actions and resources that are needed. Where it must be an administrator, keep the trust policy narrow and ask for MFA.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html#jf_administrator',
    ],
    examples: {
      bad: {
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ec2:DescribeInstances', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    nothingLeftOut:
      'NotAction names no action that exists, so nothing is left out: this allows every action on every resource. Name what is needed in Action.',
    full: 'This allows every action on every resource: whoever gets past the first lock, the trust policy, owns the account. Name what is needed.',
    conditional:
      'Where its Condition holds, this allows every action on every resource: the Condition is the only lock left. Name what is needed.',
  },
  check(statement, { catalogue, report }) {
    if (!isAllow(statement)) return;
    const action = statement.actions
      .flatMap(({ negated, entries }) => (negated ? [] : entries))
      .find(({ pattern }) => pattern.everything);
    const excluding = statement.actions.find(({ negated }) => negated);
    const resource = statement.resources
      .flatMap(({ negated, entries }) => (negated ? [] : entries))
      .find(({ text }) => text === '*');
    if (!resource) return;
    if (excluding && excluding.entries.length > 0) {
      // What NotAction names must exist to be left out; a name that does not leaves everything in.
      const leavesOut = ({ pattern }: ActionEntry): boolean => pattern.hole || catalogue.matchesAnyAction(pattern.text);
      if (excluding.entries.some(leavesOut)) return;
      report({ at: excluding.member.key.span, message: 'nothingLeftOut', accessAnalyzer: [] });
      return;
    }
    if (!action) return;
    const at = action.node.span;
    const related = [{ span: resource.node.span, message: 'Every resource.' }];
    if (statement.conditions.length === 0) report({ at, message: 'full', related });
    else report({ at, message: 'conditional', severity: 'info', related });
  },
});
