import { grammarOf, kindsWhere } from '../policy/grammar.ts';
import { hasHole } from '../policy/hole.ts';
import { stringOf } from '../policy/model.ts';
import type { StringNode } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'sid-duplicate',
  title: 'Two statements with the same Sid',
  accessAnalyzer: ['UNIQUE_SIDS_REQUIRED', 'UNIQUE_SIDS_RECOMMENDED'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(() => true),
  visit: 'policy',
  fix: 'equivalent',
  docs: {
    what: 'Each `Sid` of a policy should stand once.',
    why: 'IAM and Organizations refuse a policy with the same Sid twice. Other services take it, but tools and people that look for a statement by its Sid find the wrong one.',
    how: 'Give each statement its own name, or leave the Sid out: it is optional.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'Reports',
              Effect: 'Allow',
              Action: 's3:GetObject',
              Resource: 'arn:aws:s3:::shared-bucket/reports/*',
            },
            { Sid: 'Reports', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::shared-bucket' },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/reports/*' },
            { Sid: 'List', Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::shared-bucket' },
          ],
        },
      },
    },
  },
  messages: {
    refused: "Sid '{sid}' stands twice: AWS refuses the policy. Give this statement another name.",
    confusing: "Sid '{sid}' stands twice, so it names neither statement. Give this one another name.",
  },
  check(policy, { kind, report, write }) {
    const refused = grammarOf(kind)?.sameSid === 'refused';
    const first = new Map<string, StringNode>();
    const counts = new Map<string, number>();
    const taken = new Set(policy.statements.map(({ sid }) => stringOf(sid)));
    for (const { sid } of policy.statements) {
      const node = sid?.value;
      if (node?.type !== 'string' || node.value === '' || hasHole(node.value)) continue;
      const before = first.get(node.value);
      if (!before) {
        first.set(node.value, node);
        continue;
      }
      let count = counts.get(node.value) ?? 2;
      while (taken.has(`${node.value}${count}`)) count++;
      counts.set(node.value, count + 1);
      const other = `${node.value}${count}`;
      taken.add(other);
      report({
        at: node.span,
        message: refused ? 'refused' : 'confusing',
        data: { sid: node.value },
        severity: refused ? 'error' : 'warning',
        accessAnalyzer: [refused ? 'UNIQUE_SIDS_REQUIRED' : 'UNIQUE_SIDS_RECOMMENDED'],
        related: [{ span: before.span, message: 'The first statement of that name.' }],
        fixes: () => [
          {
            title: `Change to '${other}'`,
            effect: refused ? 'unknown' : 'equivalent',
            edits: write.replace(node, other),
            preferred: true,
          },
        ],
      });
    }
  },
});
