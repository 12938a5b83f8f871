import { movePrincipal } from '../policy/edit-principal.ts';
import { typeOfPrincipal } from '../policy/principal.ts';
import { nearestServicePrincipal, repairServicePrincipal } from '../policy/service-principal.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'principal-service-invalid',
  title: 'Not a service principal',
  accessAnalyzer: ['INVALID_SERVICE_PRINCIPAL_FORMAT'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: ['trust', 'resource', 'vpc-endpoint', 'unknown'],
  visit: 'principal',
  fix: 'unknown',
  docs: {
    what: 'A value under `Service` has not the form of a service principal (`lambda.amazonaws.com`), or is one letter away from a known one.',
    why: 'AWS refuses to save a policy that names a service it does not know.',
    how: 'Write the service’s own name for itself, nearly always `SERVICE.amazonaws.com` in lower case. The service’s documentation gives it.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda' }, Action: 'sts:AssumeRole' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
  },
  messages: {
    empty: 'The service principal is empty. Name a service, such as lambda.amazonaws.com.',
    shape: "'{value}' is not a service principal, which looks like lambda.amazonaws.com.",
    near: "'{value}' is not a service principal; did you mean '{near}'?",
    unlisted: "No service principal '{value}' is known; did you mean '{near}'?",
    misplaced: '\'{value}\' is not a service: it belongs under "{right}".',
  },
  check(entry, { catalogue, report, write }) {
    const { type, node, identity } = entry;
    if (type !== 'Service') return;
    const value = node.value;
    const replace = (near: string) => () => [
      { title: `Change to '${near}'`, effect: 'unknown' as const, edits: write.replace(node, near), preferred: true },
    ];
    if (identity.who === 'service') {
      const near = nearestServicePrincipal(value, catalogue);
      if (near) {
        report({
          at: node.span,
          message: 'unlisted',
          data: { value, near },
          severity: 'warning',
          confidence: 'medium',
          fixes: replace(near),
        });
      }
      return;
    }
    if (identity.who !== 'invalid' || identity.why === 'service-wildcard') return;
    if (identity.why === 'empty') {
      report({ at: node.span, message: 'empty' });
      return;
    }
    const right = typeOfPrincipal(value);
    const near = repairServicePrincipal(value, catalogue);
    if (right && right !== 'Service') {
      report({
        at: node.span,
        message: 'misplaced',
        data: { value, right },
        fixes: () => {
          const edits = movePrincipal(write, entry, right);
          return edits ? [{ title: `Put it under "${right}"`, effect: 'unknown', edits, preferred: true }] : [];
        },
      });
    } else if (near) report({ at: node.span, message: 'near', data: { value, near }, fixes: replace(near) });
    else report({ at: node.span, message: 'shape', data: { value } });
  },
});
