import { hasWildcard, matchesWildcard } from '../base/wildcard.ts';
import { findPartition, judgeRegion, KNOWN_REGIONS } from '../catalogue/partitions.ts';
import { nearest } from '../catalogue/suggest.ts';
import { isAccountId } from '../policy/arn.ts';
import { ARN_PLACEHOLDERS } from '../policy/arn-names.ts';
import { isOpen, RESOURCE_KINDS, useOfField, useOfFieldInService } from '../policy/resource-field.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'resource-arn-region',
  title: 'Region of an ARN is not right',
  accessAnalyzer: ['INVALID_ARN_REGION', 'ARN_REGION_NOT_ALLOWED', 'MISSING_ARN_REGION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: RESOURCE_KINDS,
  visit: 'resource',
  fix: 'unknown',
  docs: {
    what: 'The fourth field of an ARN is the Region, or empty for resources that belong to none, such as S3 buckets and everything of IAM.',
    why: 'An ARN with a wrong Region field matches no resource, so the statement does less than it says.',
    how: 'Write the Region the resource is in, `*` for all, or leave the field empty where the ARN has none.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Action: 'iam:GetRole', Resource: 'arn:aws:iam:eu-west-1:111122223333:role/app' },
          ],
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
    notAllowed:
      "ARNs of {service} for this kind of resource have no Region. With '{value}' in it, this one matches nothing.",
    missing: 'The Region is missing: without it, this ARN of {service} matches nothing. Add one, or * for all.',
    misspelt: "There is no Region '{value}'; did you mean '{near}'?",
    wrong: "'{value}' is not a Region.",
    account: "'{value}' is an account id, but it stands where the Region goes. The account comes one field later.",
    unlisted: "The Region '{value}' is not known here. Check it, unless it is newer.",
    placeholder: "Replace '{value}' by a Region such as eu-west-1.",
  },
  check({ node, arn }, { report, write, catalogue }) {
    if (!arn || isOpen(arn.region.text) || hasWildcard(arn.service.text)) return;
    const { text: value, start, end } = arn.region;
    const at = spanInString(node, start, end);
    const service = catalogue.serviceName(arn.service.text) ?? arn.service.text;
    const put = (title: string, text: string, more: Partial<Fix>): readonly Fix[] => [
      { title, effect: 'unknown', edits: write.replaceSpan(at, text), ...more },
    ];
    if (value === '') {
      const use =
        arn.resource.text === '*'
          ? useOfFieldInService(arn.service.text, 'region', catalogue)
          : useOfField(arn, 'region', catalogue);
      if (use !== 'filled' || MAY_LACK_REGION.has(arn.service.text)) return;
      return report({
        at: spanInString(node, Math.max(0, start - 1), Math.min(end + 1, arn.text.length)),
        message: 'missing',
        severity: NEEDS_REGION.has(arn.service.text) ? 'error' : 'warning',
        accessAnalyzer: ['MISSING_ARN_REGION'],
        data: { service },
        fixes: () => [
          ...put('Add a Region', ARN_PLACEHOLDERS.region, { placeholders: [ARN_PLACEHOLDERS.region] }),
          ...put("Add '*' for all Regions", '*', {}),
        ],
      });
    }
    if (hasWildcard(value)) {
      if ([...KNOWN_REGIONS, ...OTHER_VALUES].some((region) => matchesWildcard(value, region))) return;
      return report({
        at,
        message: 'unlisted',
        severity: 'warning',
        accessAnalyzer: ['INVALID_ARN_REGION'],
        data: { value },
      });
    }
    const use = useOfField(arn, 'region', catalogue);
    const never = use === 'unknown' ? useOfFieldInService(arn.service.text, 'region', catalogue) : use;
    if (isAccountId(value) && arn.account.text === '') {
      const moved = spanInString(node, start, arn.account.end);
      return report({
        at,
        message: 'account',
        accessAnalyzer: ['INVALID_ARN_REGION'],
        data: { value },
        fixes: () =>
          never === 'empty'
            ? [
                {
                  title: 'Move it to the account field',
                  effect: 'unknown',
                  edits: write.replaceSpan(moved, `:${value}`),
                  preferred: true,
                },
              ]
            : [],
      });
    }
    if (never === 'empty') {
      return report({
        at,
        message: 'notAllowed',
        accessAnalyzer: ['ARN_REGION_NOT_ALLOWED'],
        data: { service, value },
        fixes: () => put(`Remove '${value}'`, '', { preferred: true }),
      });
    }
    const accessAnalyzer = ['INVALID_ARN_REGION'];
    if (value === 'region') {
      return report({ at, message: 'placeholder', severity: 'warning', accessAnalyzer, data: { value } });
    }
    // Nothing is known of the Regions of a partition that is not known.
    const { text: partition } = arn.partition;
    if (!hasWildcard(partition) && !isOpen(partition) && !findPartition(partition)) return;
    const judgement = judgeRegion(value);
    if (judgement === 'known' || OTHER_VALUES.has(value)) return;
    const near = nearest(value, KNOWN_REGIONS);
    if (judgement === 'new' && (near === undefined || DIRECTION.test(value))) {
      const fixes = () => (near ? put(`Change to '${near}'`, near, {}) : []);
      return report({ at, message: 'unlisted', severity: 'warning', accessAnalyzer, data: { value }, fixes });
    }
    if (near === undefined) return report({ at, message: 'wrong', accessAnalyzer, data: { value } });
    report({
      at,
      message: 'misspelt',
      severity: judgement === 'new' ? 'warning' : 'error',
      accessAnalyzer,
      data: { value, near },
      fixes: () => put(`Change to '${near}'`, near, { preferred: true }),
    });
  },
});

/** Services all of whose resources lie in a Region and an account. Of others, a kind newer than our data may do without. */
const NEEDS_REGION: ReadonlySet<string> = new Set(['sqs', 'sns', 'kinesis', 'secretsmanager', 'states', 'lambda']);

/**
 * Models answer for all Regions under an ARN without one, which the reference does not list.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/global-cross-region-inference.html
 */
const MAY_LACK_REGION: ReadonlySet<string> = new Set(['bedrock']);

/** A Region that has one of these in its name may have opened since the list was written. */
const DIRECTION = /-(?:north|south|east|west|central)(?:east|west)?-/;

/** Seen in ARNs of AWS in place of a Region: WAF. */
const OTHER_VALUES: ReadonlySet<string> = new Set(['global', 'aws-global']);
