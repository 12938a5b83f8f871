import { hasWildcard } from '../base/wildcard.ts';
import { judgeRegion } from '../catalogue/partitions.ts';
import { hasHole } from '../policy/hole.ts';
import { identifyPrincipal } from '../policy/principal.ts';
import { nearestServicePrincipal, repairServicePrincipal } from '../policy/service-principal.ts';
import { defineRule } from './define.ts';

/** Keys that hold a service principal, in lower case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const SERVICE_KEYS: ReadonlySet<string> = new Set([
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'iam:passedtoservice',
  'iam:awsservicename',
  'sts:awsservicename',
]);

const REGION = '<region>';

export default defineRule({
  id: 'condition-service-invalid',
  title: 'Condition value is not a service principal',
  accessAnalyzer: ['INVALID_SERVICE_PRINCIPAL_FORMAT'],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: 'all',
  visit: 'condition',
  fix: 'unknown',
  docs: {
    what: 'A condition on a key that holds the name of an AWS service, such as `iam:PassedToService`, compares it with something of another form.',
    why: 'The key holds the service principal, `lambda.amazonaws.com` and not `lambda`, so the condition is never met. `kms:ViaService` holds a name with the Region in it.',
    how: 'Write the service principal in full; for `kms:ViaService`, `SERVICE.REGION.amazonaws.com`.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService',
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:PassRole',
              Resource: 'arn:aws:iam::123456789012:role/shop',
              Condition: { StringEquals: { 'iam:PassedToService': 'lambda' } },
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
              Action: 'iam:PassRole',
              Resource: 'arn:aws:iam::123456789012:role/shop',
              Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
            },
          ],
        },
      },
    },
  },
  messages: {
    shape: "'{value}' is not a service principal such as lambda.amazonaws.com, which {key} holds.",
    near: "'{value}' is not a service principal, which {key} holds; did you mean '{near}'?",
    case: "{key} holds names in lower case, and '{value}' never equals one. Write '{near}'.",
    via: "'{value}' is not of the form SERVICE.REGION.amazonaws.com, which {key} holds.",
    labels:
      "{key} is written as SERVICE.amazonaws.com. AWS's own validation refuses '{value}', which has one name more, though some of AWS's policies use it.",
    region: "'{value}' names no Region, which {key} always does: write it as '{near}'.",
  },
  check({ operator, key, values }, { catalogue, report, write }) {
    if (operator.family !== 'String') return;
    const viaKms = key.toLowerCase() === 'kms:viaservice';
    if (!viaKms && !SERVICE_KEYS.has(key.toLowerCase())) return;
    for (const { node, text } of values) {
      if (hasHole(text) || text.includes('${') || hasWildcard(text)) continue;
      const shaped = identifyPrincipal('Service', text).who === 'service';
      const lower = text.toLowerCase();
      if (shaped && text !== lower && !operator.name?.endsWith('IgnoreCase')) {
        report({
          at: node.span,
          message: 'case',
          data: { value: text, key, near: lower },
          fixes: () => [
            { title: `Change to '${lower}'`, effect: 'unknown', edits: write.replace(node, lower), preferred: true },
          ],
        });
        continue;
      }
      if (viaKms) {
        const parts = /^([a-z0-9-]+)(?:\.(amazonaws\.com(?:\.cn)?))?$/.exec(text);
        if (!parts) {
          if (!shaped) report({ at: node.span, message: 'via', data: { value: text, key } });
          continue;
        }
        const near = `${parts[1]}.${REGION}.${parts[2] ?? 'amazonaws.com'}`;
        report({
          at: node.span,
          message: 'region',
          data: { value: text, key, near: near.replace(REGION, 'REGION') },
          fixes: () => [
            {
              title: `Change to '${near}'`,
              effect: 'unknown',
              edits: write.replace(node, near),
              placeholders: [REGION],
            },
          ],
        });
        continue;
      }
      const near = shaped ? nearestServicePrincipal(text, catalogue) : repairServicePrincipal(text, catalogue);
      if (near) {
        report({
          at: node.span,
          message: 'near',
          data: { value: text, key, near },
          fixes: () => [
            { title: `Change to '${near}'`, effect: 'unknown', edits: write.replace(node, near), preferred: true },
          ],
        });
      } else if (!shaped) report({ at: node.span, message: 'shape', data: { value: text, key } });
      else if (key.toLowerCase().startsWith('aws:calledvia') && hasTwoNames(text)) {
        report({ at: node.span, message: 'labels', severity: 'info', data: { value: text, key } });
      }
    }
  },
});

/** `application-signals.cloudwatch.amazonaws.com`, but not a name with its Region. */
function hasTwoNames(principal: string): boolean {
  const [, second] = /^[^.]+\.([^.]+)\.amazonaws\.com(?:\.cn)?$/.exec(principal) ?? [];
  return second !== undefined && judgeRegion(second) === 'wrong';
}
