import { findCovered } from '../policy/covered.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'resource-redundant',
  title: 'Resource that another one includes',
  accessAnalyzer: ['REDUNDANT_RESOURCE'],
  severity: 'info',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'equivalent',
  docs: {
    what: 'The list holds a resource twice, or holds one that a pattern in the same list matches anyway: `arn:aws:s3:::logs*` is also `arn:aws:s3:::logs/*`.',
    why: 'It changes nothing, but takes room, and it hides how much the pattern lets in.',
    how: 'Remove the resource. If only those that are named were meant, remove the pattern instead.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-suggestion-redundant-resource',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:GetRole',
              Resource: ['arn:aws:iam::111122223333:role/app-*', 'arn:aws:iam::111122223333:role/app-web'],
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:role/app-*' }],
        },
      },
    },
  },
  messages: {
    twice: "'{resource}' stands in this list already, so it changes nothing here. Remove it.",
    covered: "'{resource}' is part of '{wider}' in the same list, so it changes nothing. Remove one of the two.",
  },
  check(statement, { report, write }) {
    for (const { entries, member } of statement.resources) {
      const texts = entries.map(({ text }) => text);
      const covered = findCovered(texts, { ignoreCase: false });
      const nodes = [...covered.keys()].sort((a, b) => a - b).flatMap((index) => entries[index]?.node ?? []);
      // The same for each of them, and as long as the list: made once.
      let all: readonly Fix[] | undefined;
      const removeAll = (): readonly Fix[] => {
        const edits = nodes.length > 1 ? removeEntries(member, nodes, write) : undefined;
        return edits ? [{ title: `Remove all ${nodes.length} redundant resources`, effect: 'equivalent', edits }] : [];
      };
      for (const [index, by] of covered) {
        const entry = entries[index];
        const other = entries[by];
        if (!entry || !other) continue;
        const resource = entry.text;
        const wider = other.text;
        const common = {
          at: entry.node.span,
          tag: 'unnecessary',
          fixes: () => {
            const edits = removeEntries(member, [entry.node], write);
            const one: Fix[] = edits
              ? [{ title: `Remove '${resource}'`, effect: 'equivalent', edits, preferred: true }]
              : [];
            all ??= removeAll();
            return [...one, ...all];
          },
        } as const;
        const twin = resource === wider;
        const related = [{ span: other.node.span, message: twin ? 'Here it stands first.' : 'This includes it.' }];
        if (twin) report({ ...common, related, message: 'twice', data: { resource } });
        else report({ ...common, related, message: 'covered', data: { resource, wider } });
      }
    }
  },
});
