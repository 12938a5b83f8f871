import { countSlips } from '../catalogue/suggest.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { movePrincipal } from '../policy/edit-principal.ts';
import { typeOfPrincipal } from '../policy/principal.ts';
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
      const near = nearestListed(value, catalogue);
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
    const near = repair(value, catalogue);
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

/** A well-shaped name that is not listed, and the listed one it is a slip of; short names are too alike to tell. */
function nearestListed(value: string, catalogue: Catalogue): string | undefined {
  const found = catalogue.servicePrincipal(value);
  if (!found || found.listed) return undefined;
  const proper = found.name.replace(/\.amazon\.com$/, '.amazonaws.com');
  if (proper !== found.name && catalogue.servicePrincipal(proper)?.listed) return proper;
  const [own = '', ...rest] = found.name.split('.');
  const limit = own.length >= 9 ? 2 : 1;
  // A service prefix may well have a principal of that name that we have not met.
  if (own.length < 5 || catalogue.serviceName(own) !== undefined) return undefined;
  const near = catalogue
    .servicePrincipals()
    .map(({ name }) => name)
    .filter((name) => countSlips(own, name.split('.')[0] ?? '', limit) <= limit)
    .filter((name) => name.split('.').slice(1).join('.') === rest.join('.'));
  return near.length === 1 ? near[0] : undefined;
}

/** The listed service principal that a value of the wrong shape stands for: `lambda`, ` ec2.amazonaws.com`, a URL. */
function repair(value: string, catalogue: Catalogue): string | undefined {
  const bare = value
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  const candidates = [bare, `${bare}.amazonaws.com`, bare.replace(/\.[a-z.]*$/, '.amazonaws.com')];
  return candidates.find((candidate) => catalogue.servicePrincipal(candidate)?.listed);
}
