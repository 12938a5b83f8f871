import { RESOURCE_KINDS } from '../policy/resource-field.ts';
import { findMisspeltType, readResource } from '../policy/resource-type.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'resource-arn-type-unknown',
  title: 'ARN of a kind of resource that does not exist',
  accessAnalyzer: ['INVALID_ARN_RESOURCE'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'The last field of an ARN mostly begins with the kind of resource, such as `role/` or `function:`. Here that word is misspelt.',
    why: 'The ARN matches no resource, so the statement does less than it says.',
    how: 'Take the suggested word.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:rol/app' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam::111122223333:role/app' }],
        },
      },
    },
  },
  messages: {
    misspelt: "{service} has no resource '{word}'; did you mean '{near}'? As it stands, this ARN matches nothing.",
  },
  check({ node, text, arn }, { report, write, catalogue }) {
    const shape = arn && readResource(text, catalogue);
    const misspelt = shape && findMisspeltType(shape, catalogue);
    if (!arn || !misspelt) return;
    const { word, near } = misspelt;
    const { start } = arn.resource;
    const at = spanInString(node, start, start + word.length);
    report({
      at,
      message: 'misspelt',
      data: { service: catalogue.serviceName(arn.service.text) ?? arn.service.text, word, near },
      fixes: () => [
        { title: `Change to '${near}'`, effect: 'unknown', edits: write.replaceSpan(at, near), preferred: true },
      ],
    });
  },
});
