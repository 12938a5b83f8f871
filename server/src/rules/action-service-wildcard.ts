import { compileWildcard, hasWildcard } from '../base/wildcard.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { hasHole } from '../policy/hole.ts';
import { isDeny, type Statement } from '../policy/model.ts';
import { spanInString } from '../syntax/tree.ts';
import { defineRule } from './define.ts';

export default defineRule({
  id: 'action-service-wildcard',
  title: 'Wildcard in the name of a service',
  accessAnalyzer: ['WILDCARD_IN_SERVICE_NAME'],
  severity: 'warning',
  confidence: 'medium',
  persona: 'regular',
  kinds: 'all',
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'The service of an action or of an ARN is written with a wildcard, such as `code*:Get*`.',
    why: 'AWS documents wildcards for the part after the service only. Where one is accepted, it may take in services that nobody thought of, and services that do not exist yet.',
    how: 'Name each service.',
    references: [
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'codecomm*:ListRepositories', Resource: '*' }],
        },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'codecommit:ListRepositories', Resource: '*' }],
        },
      },
    },
  },
  messages: {
    action:
      "'{value}' has a wildcard in the name of the service. Name the services: a pattern may take in others with similar names.",
    resource:
      "'{value}' in this ARN is a wildcard for services. Name the service: a pattern may take in others with similar names.",
  },
  check(statement, { report, write, catalogue }) {
    for (const { node, pattern, block } of statement.actions.flatMap(({ entries }) => entries)) {
      const { prefix, name, text } = pattern;
      if (!pattern.wildcardInPrefix || pattern.everything || pattern.hole || /\s/.test(text)) continue;
      const { value: container } = block.member;
      report({
        at: spanInString(node, 0, prefix.length),
        message: 'action',
        data: { value: text },
        fixes: () => {
          const services = findServices(prefix, catalogue).filter((one) =>
            catalogue.matchesAnyAction(`${one}:${name}`),
          );
          if (services.length === 0 || services.length > 8 || !container) return [];
          const actions = services.map((service) => `${service}:${name}`);
          const title = `Change to ${actions.map((action) => `'${action}'`).join(', ')}`;
          const edits = write.replaceInOneOrMany(container, node, actions);
          return [{ title, effect: effectOfLess(statement, block.negated), edits }];
        },
      });
    }
    for (const { node, arn, block } of statement.resources.flatMap(({ entries }) => entries)) {
      if (!arn || !hasWildcard(arn.service.text) || hasHole(arn.service.text)) continue;
      const { text: value, start, end } = arn.service;
      const at = spanInString(node, start, end);
      report({
        at,
        message: 'resource',
        severity: 'info',
        data: { value },
        fixes: () => {
          const takes = compileWildcard(value);
          return servicesOf(statement, catalogue)
            .filter(takes)
            .slice(0, 3)
            .map((service) => ({
              title: `Change to '${service}'`,
              effect: effectOfLess(statement, block.negated),
              edits: write.replaceSpan(at, service),
            }));
        },
      });
    }
  },
});

/** What it does to access that a list names less. */
function effectOfLess(statement: Statement, negated: boolean): 'narrows' | 'widens' {
  return isDeny(statement) === negated ? 'narrows' : 'widens';
}

function findServices(pattern: string, catalogue: Catalogue): readonly string[] {
  return catalogue.servicePrefixes().filter(compileWildcard(pattern, { ignoreCase: true }));
}

/** The services that the actions of the statement belong to. */
function servicesOf(statement: Statement, catalogue: Catalogue): readonly string[] {
  const prefixes = statement.actions.flatMap(({ entries }) =>
    entries.map(({ pattern }) => pattern.prefix.toLowerCase()),
  );
  return [...new Set(prefixes)].filter((prefix) => catalogue.serviceName(prefix) !== undefined);
}
