import { joinWords } from '../base/words.ts';
import type { Action, Catalogue, ResourceType } from '../catalogue/types.ts';
import { plural } from '../meaning/words.ts';
import { deriveArn, fillTemplate, namesIn } from '../policy/arn-names.ts';
import { attachedService, findForeignAction, findForeignResource } from '../policy/attached.ts';
import { removeEntries } from '../policy/edit-entries.ts';
import {
  type ActionEntry,
  isDeny,
  type PolicyView,
  type ResourceEntry,
  type Statement,
  stringOf,
} from '../policy/model.ts';
import { statementsNaming } from '../policy/pattern-index.ts';
import {
  countUses,
  findTypeFlaw,
  isInside,
  judgeAction,
  nameType,
  type ResourceShape,
  readResource,
  typesOfResource,
} from '../policy/resource-type.ts';
import { actionsOf, neededTypes, sortTypes } from '../policy/scope.ts';
import { splitStatement } from '../policy/split.ts';
import { defineRule, type Fix } from './define.ts';

export default defineRule({
  id: 'action-resource-mismatch',
  title: 'Action never meets a resource it works on',
  accessAnalyzer: [],
  severity: 'warning',
  confidence: 'high',
  persona: 'regular',
  kinds: ['identity', 'permissions-boundary', 'session', 'scp', 'rcp', 'resource', 'vpc-endpoint'],
  visit: 'statement',
  fix: 'widens',
  docs: {
    what: 'Every action works on certain kinds of resource. A statement applies only where one of its resources is of such a kind: `s3:ListBucket` works on the bucket itself, `s3:GetObject` on the objects in it.',
    why: 'The action looks allowed (or denied), but never is: no request for it can match this statement. AWS saves such a policy without a word.',
    how: 'Add the ARN that the action works on, move the action to a statement of its own, or remove it. Actions that work on no particular resource need `"Resource": "*"`.',
    references: [
      'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
      'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html',
    ],
    examples: {
      bad: {
        policy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:ListBucket'],
              Resource: 'arn:aws:s3:::amzn-s3-demo-bucket/*',
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
              Action: ['s3:GetObject', 's3:ListBucket'],
              Resource: ['arn:aws:s3:::amzn-s3-demo-bucket', 'arn:aws:s3:::amzn-s3-demo-bucket/*'],
            },
          ],
        },
      },
    },
  },
  messages: {
    outer:
      '{actions} {work} on the {outer} itself ({arn}), not on the {inner} in it, so this statement never {verb} {it}.',
    inner:
      '{actions} {work} on the {inner} in a {outer} ({arn}), not on the {outer} itself, so this statement never {verb} {it}.',
    mismatch: '{actions} {work} on {wanted}, not on {given}, so this statement never {verb} {it}.',
    mismatchOther: '{actions} {work} on {wanted}, but no Resource here is one, so this statement never {verb} {it}.',
    elsewhere: '{actions} {work} on {wanted}, so this statement never {verb} {it}; another statement does.',
    needsStar: '{actions} {work} on no particular resource: this statement {verb} {it} only with "Resource": "*".',
    maybeStar:
      '{actions} {work} on no particular resource according to AWS. To be sure that this statement {verb} {it}, write "Resource": "*".',
    needsStarElsewhere:
      '{actions} {work} on no particular resource, so this statement never {verb} {it}; another statement does.',
  },
  check(statement, context) {
    const { report, catalogue, write } = context;
    const { resources, actions } = statement;
    const effect = stringOf(statement.effect);
    if (effect !== 'Allow' && effect !== 'Deny') return;
    if (resources.length === 0 || [...resources, ...actions].some(({ negated }) => negated)) return;
    const entries = resources.flatMap((block) => block.entries);
    if (entries.length === 0 || entries.some(({ text }) => text === '*')) return;
    // In the policy of a resource, what cannot stand there at all is a finding of its own.
    const attached = attachedService(context);
    // So is a resource that fits no type at all.
    const shapes = entries
      .filter((entry) => attached === undefined || !findForeignResource(entry, attached, catalogue))
      .map(({ text }) => readResource(text, catalogue))
      .map((shape) => (shape && findTypeFlaw(shape, catalogue) ? undefined : shape));
    if (shapes.length === 0) return;
    const misfits = actions
      .flatMap((block) => block.entries)
      .filter((entry) => attached === undefined || !findForeignAction(entry, attached, catalogue))
      .flatMap((entry) => judgeEntry(entry, shapes, catalogue) ?? []);
    for (const group of groupMisfits(misfits)) {
      const [first] = group;
      if (!first) continue;
      const { types } = first;
      const works = group.length === 1 ? 'works' : 'work';
      const data = {
        actions: listActions(group),
        work: works,
        verb: effect === 'Allow' ? 'allows' : 'denies',
        it: group.length === 1 ? 'it' : 'them',
      };
      const elsewhere = group.every((misfit) => isCoveredElsewhere(misfit, effect, context.policy, catalogue));
      const common = {
        at: first.entry.node.span,
        ...(elsewhere && { severity: 'info' as const }),
        related: group
          .slice(1)
          .map(({ entry }) => ({ span: entry.node.span, message: 'The same goes for this action.' })),
        fixes: () =>
          // What another statement gives need not be given again.
          elsewhere
            ? removal(group, write)
            : [...findFixes(group, entries, statement, context.policy, catalogue, write), ...removal(group, write)],
      };
      if (types.length === 0) {
        if (elsewhere) report({ ...common, message: 'needsStarElsewhere', data });
        else if (mayTakeAny(first, shapes)) {
          report({ ...common, severity: 'info', confidence: 'low', message: 'maybeStar', data });
        } else report({ ...common, message: 'needsStar', data });
        continue;
      }
      const wanted = describeTypes(types, entries, context.policy, catalogue);
      const given = givenTypes(shapes, types, catalogue);
      const [type, anotherType] = types;
      const [one, another] = given;
      if (elsewhere) report({ ...common, message: 'elsewhere', data: { ...data, wanted } });
      else if (!one) report({ ...common, message: 'mismatchOther', data: { ...data, wanted } });
      else if (type && !anotherType && !another && isInside(one, type)) {
        const arn = describeArn(type, entries, context.policy, catalogue);
        report({
          ...common,
          message: 'outer',
          data: { ...data, outer: nameType(type), inner: plural(nameType(one)), arn },
        });
      } else if (type && !anotherType && !another && isInside(type, one)) {
        const arn = describeArn(type, entries, context.policy, catalogue);
        report({
          ...common,
          message: 'inner',
          data: { ...data, outer: nameType(one), inner: plural(nameType(type)), arn },
        });
      } else {
        const names = joinWords([...new Set(given.map((each) => withArticle(nameType(each))))], 'or');
        report({ ...common, message: 'mismatch', data: { ...data, wanted, given: names } });
      }
    }
  },
});

