import { joinWords } from '../../base/words.ts';
import { guidePage, servicePage } from '../../catalogue/pages.ts';
import { findPartition, judgeRegion } from '../../catalogue/partitions.ts';
import type { Action, Catalogue, ResourceType } from '../../catalogue/types.ts';
import { orderTypes } from '../../meaning/clauses.ts';
import { ownResource } from '../../meaning/explain.ts';
import { actionsOf } from '../../meaning/levels.ts';
import { anyTypesOf, describeResource, nounOf, typeOf } from '../../meaning/resources.ts';
import { capitalise, countOf, plural } from '../../meaning/words.ts';
import { type Arn, type ArnField, parseArn } from '../../policy/arn.ts';
import type { ResourceEntry, Statement } from '../../policy/model.ts';
import { captureNames, judgeAction, readResource } from '../../policy/resource-type.ts';
import { decodedIndex } from '../../syntax/tree.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { type Hover, type HoverContext, listCodes, prose, type StatementContext, sayAccount } from './context.ts';

const PAGE = guidePage('reference_policies_elements_resource');
const SHOWN_ACTIONS = 6;
const SHOWN_TYPES = 4;
/** Actions are matched one by one only up to so many. */
const MOST_ACTIONS = 400;
/** In characters; no ARN comes near, and longer patterns would take their time. */
const LONGEST = 4096;

/** A resource of a statement: what it names, field by field, and which of the actions it serves. */
export function hoverResource(entry: ResourceEntry, context: StatementContext, offset: number): Hover {
  const title = entry.block.negated ? 'Everything except' : 'Resource';
  const box = { title, value: entry.text, link: PAGE };
  const span = entry.node.span;
  if (entry.text === '*') return { span, markdown: renderBox({ ...box, text: [describeStar(context)] }) };
  if (!entry.arn) {
    return {
      span,
      markdown: renderBox({
        ...box,
        text: [
          'Not an ARN of six fields, `arn:partition:service:region:account:resource`, so AWS may not read it as meant.',
        ],
      }),
    };
  }
  if (entry.text.length > LONGEST) {
    return { span, markdown: renderBox({ ...box, text: ['Too long to be the ARN of anything.'] }) };
  }
  const type = typeOf(entry.arn, context.catalogue);
  const words = describeResource(entry.text, undefined, context.catalogue);
  const at = decodedIndex(entry.node, offset);
  return {
    span,
    markdown: renderBox({
      ...box,
      link: type ? servicePage(type.service, 'resources') : PAGE,
      text: [words === entry.text ? '' : `${prose(capitalise(words), context)}.`],
      facts: [
        ...describeFields(entry.arn, type, at, context),
        ...(entry.block.negated ? [] : describeServed(entry, context)),
      ],
    }),
  };
}

/** What the bare `*` means depends on the kind of policy. */
function describeStar({ classification, statement }: StatementContext): string {
  const own = ownResource(classification);
  if (own !== undefined) return `In this kind of policy it means ${own}, the one that the policy is attached to.`;
  switch (classification.kind) {
    case 'scp':
    case 'rcp':
      return 'Every resource of the accounts that this policy is attached to.';
    case 'vpc-endpoint':
      return 'Every resource that can be reached through the endpoint, in any account.';
    case 'resource':
      return 'Every resource; in effect the one that this policy is attached to, and what lies in it.';
    default:
      return `Every resource that the actions can work on${statement.conditions.length > 0 ? ' and the conditions let through' : ''}.`;
  }
}

/** The fields of an ARN; the one under the cursor is set in bold. */
function describeFields(arn: Arn, type: ResourceType | undefined, at: number, context: HoverContext): readonly Fact[] {
  const { catalogue } = context;
  const { partition, service, region, account, resource } = arn;
  const form = type && formOf(arn, type);
  const fields: readonly (readonly [label: string, field: ArnField, said: string])[] = [
    ['Partition', partition, withNote(partition, findPartition(partition.text)?.name ?? '')],
    ['Service', service, withNote(service, catalogue.serviceName(service.text) ?? '')],
    ['Region', region, describeRegion(region, form)],
    ['Account', account, describeAccount(account, form, context)],
    ['Resource', resource, type ? describeName(arn, type) : describeAny(arn, catalogue)],
  ];
  return fields.map(([label, { start, end }, said]): Fact => [start <= at && at <= end ? `**${label}**` : label, said]);
}

function withNote(field: ArnField, note: string): string {
  const value = field.text === '' ? '' : code(field.text);
  return note === '' ? value : `${value} (${escapeMarkdown(note)})`;
}

