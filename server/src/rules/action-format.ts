import type { Catalogue } from '../catalogue/types.ts';
import { mayAssume } from '../policy/assume.ts';
import { holdsPolicyVariable } from '../policy/condition-key.ts';
import type { ActionEntry } from '../policy/model.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-format',
  title: 'Action is not of the form service:Action',
  accessAnalyzer: ['INVALID_ACTION', 'INVALID_SERVICE_IN_ACTION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'action',
  fix: 'unknown',
  docs: {
    what: 'An action is a service prefix, a colon and a name, such as `s3:GetObject`, without spaces. Only `*` alone stands without a colon.',
    why: 'AWS refuses an action of any other form, or never matches it.',
    how: 'Write the service prefix, a colon and the name of the action. `s3:*` stands for all actions of a service.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'ListAllMyBuckets', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    empty: 'An action must not be empty. Write one such as s3:GetObject.',
    space: "'{value}' has a space in it; actions have none.",
    service: "'{value}' is a service, not an action. Write '{value}:' and an action, or '{value}:*' for all of them.",
    noService: "'{value}' does not say of which service it is an action. Write it as service:{value}.",
    noName: "'{value}' does not say which action. Write one after the colon, or '*' for all of them.",
    arn: "'{value}' is an ARN, not an action. ARNs belong in Resource.",
    characters: "'{value}' is not of the form service:Action.",
  },
  check(entry, { kind, report, write, catalogue, isHalfTyped }) {
    const { node, pattern, block } = entry;
    const value = pattern.text;
    if (pattern.hole || /^\*+(:\*+)?$/.test(value) || isHalfTyped(node)) return;
    // A variable has no place in Action, which is a flaw of its own.
    if (holdsPolicyVariable(value, catalogue)) return;
    const at = node.span;
    const change = (all: readonly string[]): readonly Fix[] => {
      const { value: container } = block.member;
      if (!container) return [];
      // In a trust policy the right spelling of another action is no better.
      const texts = kind === 'trust' ? all.filter(mayAssume) : all;
      return texts.map((text) => ({
        title: `Change to '${text}'`,
        effect: 'unknown',
        edits: write.replaceInOneOrMany(container, node, [text]),
        ...(texts.length === 1 && !text.endsWith(':*') && { preferred: true }),
      }));
    };
    if (value.trim() === '') return report({ at, message: 'empty' });
    if (/\s/.test(value)) {
      const joined = value.replace(/\s+/g, '');
      const known = catalogue.matchesAnyAction(joined);
      return report({ at, message: 'space', data: { value }, fixes: () => (known ? change([joined]) : []) });
    }
    if (/^arn:/i.test(value)) return report({ at, message: 'arn', data: { value } });
    if (!value.includes(':')) {
      if (catalogue.serviceName(value) !== undefined) {
        return report({ at, message: 'service', data: { value }, fixes: () => change([`${value}:*`]) });
      }
      const separated = value.replace(/[./]/, ':');
      if (separated !== value) {
        const known = catalogue.matchesAnyAction(separated);
        return report({ at, message: 'characters', data: { value }, fixes: () => (known ? change([separated]) : []) });
      }
      return report({ at, message: 'noService', data: { value }, fixes: () => change(findOwners(entry, catalogue)) });
    }
    if (pattern.name === '') return report({ at, message: 'noName', data: { value } });
    if (pattern.prefix === '' || !/^[\w.*?-]+:[\w*?-]+$/.test(value)) {
      const joined = value.replace(/^:+|:+$/g, '').replace(/:{2,}/g, ':');
      const known = joined.includes(':') && catalogue.matchesAnyAction(joined);
      report({ at, message: 'characters', data: { value }, fixes: () => (known ? change([joined]) : []) });
    }
  },
});

/** The services that have an action of that name, if they are few. */
function findOwners({ pattern }: ActionEntry, catalogue: Catalogue): readonly string[] {
  if (pattern.wildcard) return [];
  const ids = catalogue.expandAction(`*:${pattern.name}`);
  return ids.length <= 3 ? ids : [];
}
