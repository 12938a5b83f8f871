import { CHOICES, grammarOf, isIntended, kindsWhere } from '../policy/grammar.ts';
import { STATEMENT_ELEMENTS, statementSpan } from '../policy/model.ts';
import { defineRule } from './define.ts';

/** Services whose resource policies name no Resource: the policy is about the repository it is attached to.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html */
const WITHOUT_RESOURCE: ReadonlySet<string | null> = new Set(['ecr', 'ecr-public']);

export default defineRule({
  id: 'resource-missing',
  title: 'No Resource',
  accessAnalyzer: ['MISSING_RESOURCE'],
  severity: 'error',
  confidence: 'high',
  persona: 'regular',
  kinds: kindsWhere(({ forbids }) => !forbids.includes('Resource')),
  visit: 'statement',
  fix: 'unknown',
  docs: {
    what: 'A statement must have a `Resource` or a `NotResource`. Only role trust policies and ECR repository policies go without.',
    why: 'Without it the statement does not say what it is about. IAM and Organizations refuse it; some services take it in their resource policies.',
    how: 'Name the resources by ARN. Where an action works on no particular resource, write `"*"`.',
    references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html'],
    examples: {
      bad: {
        kind: 'identity',
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject' }] },
      },
      good: {
        policy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shared-bucket/*' }],
        },
      },
    },
  },
  messages: {
    missing: "The statement has no Resource, so AWS refuses it. Name what it is about by ARN, or write '*'.",
    advised:
      'The statement has no Resource. Most services refuse that: name the resource that the policy is attached to by its ARN.',
  },
  check(statement, { kind, service, report, write, isHalfTyped }) {
    const { node, resources, actions } = statement;
    if (resources.length > 0 || isHalfTyped(node) || WITHOUT_RESOURCE.has(service)) return;
    if (isIntended(node.members, CHOICES.resource, STATEMENT_ELEMENTS)) return;
    const needed = grammarOf(kind)?.needs.includes('resource') ?? false;
    report({
      at: statementSpan(statement),
      message: needed ? 'missing' : 'advised',
      ...(!needed && { severity: 'warning' }),
      fixes: () => {
        const last = actions.at(-1)?.member;
        const index = last ? node.members.indexOf(last) + 1 : node.members.length;
        return [
          { title: "Add Resource '*'", effect: 'unknown', edits: write.insertMember(node, 'Resource', '*', index) },
        ];
      },
    });
  },
});