/** The template of a type that an ARN was written after. */
function formOf(arn: Arn, type: ResourceType): Arn | undefined {
  const forms = type.arns.flatMap((template) => parseArn(template) ?? []);
  return forms.find(({ text }) => captureNames(arn, text)) ?? forms[0];
}

/** An empty field, by what the type's own ARNs have there. */
function sayNone(usual: ArnField | undefined, what: string): string {
  if (!usual) return 'none';
  return usual.text === '' ? `none: ARNs of this type have no ${what}` : `none, although ARNs of this type have one`;
}

function describeRegion(region: ArnField, form: Arn | undefined): string {
  if (region.text === '') {
    return sayNone(form?.region, 'Region');
  }
  if (region.text === '*') return '`*` (any)';
  const wrong = /^[\w-]+$/.test(region.text) && judgeRegion(region.text) === 'wrong';
  return withNote(region, wrong ? 'not a Region' : '');
}

function describeAccount(account: ArnField, form: Arn | undefined, context: HoverContext): string {
  switch (account.text) {
    case '':
      return sayNone(form?.account, 'account');
    case '*':
      return '`*` (any)';
    case 'aws':
      return '`aws` (owned by AWS)';
    default:
      return sayAccount(account.text, context);
  }
}

/** The resource part of an ARN that tells no single type: what it may be. */
function describeAny(arn: Arn, catalogue: Catalogue): string {
  const nouns = [...new Set(anyTypesOf(arn, catalogue).map(nounOf))];
  const kinds =
    nouns.length === 0
      ? ''
      : ` (${joinWords(nouns.map(plural), 'and', SHOWN_TYPES)} ${nouns.length > SHOWN_TYPES ? 'types' : 'alike'})`;
  return code(arn.resource.text) + kinds;
}

/** The resource part with its type, and what each stand-in of the type's template is here. */
function describeName(arn: Arn, type: ResourceType): string {
  const text = code(arn.resource.text);
  const form = formOf(arn, type);
  const names = form && captureNames(arn, form.text);
  const parts = names && names.size > 1 ? Array.from(names, ([name, value]) => `${name} ${code(value)}`) : [];
  return `${text} (${[nounOf(type), ...parts].join(', ')})`;
}

/** Which of the statement's actions look at this resource, and what the others want. */
function describeServed(entry: ResourceEntry, context: StatementContext): readonly Fact[] {
  const { catalogue } = context;
  const actions = actionsToJudge(context.statement, catalogue);
  if (!actions || actions.length === 0) return [];
  const shape = readResource(entry.text, catalogue);
  const served: string[] = [];
  const not: Action[] = [];
  for (const action of actions) {
    const answer = judgeAction(action, [shape], catalogue);
    if (answer === 'yes') served.push(action.id);
    else if (answer !== 'unknown') not.push(action);
  }
  if (served.length === actions.length && served.length > 1) {
    const all = served.length === 2 ? 'both actions' : `all ${countOf(served.length, 'action')}`;
    return [['Applies to', `${all} of this statement`]];
  }
  return [
    [
      'Applies to',
      served.length > 0 || not.length === 0 ? listCodes(served, SHOWN_ACTIONS) : 'no action of this statement',
    ],
    ['Does not apply to', sayOthers(not)],
  ];
}

/** Actions that want another resource, and which, where that is one thing. */
function sayOthers(actions: readonly Action[]): string {
  const list = listCodes(
    actions.map(({ id }) => id),
    SHOWN_ACTIONS,
  );
  const wants = new Set(actions.map(wantOf));
  const [want] = wants;
  return wants.size === 1 && want !== undefined
    ? `${list}, which ${actions.length === 1 ? 'works' : 'work'} on ${want}`
    : list;
}

function wantOf(action: Action): string | undefined {
  if (action.wildcardOnly) return '`*` only';
  const type = orderTypes(action)[0];
  const arn = type?.arns[0];
  return type && arn ? `${nounOf(type)} ${code(arn)}` : undefined;
}

/** The actions a statement names; undefined when they are too many to ask, or unknown. */
function actionsToJudge(statement: Statement, catalogue: Catalogue): readonly Action[] | undefined {
  if (statement.actions.some(({ negated }) => negated)) return undefined;
  const named = actionsOf(statement, catalogue);
  if (!named || named.open || named.ids.length > MOST_ACTIONS) return undefined;
  return named.ids.flatMap((id) => {
    const colon = id.indexOf(':');
    return catalogue.action(id.slice(0, colon), id.slice(colon + 1)) ?? [];
  });
}