interface Misfit {
  readonly entry: ActionEntry;
  readonly actions: readonly Action[];
  /** The types it works on; none when it needs `*`. */
  readonly types: readonly ResourceType[];
}

type Write = Parameters<typeof splitStatement>[3];

/** A misfit when no action that the entry names can meet one of the resources. */
function judgeEntry(
  entry: ActionEntry,
  shapes: readonly (ResourceShape | undefined)[],
  catalogue: Catalogue,
): Misfit | undefined {
  const { pattern } = entry;
  if (pattern.hole || pattern.everything || pattern.wildcardInPrefix || /^\*+$/.test(pattern.name)) return undefined;
  const actions = actionsOf(entry, catalogue);
  if (actions.length === 0) return undefined;
  for (const action of actions) {
    const answer = judgeAction(action, shapes, catalogue);
    if (answer === 'yes' || answer === 'unknown') return undefined;
  }
  return { entry, actions, types: typesOf(actions, catalogue) };
}

const TYPES = new WeakMap<readonly Action[], readonly ResourceType[]>();

/** The types that the actions of a pattern work on, told once for each pattern. */
function typesOf(actions: readonly Action[], catalogue: Catalogue): readonly ResourceType[] {
  const known = TYPES.get(actions);
  if (known) return known;
  const types = actions.flatMap((action) => {
    const needed = neededTypes(action, catalogue);
    return needed.length > 0 ? needed : action.resourceTypes.map(({ type }) => type);
  });
  const sorted = sortTypes(types, catalogue);
  TYPES.set(actions, sorted);
  return sorted;
}

