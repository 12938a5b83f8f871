import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { judgeRegion, KNOWN_REGIONS } from '../catalogue/partitions.ts';
import { nearest } from '../catalogue/suggest.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-region',
  title: 'Region in a condition does not exist',
  accessAnalyzer: ['INVALID_REGION'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition compares a Region, as in `aws:RequestedRegion`, with a text that is none.',
    why: 'No request carries it, so the comparison never succeeds: a list of Regions is one short, and a `Deny` for all others hits the one you meant.',
    how: 'Write the code of the Region, such as `eu-west-1`, or with `StringLike` a pattern such as `eu-*`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion',
      'https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 'ec2:RunInstances',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-wset-1' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Action: 'ec2:RunInstances',
              Resource: '*',
              Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    near: "There is no Region '{value}'; did you mean '{near}'?",
    wrong: "'{value}' is not a Region, so nothing matches it. Write a code such as eu-west-1.",
    unlisted: "The Region '{value}' is not known here. Check it, unless it is newer than {date}.",
    pattern: "'{value}' matches no Region. Write a code such as eu-west-1, or a pattern such as eu-*.",
  },
  check({ operator, key, values }, { catalogue, report, write }) {
    if (operator.family !== 'String' || !/^[^/]*(?<!Multi)Regions?$/i.test(key) || !catalogue.conditionKey(key)) return;
    for (const { node, text } of values) {
      if (text.includes('{') || hasHole(text)) continue;
      const at = node.span;
      if (hasWildcard(text)) {
        // Under the other operators the wildcard itself is the flaw.
        if (!operator.name?.endsWith('Like') || KNOWN_REGIONS.some((known) => matchesWildcard(text, known))) continue;
        report({ at, message: 'pattern', data: { value: text } });
        continue;
      }
      const folds = operator.name?.endsWith('IgnoreCase') ?? false;
      const value = folds ? text.toLowerCase() : text;
      const judgement = judgeRegion(value);
      if (judgement === 'known') continue;
      const near = nearest(value.trim(), KNOWN_REGIONS);
      if (judgement === 'new' && (near === undefined || DIRECTION.test(value))) {
        report({ at, message: 'unlisted', data: { value: text, date: catalogue.date }, confidence: 'medium' });
      } else if (near === undefined) report({ at, message: 'wrong', data: { value: text } });
      else {
        report({
          at,
          message: 'near',
          data: { value: text, near },
          fixes: () => [
            { title: `Change to '${near}'`, effect: 'unknown', edits: write.replace(node, near), preferred: true },
          ],
        });
      }
    }
  },
});

/** A Region that has one of these in its name may have opened since the list was written. */
const DIRECTION = /-(?:north|south|east|west|central)(?:east|west)?-/;
