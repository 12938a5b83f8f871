import { findPartition, judgeRegion } from '../../catalogue/partitions.ts';
import type { Action } from '../../catalogue/types.ts';
import { ownResource } from '../../meaning/explain.ts';
import { describeResource, typeOf } from '../../meaning/resources.ts';
import { capitalise, countOf } from '../../meaning/words.ts';
import type { Arn, ArnField } from '../../policy/arn.ts';
import type { ResourceEntry, Statement } from '../../policy/model.ts';
import { judgeAction, readResource } from '../../policy/resource-type.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { listCodes } from './action.ts';
import { guidePage, type Hover, type HoverContext, type StatementContext } from './context.ts';
import { hoverInsideText } from './text.ts';

const PAGE = guidePage('reference_policies_elements_resource');
const SHOWN_ACTIONS = 6;
/** Actions are matched one by one only up to so many. */
const MOST_ACTIONS = 400;

/** A resource of a statement: what it names, field by field, and which of the actions it serves. */
export function hoverResource(entry: ResourceEntry, context: StatementContext, offset: number): Hover {
  const inside = hoverInsideText(entry.node, offset, context);
  if (inside) return inside;
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
  const { catalogue } = context;
  const words = describeResource(entry.text, undefined, catalogue);
  const text = words === entry.text ? '' : `${escapeMarkdown(capitalise(words))}.`;
  return {
    span,
    markdown: renderBox({
      ...box,
      text: [text],
      facts: [...describeFields(entry.arn, context), ...(entry.block.negated ? [] : describeServed(entry, context))],
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

function describeFields(arn: Arn, { catalogue }: HoverContext): readonly Fact[] {
  const name = catalogue.serviceName(arn.service.text);
  const type = typeOf(arn, catalogue);
  const fields: readonly (readonly [string, ArnField, string])[] = [
    ['Partition', arn.partition, findPartition(arn.partition.text)?.name ?? ''],
    ['Service', arn.service, name ?? ''],
    ['Region', arn.region, describeRegion(arn.region.text)],
    [
      'Account',
      arn.account,
      arn.account.text === '' ? 'none: such ARNs have no account' : arn.account.text === '*' ? 'any' : '',
    ],
    ['Resource', arn.resource, type ? type.name : ''],
  ];
  return fields.map(([label, field, note]): Fact => {
    const value = field.text === '' ? '' : code(field.text);
    const said = escapeMarkdown(note);
    return [label, value !== '' && said !== '' ? `${value} (${said})` : value + said];
  });
}

function describeRegion(region: string): string {
  if (region === '') return 'none: such ARNs have no Region';
  if (region === '*') return 'any';
  return /^[\w-]+$/.test(region) && judgeRegion(region) === 'wrong' ? 'not a Region' : '';
}

function describeServed(entry: ResourceEntry, context: StatementContext): readonly Fact[] {
  const actions = namedActions(context.statement, context);
  if (!actions || actions.length === 0) return [];
  const { catalogue } = context;
  const shape = readResource(entry.text, catalogue);
  const served: string[] = [];
  const not: string[] = [];
  for (const action of actions) {
    const answer = judgeAction(action, [shape], catalogue);
    if (answer === 'yes') served.push(action.id);
    else if (answer !== 'unknown') not.push(action.id);
  }
  if (served.length === actions.length)
    return [
      [
        'Serves',
        actions.length === 1 ? listCodes(served, 1) : `all ${countOf(served.length, 'action')} of this statement`,
      ],
    ];
  return [
    ['Serves', served.length > 0 ? listCodes(served, SHOWN_ACTIONS) : 'no action of this statement'],
    ['Does not serve', listCodes(not, SHOWN_ACTIONS)],
  ];
}

/** The actions a statement names; undefined when they are too many to ask, or unknown. */
function namedActions(statement: Statement, { catalogue }: HoverContext): readonly Action[] | undefined {
  const ids = new Set<string>();
  for (const { negated, entries } of statement.actions) {
    if (negated) return undefined;
    for (const { pattern } of entries) {
      if (pattern.everything || pattern.wildcardInPrefix || pattern.hole) return undefined;
      for (const id of catalogue.expandAction(pattern.text)) ids.add(id);
      if (ids.size > MOST_ACTIONS) return undefined;
    }
  }
  return [...ids].flatMap((id) => {
    const [prefix = '', name = ''] = id.split(':');
    return catalogue.action(prefix, name) ?? [];
  });
}