/**
 * Some actions that list or create are checked against `type/*` although AWS documents no resource for them, so an ARN of
 * the service that ends so may do.
 */
function mayTakeAny({ entry }: Misfit, shapes: readonly (ResourceShape | undefined)[]): boolean {
  const service = entry.pattern.prefix.toLowerCase();
  return shapes.some((shape) => shape?.service === service && /[:/]\*$/.test(shape.resource));
}

/** Actions that lack the same thing are one finding: one ARN puts them all right. */
function groupMisfits(misfits: readonly Misfit[]): readonly (readonly Misfit[])[] {
  const groups = new Map<string, Misfit[]>();
  for (const misfit of misfits) {
    const key = misfit.types.map(({ service, name }) => `${service}/${name}`).join(' ');
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(misfit);
  }
  return [...groups.values()];
}

function listActions(group: readonly Misfit[]): string {
  const names = group.map(({ entry }) => `'${entry.pattern.text}'`);
  return names.length <= 3 ? joinWords(names) : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

/** `a bucket (arn:aws:s3:::shared-bucket)`. */
function describeTypes(
  types: readonly ResourceType[],
  entries: readonly ResourceEntry[],
  policy: PolicyView,
  catalogue: Catalogue,
): string {
  if (types.length > 2) {
    const names = [...new Set(types.map(nameType))];
    return names.length > 4
      ? `${names.slice(0, 3).join(', ')} or ${names.length - 3} other kinds`
      : joinWords(names, 'or');
  }
  return joinWords(
    types.map((type) => `${withArticle(nameType(type))} (${describeArn(type, entries, policy, catalogue)})`),
    'or',
  );
}

/** An ARN of the type, as near to the statement's own as can be. */
function describeArn(
  type: ResourceType,
  entries: readonly ResourceEntry[],
  policy: PolicyView,
  catalogue: Catalogue,
): string {
  const derived = entries.map((entry) => deriveArn(type, entry, catalogue)).find((arn) => arn !== undefined);
  return derived ?? fillTemplate(type, namesIn(policy, catalogue), catalogue)?.text ?? type.name;
}

function withArticle(word: string): string {
  return `${/^[aeio]/.test(word) ? 'an' : 'a'} ${word}`;
}

/** What the resources are, when they are of one or two other kinds of the same service. */
function givenTypes(
  shapes: readonly (ResourceShape | undefined)[],
  types: readonly ResourceType[],
  catalogue: Catalogue,
): readonly ResourceType[] {
  const given = new Set<ResourceType>();
  for (const shape of shapes) {
    const all = shape ? typesOfResource(shape, catalogue) : [];
    const [main] = [...all].sort((a, b) => countUses(b, catalogue) - countUses(a, catalogue));
    if (!main || all.length > 3 || main.service !== types[0]?.service) return [];
    given.add(main);
  }
  return given.size <= 2 ? [...given] : [];
}

const ALLOWED = new WeakMap<PolicyView, Map<string, boolean>>();

/** Whether some statement of the same effect gives the action what it works on. */
function isCoveredElsewhere(misfit: Misfit, effect: string, policy: PolicyView, catalogue: Catalogue): boolean {
  const answers = ALLOWED.get(policy) ?? new Map<string, boolean>();
  ALLOWED.set(policy, answers);
  // A pattern such as `ec2:Describe*` may stand for hundreds; a few of them tell.
  return misfit.actions.slice(0, 8).some((action) => {
    const key = `${effect} ${action.id}`;
    const answer =
      answers.get(key) ?? statementsNaming(action, effect, policy).some((other) => covers(other, action, catalogue));
    answers.set(key, answer);
    return answer;
  });
}

function covers(statement: Statement, action: Action, catalogue: Catalogue): boolean {
  return judgeAction(action, shapesOf(statement, catalogue), catalogue) === 'yes';
}

const SHAPES = new WeakMap<Statement, readonly (ResourceShape | undefined)[]>();

/** The resources of a statement, read once however many actions are looked for in it. */
function shapesOf(statement: Statement, catalogue: Catalogue): readonly (ResourceShape | undefined)[] {
  const known = SHAPES.get(statement);
  if (known) return known;
  const resources = statement.resources.flatMap(({ negated, entries }) => (negated ? [] : entries));
  const shapes = resources.map(({ text }) => readResource(text, catalogue));
  SHAPES.set(statement, shapes);
  return shapes;
}

function findFixes(
  group: readonly Misfit[],
  entries: readonly ResourceEntry[],
  statement: Statement,
  policy: PolicyView,
  catalogue: Catalogue,
  write: Write,
): readonly Fix[] {
  const fixes: Fix[] = [];
  const effect = isDeny(statement) ? 'narrows' : 'widens';
  const types = group[0]?.types ?? [];
  const nodes = group.map(({ entry }) => entry.node);
  const last = entries.at(-1);
  const container = last?.block.member.value;
  const kept = statement.actions.flatMap((one) => one.entries).filter(({ node }) => !nodes.includes(node));
  const named = nameNodes(nodes);
  const arns = types.length === 0 ? [] : findArns(types, entries, policy, catalogue);
  const texts = arns.map(({ text }) => text);
  const placeholders = [...new Set(arns.flatMap((arn) => arn.placeholders))];
  const common = { effect, ...(placeholders.length > 0 && { placeholders }) } as const;
  const split = (resources: readonly string[], label: string) => {
    const rest = { actions: kept.map(({ node }) => node.value), resources: entries.map(({ text }) => text), label: '' };
    const parts = [rest, { actions: nodes.map(({ value }) => value), resources, label }];
    return kept.length > 0 ? splitStatement(policy, statement, parts, write) : undefined;
  };

  if (types.length > 0 && types.length <= 2 && texts.length > 0 && texts.length <= 5 && last && container) {
    const what = joinWords([...new Set(types.map(nameType))]);
    const title = texts.length === 1 ? `Add the ${what} ARN ${texts[0]}` : `Add the ${what} ARNs ${joinWords(texts)}`;
    const edits = write.replaceInOneOrMany(container, last.node, [last.text, ...texts]);
    fixes.push({ ...common, title, edits });
    const edited = split(texts, labelWords(types));
    if (edited) fixes.push({ ...common, title: `Move ${named} to a statement for the ${what}`, edits: edited });
  }
  if (types.length === 0) {
    const edited = split(['*'], 'Any');
    if (edited) fixes.push({ title: `Move ${named} to a statement with Resource '*'`, effect, edits: edited });
    else if (container) {
      fixes.push({ title: `Change Resource to '*'`, effect, edits: write.replace(container, '*') });
    }
  }
  return fixes;
}

function removal(group: readonly Misfit[], write: Write): readonly Fix[] {
  const nodes = group.map(({ entry }) => entry.node);
  const block = group[0]?.entry.block.member;
  const edits = block && removeEntries(block, nodes, write);
  return edits ? [{ title: `Remove ${nameNodes(nodes)}`, effect: 'equivalent', edits }] : [];
}

function nameNodes(nodes: readonly { readonly value: string }[]): string {
  return nodes.length === 1 ? `'${nodes[0]?.value}'` : `the ${nodes.length} actions`;
}

/** The ARNs to add: those the statement's own ARNs point to, else the types' templates filled as far as possible. */
function findArns(
  types: readonly ResourceType[],
  entries: readonly ResourceEntry[],
  policy: PolicyView,
  catalogue: Catalogue,
) {
  const known = namesIn(policy, catalogue);
  return types.flatMap((type) => {
    const derived = new Set(entries.flatMap((entry) => deriveArn(type, entry, catalogue) ?? []));
    if (derived.size > 0) return [...derived].map((text) => ({ text, placeholders: [] }));
    return fillTemplate(type, known, catalogue) ?? [];
  });
}

function labelWords(types: readonly ResourceType[]): string {
  return types
    .flatMap((type) => nameType(type).split(/[^a-z0-9]+/))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
