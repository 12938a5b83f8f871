import { isIdentityKey, isSourceKey, needsKey } from '../policy/caller-keys.ts';
import { addConditions } from '../policy/edit-condition.ts';
import { isAllow, type Statement } from '../policy/model.ts';
import { isGuarded } from '../policy/restriction.ts';
import { defineRule } from './define.ts';

const RESTRICT = 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL';
const RECOMMEND = 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL';
const UNTRUSTWORTHY = 'UNTRUSTWORTHY_CONDITION_KEY';

const ACCOUNT = '<account-id>';

/** Headers that whoever sends the request writes as they like. */
const CALLER_WRITES: ReadonlySet<string> = new Set(['aws:referer', 'aws:useragent']);

/** Keys of one service that tell its customers apart in their own way. */
const TELLS_CUSTOMER =
  /^(aws:sourceowner|kms:calleraccount|kms:encryptioncontext:.*|lambda:eventsourcetoken|lambda:sourcefunctionarn|ec2:sourceinstancearn)$/i;

export default defineRule({
  id: 'resource-service-open',
  title: 'Service may act for any customer',
  accessAnalyzer: [RESTRICT, RECOMMEND, UNTRUSTWORTHY],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: ['resource'],
  visit: 'statement',
  fix: 'narrows',
  docs: {
    what: 'A resource policy lets in an AWS service, and no condition says for whose resources it may act.',
    why: 'The service works for every AWS customer. Somebody else can tell it to use your resource, say to write their logs into your bucket (the confused deputy problem). A referer or user agent is no proof: whoever sends the request writes it.',
    how: 'Add a condition: `StringEquals` `aws:SourceAccount` with your account, `ArnLike` `aws:SourceArn` with the resource for which the service acts, or `aws:SourceOrgID`. Nearly all services send these keys; try it before you rely on it.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-central-1:123456789012:orders',
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
              Principal: { Service: 'sns.amazonaws.com' },
              Action: 'sqs:SendMessage',
              Resource: 'arn:aws:sqs:eu-central-1:123456789012:orders',
              Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:123456789012:orders' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    open: "'{service}' may do this for any AWS customer: no condition says for whose resources. Require aws:SourceAccount, aws:SourceArn or aws:SourceOrgID.",
    forged:
      "'{key}' keeps nobody out: whoever makes '{service}' call can choose it. Require aws:SourceAccount, aws:SourceArn or aws:SourceOrgID instead.",
    other:
      "For whom '{service}' may act is better said with aws:SourceAccount, aws:SourceArn or aws:SourceOrgID than with '{key}'.",
  },
  check(statement, context) {
    const { report, write } = context;
    if (!isAllow(statement)) return;
    const services = statement.principals
      .flatMap(({ negated, entries }) => (negated ? [] : entries))
      .filter(({ type, identity }) => type === 'Service' && identity.who !== 'invalid');
    const [first, ...others] = services;
    if (!first) return;
    const { conditions } = statement;
    const says = conditions.some(
      ({ key, operator }) => isSourceKey(key) && !operator.negated && operator.family !== 'Null',
    );
    // A statement that no service can meet is open to none.
    if (says || conditions.some((clause) => isIdentityKey(clause.key) && needsKey(clause))) return;
    if (isGuarded(context.policy, statement)) return;

    const service = first.node.value;
    const account = accountOf(statement);
    const value = account ?? ACCOUNT;
    const add = () => [
      {
        title: `Require aws:SourceAccount to be ${account ?? 'your account'}`,
        effect: 'narrows' as const,
        edits: addConditions(write, statement, [{ operator: 'StringEquals', key: 'aws:SourceAccount', value }]),
        placeholders: account ? [] : [ACCOUNT],
      },
    ];
    const related = others.map(({ node }) => ({ span: node.span, message: `And '${node.value}'.` }));
    // Among other conditions such a key is a flaw of its own.
    const forged =
      conditions.length === 1 ? conditions.find(({ key }) => CALLER_WRITES.has(key.toLowerCase())) : undefined;
    const other = conditions.find((clause) => TELLS_CUSTOMER.test(clause.key) && needsKey(clause));
    if (other) {
      report({
        at: other.member.key.span,
        message: 'other',
        data: { service, key: other.key },
        accessAnalyzer: [RESTRICT, RECOMMEND],
        severity: 'info',
        persona: 'auditor',
        related,
        fixes: add,
      });
    } else if (forged) {
      const { key, operator, values, member } = forged;
      const isAccount = operator.name === 'StringEquals' && values.every(({ text }) => /^\d{12}$/.test(text));
      report({
        at: member.key.span,
        message: 'forged',
        data: { service, key },
        accessAnalyzer: [RESTRICT, RECOMMEND, UNTRUSTWORTHY],
        related,
        fixes: () =>
          isAccount
            ? [
                {
                  title: `Change '${key}' to 'aws:SourceAccount'`,
                  effect: 'narrows',
                  edits: write.rename(member, 'aws:SourceAccount'),
                  preferred: true,
                },
              ]
            : add(),
      });
    } else {
      const accessAnalyzer = conditions.length > 0 ? [RESTRICT, RECOMMEND] : [RESTRICT];
      report({ at: first.node.span, message: 'open', data: { service }, accessAnalyzer, related, fixes: add });
    }
  },
});

/** The account of the resource, where its ARN holds one: most often also that of whoever uses the service. */
function accountOf({ resources }: Statement): string | undefined {
  const accounts = new Set(
    resources.flatMap(({ entries }) => entries.map(({ arn }) => arn?.account.text ?? '')).filter((one) => one !== ''),
  );
  const [only] = accounts;
  return accounts.size === 1 && only && /^\d{12}$/.test(only) ? only : undefined;
}
