import { joinWords, sayNumber } from '../../base/words.ts';
import { guidePage, servicePage } from '../../catalogue/pages.ts';
import { nearest } from '../../catalogue/suggest.ts';
import type { Action } from '../../catalogue/types.ts';
import { orderTypes } from '../../meaning/clauses.ts';
import { countServices, groupByLevel, isScattered } from '../../meaning/levels.ts';
import { nounOf } from '../../meaning/resources.ts';
import { nameService } from '../../meaning/services.ts';
import { countOf } from '../../meaning/words.ts';
import { type ActionEntry, isAllow } from '../../policy/model.ts';
import { judgeAction, readResource } from '../../policy/resource-type.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { type Hover, listCodes, type StatementContext } from './context.ts';
import { levelFacts } from './levels.ts';

const SHOWN_TYPES = 4;
const SHOWN_KEYS = 6;

/** An action of a statement: what it permits, or what a pattern matches. */
export function hoverAction(entry: ActionEntry, context: StatementContext): Hover {
  return { span: entry.node.span, markdown: describe(entry, context) };
}

function describe(entry: ActionEntry, context: StatementContext): string {
  const { catalogue } = context;
  const { pattern } = entry;
  const title = entry.block.negated ? 'Every action except' : 'Action';
  if (pattern.hole) {
    return renderBox({
      title,
      value: pattern.text,
      text: [
        'Part of this name is filled in later. Which action it will be is not known here, so nothing about it is checked.',
      ],
    });
  }
  if (pattern.everything) {
    return renderBox({
      title,
      value: pattern.text,
      text: [
        `Every action of every service: ${sayNumber(catalogue.counts.actions)} of them today, and whatever AWS adds tomorrow.`,
        sayAdministrator(entry, context),
      ],
      link: guidePage('reference_policies_elements_action'),
    });
  }
  if (pattern.wildcard) return describePattern(entry, title, context);
  const action = catalogue.action(pattern.prefix, pattern.name);
  return action ? describeAction(action, title, entry, context) : describeUnknown(entry, title, context);
}

/** `*` on `*` without any condition, where that grants something. */
function sayAdministrator({ block }: ActionEntry, { classification, statement }: StatementContext): string {
  const everywhere = statement.resources.some(
    ({ negated, entries }) => !negated && entries.some(({ text }) => text === '*'),
  );
  const full = classification.kind === 'identity' && isAllow(statement) && !block.negated && everywhere;
  return full && statement.conditions.length === 0
    ? 'With `"Resource": "*"` this is full administrator access: whoever has it can do everything in the account, unless another policy forbids it.'
    : '';
}

function describeAction(action: Action, title: string, { block }: ActionEntry, context: StatementContext): string {
  const facts: Fact[] = [
    ['Service', escapeMarkdown(context.catalogue.serviceName(action.service) ?? action.service)],
    ['Access level', action.level],
    ['Works on', sayTypes(action)],
    ['Here', block.negated ? '' : sayHere(action, context)],
    ['Other lock', block.negated ? '' : sayOtherLock(action, context)],
    ['Condition keys', listCodes(keysOf(action, context), SHOWN_KEYS)],
    ['Usually needs too', listCodes(action.dependentActions, SHOWN_KEYS)],
  ];
  return renderBox({
    title,
    value: action.id,
    text: [sayDescription(action.description)],
    facts,
    link: servicePage(action.service, 'actions'),
  });
}

/** The condition keys that tell most: those of the service before those that all services share. */
function keysOf(action: Action, { catalogue }: StatementContext): readonly string[] {
  const all = [...new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((one) => one.conditionKeys)])];
  const own = all.filter((key) => catalogue.conditionKey(key)?.scope !== 'federation');
  return [...own.filter((key) => !key.startsWith('aws:')), ...own.filter((key) => key.startsWith('aws:'))];
}

/** A role is assumed only where its trust policy and the caller's own policies agree. */
function sayOtherLock({ id }: Action, { classification, statement }: StatementContext): string {
  if (id !== 'sts:AssumeRole' || !isAllow(statement)) return '';
  if (classification.kind === 'identity') return 'the trust policy of the role must let the caller in as well';
  if (classification.kind !== 'trust') return '';
  const whom = statement.principals.flatMap(({ entries }) => entries.map(({ identity }) => identity.who));
  const own = 'need this action in their own policies as well';
  if (whom.includes('account')) return `users and roles of an account ${own}`;
  return whom.includes('user') || whom.includes('role') ? `callers from another account ${own}` : '';
}

