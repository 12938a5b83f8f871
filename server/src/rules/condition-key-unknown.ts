import type { Catalogue } from '../catalogue/types.ts';
import { isUnlistedKey, nearestKey, tagFamilyOf } from '../policy/condition-key.ts';
import { findKey } from '../policy/edit-condition.ts';
import { hasHole } from '../policy/hole.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'condition-key-unknown',
  title: 'Unknown condition key',
  accessAnalyzer: ['INVALID_GLOBAL_CONDITION_KEY', 'INVALID_SERVICE_CONDITION_KEY', 'INVALID_SERVICE'],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition names a key that AWS’s reference does not list.',
    why: 'No request carries such a key, so the condition is never met: an Allow gives nothing, a Deny forbids nothing. With a negated operator or `IfExists` it is always met instead.',
    how: 'Use a key that the service lists for the action. Upper and lower case do not matter. If AWS added the key after the date of the data, ignore the finding.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { StringEquals: { 's3:prefixes': 'home/' } },
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
              Action: 's3:ListBucket',
              Resource: 'arn:aws:s3:::reports',
              Condition: { StringEquals: { 's3:prefix': 'home/' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    near: "'{key}' is not a condition key; did you mean '{near}'?",
    global:
      "'{key}' is not among the global condition keys of {date}. If it does not exist, the condition is never met.",
    service:
      "'{key}' is not among the condition keys of {service} of {date}. If it does not exist, the condition is never met.",
    prefix: "No service has the prefix '{prefix}', so the condition key '{key}' does not exist.",
    retired:
      "'{key}' was last listed by AWS in {seen}; it was retired or renamed, and requests may not carry it any more.",
  },
  check({ key, member, operatorMember }, { catalogue, report, write }) {
    const colon = key.indexOf(':');
    // What has not the form of a key is another flaw.
    if (colon <= 0 || colon === key.length - 1 || hasHole(key) || member.value === undefined) return;
    if (catalogue.conditionKey(key) || tagFamilyOf(key, catalogue) || isUnlistedKey(key)) return;
    const at = member.key.span;
    const retired = catalogue.retiredConditionKey(key);
    if (retired) {
      report({ at, message: 'retired', severity: 'info', data: { key, seen: retired.lastSeen }, accessAnalyzer: [] });
      return;
    }
    const prefix = key.slice(0, colon);
    const { id, candidates } = familyOf(prefix, catalogue);
    if (id === undefined) return;
    const near = nearestKey(key, candidates);
    const object = operatorMember.value;
    const free = near !== undefined && object?.type === 'object' && !findKey(object, near);
    const fixes = () =>
      near && free
        ? [
            {
              title: `Change to '${near}'`,
              effect: 'unknown' as const,
              edits: write.rename(member, near),
              preferred: true,
            },
          ]
        : [];
    const accessAnalyzer = [id];
    if (near) {
      const severity = id === 'INVALID_GLOBAL_CONDITION_KEY' ? 'error' : 'warning';
      report({ at, message: 'near', severity, confidence: 'high', data: { key, near }, accessAnalyzer, fixes });
    } else if (id === 'INVALID_GLOBAL_CONDITION_KEY') {
      report({ at, message: 'global', data: { key, date: catalogue.date }, accessAnalyzer });
    } else if (id === 'INVALID_SERVICE') {
      report({ at, message: 'prefix', data: { key, prefix }, accessAnalyzer });
    } else {
      const service = catalogue.serviceName(prefix) ?? prefix;
      report({ at, message: 'service', data: { key, service, date: catalogue.date }, accessAnalyzer });
    }
  },
});

type Check = 'INVALID_GLOBAL_CONDITION_KEY' | 'INVALID_SERVICE_CONDITION_KEY' | 'INVALID_SERVICE';

/** Which check a key of this prefix answers, and the keys it may have meant; no check where nothing is known. */
function familyOf(
  prefix: string,
  catalogue: Catalogue,
): { readonly id: Check | undefined; readonly candidates: () => readonly string[] } {
  const globals = () => catalogue.globalConditionKeys().map(({ name }) => name);
  if (prefix.toLowerCase() === 'aws') return { id: 'INVALID_GLOBAL_CONDITION_KEY', candidates: globals };
  const federation = () => catalogue.federationConditionKeys().map(({ name }) => name);
  if (prefix.toLowerCase() === 'saml') return { id: 'INVALID_SERVICE_CONDITION_KEY', candidates: federation };
  // The keys of an identity provider begin with its host name, and it may send claims that nobody lists.
  if (/[./]/.test(prefix)) return { id: undefined, candidates: () => [] };
  const service = catalogue.service(prefix);
  if (service) {
    return { id: 'INVALID_SERVICE_CONDITION_KEY', candidates: () => service.conditionKeys.map(({ name }) => name) };
  }
  if (catalogue.retiredService(prefix)) return { id: undefined, candidates: () => [] };
  return { id: 'INVALID_SERVICE', candidates: () => [] };
}
