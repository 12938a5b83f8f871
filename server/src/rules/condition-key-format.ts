import { MISSING_TAG, tagFamilyOf } from '../policy/condition-key.ts';
import { findKey } from '../policy/edit-condition.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-format',
  title: 'Condition key is incomplete',
  accessAnalyzer: ['INVALID_CONDITION_KEY_FORMAT', 'MISSING_TAG_KEY_IN_CONDITION'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition key has not the form `prefix:name`, or it is a tag key such as `aws:ResourceTag` without the tag’s name behind a slash.',
    why: 'AWS refuses such a key, or finds no value for it in any request.',
    how: 'Write the prefix (`aws:` for keys of every service, else the service’s own), and for tags the name: `aws:ResourceTag/team`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html'],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:DescribeInstances',
              Resource: '*',
              Condition: { StringEquals: { RequestedRegion: 'eu-central-1' } },
            },
          ],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'ec2:DescribeInstances',
              Resource: '*',
              Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    prefix: "'{key}' is not a condition key, which has the form prefix:name.",
    near: "'{key}' is not a condition key; did you mean '{near}'?",
    tag: "'{key}' lacks the name of the tag. Write it behind a slash: '{family}/tag-name'.",
    name: "'{key}' lacks a name behind the slash: '{family}/name'.",
  },
  check({ key, member, operatorMember }, { catalogue, statement, report, write }) {
    // A key without a value is still being typed.
    if (hasHole(key) || member.value === undefined) return;
    const colon = key.indexOf(':');
    if (colon <= 0 || colon === key.length - 1) {
      const name = key.replace(/^:|:$/g, '');
      const prefixes = statement.actions.flatMap(({ entries }) => entries.map(({ pattern }) => pattern.prefix));
      const known = ['aws', ...new Set(prefixes)].flatMap((prefix) => {
        const found = name === '' ? undefined : catalogue.conditionKey(`${prefix}:${name}`);
        return found && found.name.toLowerCase() === `${prefix}:${name}`.toLowerCase() ? [found.name] : [];
      });
      const [near] = known;
      const object = operatorMember.value;
      if (near === undefined)
        report({
          at: member.key.span,
          message: 'prefix',
          data: { key },
          accessAnalyzer: ['INVALID_CONDITION_KEY_FORMAT'],
        });
      else {
        report({
          at: member.key.span,
          message: 'near',
          data: { key, near },
          accessAnalyzer: ['INVALID_CONDITION_KEY_FORMAT'],
          fixes: () =>
            object?.type === 'object' && !findKey(object, near)
              ? [
                  {
                    title: `Change to '${near}'`,
                    effect: 'unknown',
                    edits: write.rename(member, near),
                    preferred: known.length === 1,
                  },
                ]
              : [],
        });
      }
      return;
    }
    const family = tagFamilyOf(key, catalogue);
    if (family === undefined) return;
    const tag = /tags?$/i.test(family);
    report({
      at: member.key.span,
      message: tag ? 'tag' : 'name',
      data: { key, family },
      accessAnalyzer: tag ? ['MISSING_TAG_KEY_IN_CONDITION'] : [],
      severity: tag ? 'error' : 'warning',
      fixes: () => [
        {
          title: `Add the ${tag ? 'tag’s ' : ''}name: '${family}/${MISSING_TAG}'`,
          effect: 'unknown',
          edits: write.rename(member, `${family}/${MISSING_TAG}`),
          placeholders: [MISSING_TAG],
        },
      ],
    });
  },
});
