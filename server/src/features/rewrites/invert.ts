import { overlaps } from '../../base/span.ts';
import { compileWildcard, hasWildcard } from '../../base/wildcard.ts';
import type { Action, Catalogue } from '../../catalogue/types.ts';
import { grammarOf } from '../../policy/grammar.ts';
import { hasHole } from '../../policy/hole.ts';
import { isAllow } from '../../policy/model.ts';
import { judgeAction, readResource } from '../../policy/resource-type.ts';
import { collapse } from './collapse.ts';
import { isWhole, type Rewrite, readPlain, rewrite, type StatementPlace, staysInQuota } from './define.ts';

/** Longer lists than these nobody would rather read. */
const MOST_ACTIONS = 40;
const MOST_EXCEPTIONS = 10;
const MOST_RESOURCES = 40;

/**
 * The services whose actions can work on the resources of a service, by the service in the resource's ARN: those of the
 * services whose policies are most often written by hand. `NotAction` means all other actions of all services, so only on
 * such resources is what it leaves a list. The reference has it all, but would have to be read from end to end.
 */
export const WORK_ON: Readonly<Record<string, readonly string[]>> = {
  athena: ['athena'],
  codebuild: ['codebuild'],
  codepipeline: ['codepipeline'],
  dynamodb: ['dynamodb'],
  ecr: ['ecr'],
  events: ['events'],
  glue: ['glue'],
  kinesis: ['kinesis'],
  kms: ['events', 'kinesis', 'kms'],
  lambda: ['lambda'],
  logs: ['logs'],
  s3: ['s3', 'ssm'],
  secretsmanager: ['secretsmanager'],
  sns: ['devops-guru', 'sns'],
  sqs: ['sqs'],
  ssm: ['ssm'],
  states: ['states'],
};

/**
 * Turns NotAction into Action, or in a Deny back, where the resources leave a list short enough to read. An Allow of all
 * but some would take in what AWS adds tomorrow.
 */
export function offerInvert(place: StatementPlace): readonly Rewrite[] {
  const { policy, statement, span, catalogue, write, tree } = place;
  const plain = readPlain(statement);
  const member = plain?.action.member;
  const value = member?.value;
  if (!plain || !member || !value || !overlaps(member.span, span) || !isWhole(tree, statement.node.span)) return [];
  const { kind } = policy.classification;
  const forbids: readonly string[] = grammarOf(kind)?.forbids ?? [];
  if (kind === 'trust' || kind === 'rcp' || forbids.includes('NotAction')) return [];
  const { negated, entries } = plain.action;
  if (!negated && isAllow(statement)) return [];
  if (entries.some(({ pattern }) => pattern.hole)) return [];
  const possible = findPossible(place, catalogue);
  if (!possible) return [];

  const named = entries.map(({ pattern }) =>
    compileWildcard(pattern.everything ? '*' : pattern.text, { ignoreCase: true }),
  );
  const others = possible.filter(({ id }) => !named.some((names) => names(id))).map(({ id }) => id);
  const wider = collapse(others, catalogue);
  const list = [...new Set(others.map((id) => wider.get(id) ?? id))];
  const most = negated ? MOST_ACTIONS : Math.min(MOST_EXCEPTIONS, entries.length - 1);
  if (list.length === 0 || list.length > most) return [];
  const to = negated ? 'Action' : 'NotAction';
  const [only = ''] = list;
  const entriesOf = list.length === 1 ? `'${only}'` : `${list.length} entries`;
  const title = negated
    ? `Replace NotAction by Action: ${entriesOf} for all it leaves today`
    : `Replace Action by NotAction: all but ${entriesOf}, as of today`;
  const edits = [...write.rename(member, to), ...write.replace(value, list.length === 1 ? only : list)];
  return staysInQuota(place, edits) ? [rewrite(title, 'equivalent', () => edits)] : [];
}

/** All actions that can work on the resources of a statement; undefined where they are not of one of the services above. */
function findPossible({ policy, statement }: StatementPlace, catalogue: Catalogue): readonly Action[] | undefined {
  const [block] = statement.resources;
  if (!block || block.negated || block.entries.length > MOST_RESOURCES) return undefined;
  const services = new Set<string>();
  for (const { arn, text } of block.entries) {
    const service = arn?.service.text ?? '';
    // In the policy of a key the star is the key.
    if (text === '*' && policy.classification.kind === 'resource') services.add(policy.classification.service ?? '');
    else if (hasWildcard(service) || hasHole(text)) return undefined;
    else services.add(service);
  }
  const [service = ''] = services;
  const known = Object.hasOwn(WORK_ON, service) ? WORK_ON[service] : undefined;
  if (services.size !== 1 || !known) return undefined;
  // Nobody asks the policy of a resource about the actions of other services.
  const prefixes = policy.classification.kind === 'resource' ? [service] : known;
  const shapes = block.entries.map(({ text }) => readResource(text, catalogue));
  return prefixes.flatMap((prefix) =>
    [...(catalogue.service(prefix)?.actions.values() ?? [])].filter((action) => {
      // An action of another service does not work on a resource for the wildcard in it.
      if (prefix !== service && action.resourceTypes.length === 0) return false;
      const answer = judgeAction(action, shapes, catalogue);
      return answer === 'yes' || answer === 'unknown';
    }),
  );
}
