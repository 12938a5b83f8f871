import { nearest } from '../catalogue/suggest.ts';
import type { Service } from '../catalogue/types.ts';
import { mayAssume } from '../policy/assume.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-matches-nothing',
  title: 'Action pattern matches no action',
  accessAnalyzer: ['INVALID_ACTION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'The pattern matches no action of its service.',
    why: 'The statement does less than it says; most often a letter is wrong.',
    how: 'Correct the pattern, or remove it. If it is meant for actions newer than the reference data, ignore this rule.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:Decsribe*', 's3:ListAllMyBuckets'], Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['ec2:Describe*', 's3:ListAllMyBuckets'], Resource: '*' }],
        },
      },
    },
  },
  messages: {
    misspelt: "'{value}' matches no action of {service}; did you mean '{near}'?",
    nothing: "'{value}' matches no action of {service} as of {date}.",
  },
  check({ node, pattern, block }, { kind, report, write, catalogue }) {
    const { text: value, prefix } = pattern;
    if (pattern.hole || !pattern.wildcard || pattern.wildcardInPrefix || !/^[\w*?-]+$/.test(pattern.name)) return;
    const service = catalogue.service(prefix);
    if (!service || catalogue.matchesAnyAction(value)) return;
    const name = nearPattern(pattern.name, service);
    const removal = (): readonly Fix[] => {
      const edits = removeEntries(block.member, [node], write);
      return edits ? [{ title: `Remove '${value}'`, effect: 'equivalent', edits }] : [];
    };
    if (name === undefined) {
      const data = { value, service: service.name, date: catalogue.date };
      return report({ at: node.span, message: 'nothing', data, fixes: removal });
    }
    const near = `${prefix}:${name}`;
    report({
      at: node.span,
      message: 'misspelt',
      severity: 'error',
      data: { value, service: service.name, near },
      fixes: () => {
        // In a trust policy the right spelling of another action is no better.
        if (kind === 'trust' && !mayAssume(near)) return removal();
        const edits = write.replace(node, near);
        return [{ title: `Change to '${near}'`, effect: 'unknown', edits, preferred: true }, ...removal()];
      },
    });
  },
});

/** For a pattern with one star: the beginning or end of an action name that the plain part is near to. */
function nearPattern(name: string, service: Service): string | undefined {
  const plain = name.replace(/^\*|\*$/, '');
  if (/[*?]/.test(plain) || plain.length < 3 || plain.length !== name.length - 1) return undefined;
  const starts = name.endsWith('*');
  const pieces = new Set<string>();
  for (const { name: action } of service.actions.values()) {
    for (const length of [plain.length, plain.length - 1, plain.length + 1]) {
      if (length <= action.length) pieces.add(starts ? action.slice(0, length) : action.slice(-length));
    }
  }
  const near = nearest(plain, pieces);
  return near && (starts ? `${near}*` : `*${near}`);
}
