import { findCovered } from '../policy/covered.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-redundant',
  title: 'Action that another one includes',
  accessAnalyzer: ['REDUNDANT_ACTION'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'The list holds an action twice, or holds one that a pattern in the same list matches anyway. The letter case of actions does not count.',
    why: 'It changes nothing, but takes room, and whoever removes one of the two later will think the access is gone.',
    how: 'Remove the action, or the pattern if it was meant to be replaced.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-action',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:Describe*', 'ec2:DescribeInstances'], Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ec2:Describe*', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    twice: "'{action}' stands in this list already, so it changes nothing here. Remove it.",
    covered: "'{action}' is part of '{wider}' in the same list, so it changes nothing. Remove one of the two.",
  },
  check(statement, { report, write }) {
    for (const { entries, member } of statement.actions) {
      const texts = entries.map(({ pattern }) => pattern.text);
      const covered = findCovered(texts, { ignoreCase: true });
      const nodes = [...covered.keys()].sort((a, b) => a - b).flatMap((index) => entries[index]?.node ?? []);
      // The same for each of them, and as long as the list: made once.
      let all: readonly Fix[] | undefined;
      const removeAll = (): readonly Fix[] => {
        const edits = nodes.length > 1 ? removeEntries(member, nodes, write) : undefined;
        return edits ? [{ title: `Remove all ${nodes.length} redundant actions`, effect: 'equivalent', edits }] : [];
      };
      for (const [index, by] of covered) {
        const entry = entries[index];
        const other = entries[by];
        if (!entry || !other) continue;
        const action = entry.pattern.text;
        const wider = other.pattern.text;
        const common = {
          at: entry.node.span,
          tag: 'unnecessary',
          fixes: () => {
            const edits = removeEntries(member, [entry.node], write);
            const one: Fix[] = edits
              ? [{ title: `Remove '${action}'`, effect: 'equivalent', edits, preferred: true }]
              : [];
            all ??= removeAll();
            return [...one, ...all];
          },
        } as const;
        const twin = action.toLowerCase() === wider.toLowerCase();
        const related = [{ span: other.node.span, message: twin ? 'Here it stands first.' : 'This includes it.' }];
        if (twin) report({ ...common, related, message: 'twice', data: { action } });
        else report({ ...common, related, message: 'covered', data: { action, wider } });
      }
    }
  },
});
