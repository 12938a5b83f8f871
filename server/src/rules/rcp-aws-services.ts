import { isIdentityKey, isServiceNameKey, isSourceKey, needsKey } from '../policy/caller-keys.ts';
import { addConditions, type NewCondition } from '../policy/edit-condition.ts';
import { hasHole } from '../policy/hole.ts';
import { type ConditionClause, isDeny } from '../policy/model.ts';
import { defineRule } from './define.ts';

const FOR_PEOPLE = 'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY';
const FOR_SERVICES = 'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY';
const NULL_CHECK = 'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK';

const IS_SERVICE = 'aws:PrincipalIsAWSService';

export default defineRule({
  id: 'rcp-aws-services',
  title: 'RCP may stop AWS services, or people, by accident',
  accessAnalyzer: [FOR_PEOPLE, FOR_SERVICES, NULL_CHECK],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: ['rcp'],
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'A Deny of a resource control policy tests a key that only people and roles have (`aws:PrincipalOrgID`, `aws:PrincipalArn`, …) or only AWS services (`aws:SourceOrgID`, `aws:SourceAccount`, …), without saying to which of them it applies.',
    why: 'An RCP also holds for AWS services that work on your resources in their own name, such as CloudTrail writing logs. A key that the caller does not have counts as different, so the Deny stops callers it is not about. Some services do not send the source keys on every call.',
    how: 'With keys of people add `BoolIfExists` `aws:PrincipalIsAWSService` `"false"`. With keys of services add `Bool` `aws:PrincipalIsAWSService` `"true"` and `Null` `aws:SourceAccount` `"false"`.',
    references: [
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalisawsservice',
    ],
    examples: {
      bad: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: { StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
            },
          ],
        },
      },
      good: {
        kind: 'rcp',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: '*',
              Condition: {
                StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
                BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
              },
            },
          ],
        },
      },
    },
  },
  messages: {
    people:
      'AWS services that call in their own name have no \'{key}\', so this Deny stops them too. Add BoolIfExists aws:PrincipalIsAWSService "false".',
    services:
      'Only AWS services have \'{key}\', so this Deny stops people and roles too. Add Bool aws:PrincipalIsAWSService "true".',
    unsent: 'Some AWS services call without \'{key}\', and this Deny stops them. Add Null aws:SourceAccount "false".',
    both: 'People and roles, and some AWS services, call without \'{key}\', and this Deny stops them. Add Bool aws:PrincipalIsAWSService "true" and Null aws:SourceAccount "false".',
    mixed:
      'People and roles have no \'{key}\' and AWS services no \'{other}\', so this Deny may stop callers it is not about. Make two statements, one with aws:PrincipalIsAWSService "true" and one with "false".',
    unsaid: "Only {whom} have '{key}'. Say that this Deny is about no others: add {wanted}.",
  },
  check(statement, { report, write }) {
    if (!isDeny(statement)) return;
    const { conditions } = statement;
    // Every request has this key, so that Null says nothing about who calls.
    const limits = conditions.filter(
      ({ key, operator }) => operator.family !== 'Null' && key.toLowerCase() === IS_SERVICE.toLowerCase(),
    );
    const isAbout = (service: 'true' | 'false') =>
      limits.some(({ values }) => values.every(({ text }) => text.toLowerCase() === service || hasHole(text)));

    const people = conditions.filter(({ key }) => isIdentityKey(key));
    const services = conditions.filter(
      ({ key, operator }) => operator.family !== 'Null' && (isSourceKey(key) || isServiceNameKey(key)),
    );
    const person = people.find((clause) => !needsKey(clause)) ?? people[0];
    const source = services.find((clause) => !needsKey(clause)) ?? services[0];

    const tell = (
      clause: ConditionClause,
      message: 'people' | 'services' | 'unsent' | 'both',
      accessAnalyzer: readonly string[],
      wanted: readonly NewCondition[],
    ) => {
      const names = wanted.map(({ operator, key, value }) => `${operator} ${key} "${value}"`).join(' and ');
      // Next to a test of the other sort the new one would contradict it.
      const fixable = limits.length === 0 || wanted.every(({ key }) => key !== IS_SERVICE);
      const common = { at: clause.member.key.span, accessAnalyzer };
      const fix = (effect: 'equivalent' | 'widens') => () =>
        fixable ? [{ title: `Add ${names}`, effect, edits: addConditions(write, statement, wanted) }] : [];
      // A test that only callers with the key can meet spares the others as it is.
      if (needsKey(clause)) {
        const whom = message === 'people' ? 'people and roles' : 'AWS services';
        const data = { key: clause.key, whom, wanted: names };
        report({ ...common, message: 'unsaid', data, severity: 'info', persona: 'pedantic', fixes: fix('equivalent') });
      } else report({ ...common, message, data: { key: clause.key }, fixes: fix('widens') });
    };

    if (person && source && limits.length === 0) {
      report({
        at: source.member.key.span,
        message: 'mixed',
        data: { key: source.key, other: person.key },
        accessAnalyzer: [FOR_PEOPLE, FOR_SERVICES, ...(isSent(conditions) ? [] : [NULL_CHECK])],
        related: [{ span: person.member.key.span, message: 'The key that AWS services do not have.' }],
      });
    } else if (person && !isAbout('false') && !source) {
      tell(person, 'people', [FOR_PEOPLE], [{ operator: 'BoolIfExists', key: IS_SERVICE, value: 'false' }]);
    } else if (source) {
      const isService = { operator: 'Bool', key: IS_SERVICE, value: 'true' };
      const hasSource = { operator: 'Null', key: 'aws:SourceAccount', value: 'false' };
      const unsaid = !isAbout('true');
      const unsent = isSourceKey(source.key) && !isSent(conditions);
      if (unsaid && unsent) tell(source, 'both', [FOR_SERVICES, NULL_CHECK], [isService, hasSource]);
      else if (unsaid) tell(source, 'services', [FOR_SERVICES], [isService]);
      else if (unsent) tell(source, 'unsent', [NULL_CHECK], [hasSource]);
    }
  },
});

/** Does the Deny leave out calls in which a service does not say for whom it works? */
function isSent(conditions: readonly ConditionClause[]): boolean {
  return conditions.some(
    ({ key, operator, values }) =>
      operator.family === 'Null' &&
      /^aws:source(account|arn)$/i.test(key) &&
      values.every(({ text }) => text.toLowerCase() === 'false' || hasHole(text)),
  );
}
