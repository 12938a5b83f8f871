import { hasWildcard } from '../base/wildcard.ts';
import { RESOURCE_KINDS } from '../policy/resource-field.ts';
import { findTypeFlaw, readResource } from '../policy/resource-type.ts';
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
    what: 'The last field of an ARN mostly begins with the kind of resource, such as `role/` or `function:`. Here that word is misspelt, another character follows it, or no resource of the service has such an ARN.',
    why: 'The ARN matches no resource, so the statement does less than it says.',
    how: 'Take the suggested word, or copy the ARN from AWS.',
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
    separator: "In an ARN of {service}, '{word}' is followed by '{near}'. As it stands, this ARN matches nothing.",
    unknown: "No resource of {service} has an ARN that ends in '{word}', so it matches nothing. Check the ARN.",
  },
  check({ node, text, arn }, { report, write, catalogue }) {
    const shape = arn && readResource(text, catalogue);
    const found = shape && findTypeFlaw(shape, catalogue);
    if (!arn || !found) return;
    const { flaw, word } = found;
    const { start, end } = arn.resource;
    const service = catalogue.serviceName(arn.service.text) ?? arn.service.text;
    if (flaw === 'unknown') {
      return report({
        at: spanInString(node, start, end),
        message: flaw,
        confidence: 'medium',
        data: { service, word },
      });
    }
    const { near } = found;
    const from = flaw === 'separator' ? start + word.length : start;
    const place = spanInString(node, from, start + word.length + (flaw === 'separator' ? 1 : 0));
    const at = flaw === 'separator' ? spanInString(node, start, start + word.length + 1) : place;
    report({
      at,
      message: flaw,
      // Access Analyzer is silent on this where the ARN is for many accounts.
      accessAnalyzer: hasWildcard(arn.account.text) ? [] : ['INVALID_ARN_RESOURCE'],
      data: { service, word, near },
      fixes: () => [
        {
          title: flaw === 'separator' ? `Change to '${word}${near}'` : `Change to '${near}'`,
          effect: 'unknown',
          edits: write.replaceSpan(place, near),
          preferred: true,
        },
      ],
    });
  },
});
