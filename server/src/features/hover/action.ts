import { joinWords } from '../../base/words.ts';
import { nearest } from '../../catalogue/suggest.ts';
import type { AccessLevel, Action } from '../../catalogue/types.ts';
import { orderTypes } from '../../meaning/clauses.ts';
import { nounOf } from '../../meaning/resources.ts';
import { nameService } from '../../meaning/services.ts';
import { countOf } from '../../meaning/words.ts';
import type { ActionEntry, Statement } from '../../policy/model.ts';
import { judgeAction, readResource } from '../../policy/resource-type.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { guidePage, type Hover, referencePage, type StatementContext } from './context.ts';

const SHOWN_ACTIONS = 12;
const SHOWN_TYPES = 4;
const SHOWN_KEYS = 6;

/** An action of a statement: what it permits, or what a pattern matches. */
export function hoverAction(entry: ActionEntry, context: StatementContext): Hover {
  return { span: entry.node.span, markdown: describe(entry, context) };
}

function describe(entry: ActionEntry, context: StatementContext): string {
  const { catalogue, statement } = context;
  const { pattern } = entry;
  const title = entry.block.negated ? 'Every action except' : 'Action';
  if (pattern.hole) {
    return renderBox({
      title,
      value: pattern.text,
      text: ['Part of this name is filled in later, so nothing is known about it yet.'],
    });
  }
  if (pattern.everything) {
    return renderBox({
      title,
      value: pattern.text,
      text: [
        `Every action of every service: ${catalogue.counts.actions.toLocaleString('en-US')} of them today, and whatever AWS adds tomorrow.`,
      ],
      link: guidePage('reference_policies_elements_action'),
    });
  }
  if (pattern.wildcard) return describePattern(entry, title, context);
  const action = catalogue.action(pattern.prefix, pattern.name);
  return action ? describeAction(action, title, statement, context) : describeUnknown(entry, title, context);
}

function describeAction(action: Action, title: string, statement: Statement, context: StatementContext): string {
  const keys = new Set([...action.conditionKeys, ...action.resourceTypes.flatMap((one) => one.conditionKeys)]);
  const facts: Fact[] = [
    ['Service', escapeMarkdown(context.catalogue.serviceName(action.service) ?? action.service)],
    ['Access level', action.level],
    ['Works on', sayTypes(action)],
    ['Here', sayHere(action, statement, context)],
    ['Condition keys', listCodes([...keys], SHOWN_KEYS)],
    ['Usually needs too', listCodes(action.dependentActions, SHOWN_KEYS)],
  ];
  return renderBox({
    title,
    value: action.id,
    text: [sayDescription(action.description)],
    facts,
    link: referencePage(action.service),
  });
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
function sayHere(action: Action, statement: Statement, { catalogue }: StatementContext): string {
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
  if (ids.length === 0) {
    return renderBox({
      title,
      value: pattern.text,
      text: [`Matches no action in the AWS list of ${catalogue.date}.`],
      link: referencePage(pattern.prefix),
    });
  }
  const levels = new Map<AccessLevel, number>();
  for (const id of ids) {
    const [prefix = '', name = ''] = id.split(':');
    const level = catalogue.action(prefix, name)?.level;
    if (level) levels.set(level, (levels.get(level) ?? 0) + 1);
  }
  const shown = ids
    .slice(0, SHOWN_ACTIONS)
    .map((id) => code(pattern.wildcardInPrefix ? id : id.slice(id.indexOf(':') + 1)));
  const more = ids.length - shown.length;
  const service = pattern.wildcardInPrefix ? '' : ` of ${escapeMarkdown(nameService(pattern.prefix, catalogue))}`;
  const whole = pattern.name === '*' && !pattern.wildcardInPrefix;
  return renderBox({
    title,
    value: pattern.text,
    text: [
      whole
        ? `All ${countOf(ids.length, 'action')}${service}, and whatever AWS adds to it.`
        : `Matches ${countOf(ids.length, 'action')}${service}, and new ones that fit.`,
    ],
    facts: [
      [
        'By access level',
        joinWords(
          [...levels].sort((a, b) => b[1] - a[1]).map(([level, count]) => `${count} ${level}`),
          'and',
        ),
      ],
      ['Actions', shown.join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '')],
    ],
    link: referencePage(pattern.prefix),
  });
}

function describeUnknown({ pattern }: ActionEntry, title: string, { catalogue }: StatementContext): string {
  const box = { title, value: pattern.text, link: referencePage(pattern.prefix) };
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

/** The first few as code. */
export function listCodes(texts: readonly string[], most: number): string {
  const shown = texts.slice(0, most).map(code);
  const more = texts.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
