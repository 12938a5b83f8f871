import { measurePolicy, type PolicyQuota, QUOTAS, resourceQuota, stripWhitespace } from '../catalogue/quotas.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { hasHole } from '../policy/hole.ts';
import type { PolicyKind } from '../policy/kind.ts';
import { openingOf } from '../policy/model.ts';
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
    if (policy.form !== 'document') return;
    const { span } = policy.node;
    const source = policy.tree.text.slice(span.start, span.end);
    // Comments are taken out before a policy is sent.
    const text = policy.tree.dialect === 'jsonc' ? withoutComments(source) : source;
    const { quota, subject, check } = findQuota(kind, service, text, catalogue);
    if (!quota) return;
    const size = measurePolicy(text, quota);
    if (size * 10 < quota.limit * 9) return;
    const packed = measurePolicy(text, { ...quota, countsWhitespace: false });
    const at = openingOf(policy.node);
    const format = (number: number) => number.toLocaleString('en-US');
    const unit = quota.unit;
    const data = { subject, limit: format(quota.limit), size: format(size), unit };
    const fixes = (): readonly Fix[] =>
      quota.countsWhitespace && packed < size && text === source && policy.tree.problems.length === 0
        ? [
            {
              title: `Take out white space: ${format(packed)} ${unit}`,
              effect: 'equivalent',
              edits: write.replaceSpan(span, stripWhitespace(text)),
              preferred: true,
            },
          ]
        : [];
    const accessAnalyzer = check ? [check] : [];
    const common = { at, data, fixes, accessAnalyzer };
    if (size <= quota.limit) return report({ ...common, message: 'near', severity: 'hint', accessAnalyzer: [] });
    if (!quota.sure) return report({ ...common, message: 'likely', severity: 'info' });
    if (kind === 'identity' && quota.limit === QUOTAS.managed.limit) {
      return report({ ...common, message: 'inline', severity: 'info' });
    }
    if (quota.raisableTo !== undefined && size <= quota.raisableTo) {
      return report({ ...common, message: 'raisable', data: { ...data, most: format(quota.raisableTo) } });
    }
    if (packed <= quota.limit)
      return report({ ...common, message: 'spaced', data: { ...data, packed: format(packed) } });
    report({ ...common, message: 'over', severity: severityOf(kind, text) });
  },
});

interface Limit {
  readonly quota: PolicyQuota | undefined;
  /** For people: "A managed policy". */
  readonly subject: string;
  readonly check?: string;
}

/**
 * Access Analyzer cannot know whether an identity policy will be managed or inline, and compares with the longest that
 * can be: all inline policies of a role.
 */
function findQuota(kind: PolicyKind, service: string | null, text: string, catalogue: Catalogue): Limit {
  switch (kind) {
    case 'identity': {
      const inline = QUOTAS['inline-role'];
      const check = 'POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA';
      if (text.length > inline.limit && measurePolicy(text, inline) > inline.limit) {
        return { quota: inline, subject: 'An inline policy of a role', check };
      }
      return { quota: QUOTAS.managed, subject: 'A managed policy' };
    }
    case 'permissions-boundary':
      return { quota: QUOTAS.managed, subject: 'A permissions boundary' };
    case 'session':
      return { quota: QUOTAS.session, subject: 'A session policy' };
    case 'trust':
      return {
        quota: QUOTAS.trust,
        subject: 'A role trust policy',
        check: 'POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA',
      };
    case 'scp':
      return { quota: QUOTAS.scp, subject: 'A service control policy', check: 'POLICY_SIZE_EXCEEDS_SCP_QUOTA' };
    case 'rcp':
      return { quota: QUOTAS.rcp, subject: 'A resource control policy', check: 'POLICY_SIZE_EXCEEDS_RCP_QUOTA' };
    case 'vpc-endpoint':
      return {
        quota: QUOTAS.endpoint,
        subject: 'A VPC endpoint policy',
        check: 'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA',
      };
    case 'resource': {
      const check = 'POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA';
      const name = service === null ? undefined : catalogue.serviceName(service);
      const quota = service === null ? undefined : resourceQuota(service);
      if (quota) return { quota, subject: `A resource policy of ${name ?? service}`, check };
      return { quota: { ...QUOTAS.endpoint, sure: false }, subject: 'A resource policy', check };
    }
    default:
      return { quota: undefined, subject: '' };
  }
}

/** Organizations refuses a policy that is too long with certainty; what a template fills in may be shorter. */
function severityOf(kind: PolicyKind, text: string): Severity {
  return (kind === 'scp' || kind === 'rcp') && !hasHole(text) ? 'error' : 'warning';
}

function withoutComments(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"?|\/\/[^\r\n]*|\/\*.*?(?:\*\/|$)/gs, (part) =>
    part.startsWith('/') ? '' : part,
  );
}