/** "Grants permission to retrieve objects" is said shorter. */
function sayDescription(description: string): string {
  const text = escapeMarkdown(description.replace(/^(?:Grants|Controls) permission to (?=\w)/, 'Permission to '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function sayTypes(action: Action): string {
  if (action.resourceTypes.length === 0) return 'no particular resource, so only with `"Resource": "*"`';
  const required = new Set(action.resourceTypes.filter((one) => one.required).map(({ type }) => type));
  const shown = orderTypes(action)
    .slice(0, SHOWN_TYPES)
    .map((type) => {
      const note = required.has(type) && action.resourceTypes.length > 1 ? ' (required)' : '';
      return `${nounOf(type)} ${code(type.arns[0] ?? '')}${note}`;
    });
  const more = action.resourceTypes.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** How the action fares with the statement's own resources; empty where there is nothing to say. */
function sayHere(action: Action, { catalogue, statement }: StatementContext): string {
  const entries = statement.resources.flatMap((block) => (block.negated ? [] : block.entries));
  if (entries.length === 0 || entries.some(({ text }) => text === '*')) return '';
  const served = entries.filter(({ text }) => {
    const judged = judgeAction(action, [readResource(text, catalogue)], catalogue);
    return judged !== 'no' && judged !== 'needs-star';
  });
  if (served.length === 0 && action.wildcardOnly) return 'never takes effect: its Resource must be `*`';
  if (served.length === 0) return 'never takes effect: no Resource of this statement is of such a type';
  if (served.length === entries.length) return '';
  return `applies to ${listCodes(
    served.map(({ text }) => text),
    3,
  )} only`;
}

function describePattern(entry: ActionEntry, title: string, { catalogue }: StatementContext): string {
  const { pattern } = entry;
  const ids = catalogue.expandAction(pattern.text);
  const link = servicePage(pattern.prefix, 'actions');
  if (ids.length === 0) {
    return renderBox({
      title,
      value: pattern.text,
      text: [`Matches no action in the AWS list of ${catalogue.date}.`],
      link,
    });
  }
  const services = countServices(ids);
  const service = pattern.wildcardInPrefix
    ? services > 1
      ? ` of ${countOf(services, 'service')}`
      : ''
    : ` of ${escapeMarkdown(nameService(pattern.prefix, catalogue))}`;
  const whole = /^\*+$/.test(pattern.name) && !pattern.wildcardInPrefix;
  return renderBox({
    title,
    value: pattern.text,
    text: [
      whole
        ? `All ${countOf(ids.length, 'action')}${service} today, and whatever AWS adds to it.`
        : `Matches ${countOf(ids.length, 'action')}${service} today, and new ones that fit.`,
    ],
    facts: isScattered(entry, catalogue)
      ? []
      : levelFacts(groupByLevel(ids, catalogue) ?? [], pattern.wildcardInPrefix),
    link,
  });
}

function describeUnknown({ pattern }: ActionEntry, title: string, { catalogue }: StatementContext): string {
  const box = { title, value: pattern.text, link: servicePage(pattern.prefix, 'actions') };
  const instead = catalogue.actionsOfOperation(pattern.prefix, pattern.name);
  if (instead.length > 0) {
    return renderBox({
      ...box,
      text: [`An operation of the API, but not a permission. What allows it is ${joinWords(instead.map(code), 'or')}.`],
    });
  }
  const retired = catalogue.retiredAction(pattern.prefix, pattern.name) ?? catalogue.retiredService(pattern.prefix);
  if (retired) {
    return renderBox({
      ...box,
      text: [`No longer in the AWS list: it was retired or renamed, and last seen in ${retired.lastSeen}.`],
    });
  }
  if (pattern.prefix === '') {
    return renderBox({ ...box, text: ['An action is written as `service:Name`, such as `s3:GetObject`.'] });
  }
  const service = catalogue.service(pattern.prefix);
  const near = service
    ? nearest(
        pattern.name,
        Array.from(service.actions.values(), ({ name }) => name),
      )
    : (catalogue.prefixOfAlias(pattern.prefix) ?? nearest(pattern.prefix, catalogue.servicePrefixes()));
  const meant =
    near === undefined
      ? ''
      : ` Did you mean ${code(service ? `${service.prefix}:${near}` : `${near}:${pattern.name}`)}?`;
  const what = service
    ? `${escapeMarkdown(nameService(service.prefix, catalogue))} has no such action`
    : `No service has the prefix ${code(pattern.prefix)}`;
  return renderBox({ ...box, text: [`${what} in the AWS list of ${catalogue.date}.${meant}`] });
}
