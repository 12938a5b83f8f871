import { sayNumber } from '../base/words.ts';
import { measurePolicy, type PolicyQuota, QUOTAS, stripWhitespace } from '../catalogue/quotas.ts';
import { grammarOf } from '../policy/grammar.ts';
import { hasHole } from '../policy/hole.ts';
import type { PolicyKind } from '../policy/kind.ts';
import { openingOf } from '../policy/model.ts';
import { sizeOfPolicy } from '../policy/size.ts';
import { defineRule, type Fix, type Severity } from './define.ts';

export default defineRule({
  id: 'policy-size',
  title: 'Policy longer than AWS takes',
  accessAnalyzer: [
    'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
    'POLICY_SIZE_EXCEEDS_SCP_QUOTA',
    'POLICY_SIZE_EXCEEDS_RCP_QUOTA',
  ],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity', 'permissions-boundary', 'session', 'trust', 'scp', 'rcp', 'resource', 'vpc-endpoint'],
  visit: 'policy',
  fix: 'equivalent',
  docs: {
    what: 'AWS limits the length of a policy: 6,144 characters for a managed policy and a permissions boundary, 10,240 for all inline policies of a role together (5,120 for a group, 2,048 for a user), 2,048 for a trust policy, 10,240 for a service control policy, 5,120 for a resource control policy, and 20 KB for the policy of a bucket. IAM does not count white space; the other services count every character they are sent. From nine tenths of the limit on a hint tells.',
    why: 'AWS refuses a longer policy when it is saved, not when it is written.',
    how: 'Where white space counts, take it out. Otherwise use a pattern for actions or resources that belong together, or split the policy. The quota of trust policies can be raised to 8,192.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html',
    ],
    examples: {
      bad: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: {
                AWS: Array.from({ length: 50 }, (_, index) => `arn:aws:iam::111122223333:role/worker-${index + 1}`),
              },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
      good: {
        kind: 'trust',
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:role/worker' },
              Action: 'sts:AssumeRole',
            },
          ],
        },
      },
    },
  },
  messages: {
    over: '{subject} may have {limit} {unit}; this one has {size}, so AWS refuses it. Shorten or split it.',
    spaced:
      '{subject} may have {limit} {unit}; this one has {size}, and {packed} without white space, which counts here. Send it without.',
    raisable:
      '{subject} may have {limit} {unit}; this one has {size}. Shorten it, or ask AWS to raise the quota (to {most} at most).',
    inline:
      'A managed policy may have {limit} characters; this one has {size}. It only fits as an inline policy of a role. Shorten or split it.',
    likely: '{subject} usually may have {limit} {unit}; this one has {size}. Check the quota, or shorten it.',
    near: '{subject} may have {limit} {unit}, and this one has {size}: little more fits.',
  },
  check(policy, { kind, service, catalogue, report, write }) {
    const measured = sizeOfPolicy(policy, kind, service);
    if (!measured) return;
    const { text, size, quota } = measured;
    if (size * 10 < quota.limit * 9) return;
    const packed = quota.countsWhitespace ? measurePolicy(text, { ...quota, countsWhitespace: false }) : size;
    const { span } = policy.node;
    const whole = policy.tree.problems.length === 0 && text.length === span.end - span.start;
    const at = openingOf(policy.node);
    const unit = quota.unit;
    const subject = nameSubject(
      kind,
      quota,
      service === null ? undefined : (catalogue.serviceName(service) ?? service),
    );
    const data = { subject, limit: sayNumber(quota.limit), size: sayNumber(size), unit };
    const fixes = (): readonly Fix[] =>
      quota.countsWhitespace && packed < size && whole
        ? [
            {
              title: `Take out white space: ${sayNumber(packed)} ${unit}`,
              effect: 'equivalent',
              edits: write.replaceSpan(span, stripWhitespace(text)),
              preferred: true,
            },
          ]
        : [];
    const accessAnalyzer = kind === 'identity' && quota === QUOTAS.managed ? [] : (CHECKS[kind] ?? []);
    const common = { at, data, fixes, accessAnalyzer };
    if (size <= quota.limit) return report({ ...common, message: 'near', severity: 'hint', accessAnalyzer: [] });
    if (!quota.sure) return report({ ...common, message: 'likely', severity: 'info' });
    if (kind === 'identity' && quota === QUOTAS.managed) {
      return report({ ...common, message: 'inline', severity: 'info' });
    }
    if (quota.raisableTo !== undefined && size <= quota.raisableTo) {
      return report({ ...common, message: 'raisable', data: { ...data, most: sayNumber(quota.raisableTo) } });
    }
    if (packed <= quota.limit)
      return report({ ...common, message: 'spaced', data: { ...data, packed: sayNumber(packed) } });
    report({ ...common, message: 'over', severity: severityOf(kind, text) });
  },
});

const RESOURCE = ['POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA'];

/** Access Analyzer compares an identity policy with the longest quota, as it cannot know how it will be attached. */
const CHECKS: Readonly<Partial<Record<PolicyKind, readonly string[]>>> = {
  identity: ['POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA'],
  trust: ['POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA'],
  scp: ['POLICY_SIZE_EXCEEDS_SCP_QUOTA'],
  rcp: ['POLICY_SIZE_EXCEEDS_RCP_QUOTA'],
  resource: RESOURCE,
  'vpc-endpoint': RESOURCE,
};

function nameSubject(kind: PolicyKind, quota: PolicyQuota, service: string | undefined): string {
  if (kind === 'identity') return quota === QUOTAS.managed ? 'A managed policy' : 'An inline policy of a role';
  if (kind === 'resource' && service !== undefined) return `A resource policy of ${service}`;
  return grammarOf(kind)?.name ?? 'A policy';
}

/** Organizations refuses a policy that is too long with certainty; what a template fills in may be shorter. */
function severityOf(kind: PolicyKind, text: string): Severity {
  return (kind === 'scp' || kind === 'rcp') && !hasHole(text) ? 'error' : 'warning';
}
