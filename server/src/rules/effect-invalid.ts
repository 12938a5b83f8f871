import { nearest } from '../catalogue/suggest.ts';
import { holdsPolicyVariable } from '../policy/condition-key.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'effect-invalid',
  title: 'Effect is neither Allow nor Deny',
  accessAnalyzer: ['INVALID_EFFECT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'Effect must be exactly `Allow` or `Deny`, with a capital first letter.',
    why: 'AWS refuses to save a policy with any other word here.',
    how: 'Write `Allow` to grant what the statement describes, `Deny` to forbid it.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_effect.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
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
    misspelt: "'{value}' is not an Effect; did you mean '{near}'?",
    unknown: "'{value}' is not an Effect. Write Allow or Deny.",
  },
  check(statement, { catalogue, kind, report, write }) {
    const node = statement.effect?.value;
    if (node?.type !== 'string' || node.value === 'Allow' || node.value === 'Deny' || hasHole(node.value)) return;
    // A variable has no place in Effect, which is a flaw of its own.
    if (holdsPolicyVariable(node.value, catalogue)) return;
    const near = nearest(node.value, ['Allow', 'Deny']);
    if (near === undefined) report({ at: node.span, message: 'unknown', data: { value: node.value } });
    else {
      report({
        at: node.span,
        message: 'misspelt',
        data: { value: node.value, near },
        // A resource control policy takes no Allow, however it is spelt.
        fixes: () =>
          kind === 'rcp' && near === 'Allow'
            ? []
            : [{ title: `Change to ${near}`, effect: 'unknown', edits: write.replace(node, near), preferred: true }],
      });
    }
  },
});
