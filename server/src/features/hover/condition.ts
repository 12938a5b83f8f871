import { conditionKeyPage, guidePage } from '../../catalogue/pages.ts';
import { nearest } from '../../catalogue/suggest.ts';
import type { ConditionKey } from '../../catalogue/types.ts';
import { explainCondition, meetsAbsentKey } from '../../meaning/conditions.ts';
import { actionsOf } from '../../meaning/levels.ts';
import { capitalise } from '../../meaning/words.ts';
import { type ConditionOperator, OPERATORS, type OperatorFamily, parseOperator } from '../../policy/condition.ts';
import { hasHole } from '../../policy/hole.ts';
import { type ConditionClause, type ConditionValue, isDeny } from '../../policy/model.ts';
import { keysOfAction } from '../../policy/supported-keys.ts';
import type { Member } from '../../syntax/tree.ts';
import { code, escapeMarkdown, renderBox } from '../markdown.ts';
import { type Hover, isOn, listCodes, prose, type StatementContext } from './context.ts';
import { FAMILY_VALUES, OPERATOR_TEXTS, TYPE_OPERATORS } from './elements.ts';
import { hoverInsideText, sentence } from './text.ts';

/** Where the page of the operators speaks of each family. */
const FAMILY_ANCHORS: Readonly<Record<OperatorFamily, string>> = {
  String: 'String',
  Numeric: 'Numeric',
  Date: 'Date',
  Bool: 'Boolean',
  Binary: 'BinaryEquals',
  IpAddress: 'IPAddress',
  Arn: 'ARN',
  Null: 'Null',
};

const SHOWN_CONDITIONS = 6;
/** Conditions listed under the name of the Condition element. */
const MOST_LISTED = 10;
const SHOWN_ACTIONS = 4;
/** Actions are asked one by one only up to so many. */
const MOST_ACTIONS = 400;

/** Anything inside a Condition element. */
export function hoverCondition(context: StatementContext, offset: number): Hover | undefined {
  const { condition, conditions } = context.statement;
  if (condition?.value?.type !== 'object') return undefined;
  const member = condition.value.members.find(({ key }) => isOn(key.span, offset));
  if (member) return { span: member.key.span, markdown: describeOperator(member, context) };
  for (const clause of conditions) {
    if (isOn(clause.member.key.span, offset)) {
      return { span: clause.member.key.span, markdown: describeKey(clause, context) };
    }
    const value = clause.values.find(({ node }) => isOn(node.span, offset));
    if (value) return hoverValue(value, clause, context, offset);
  }
  return undefined;
}

function describeOperator(member: Member, context: StatementContext): string {
  const operator = parseOperator(member.key.value);
  const page = 'reference_policies_elements_condition_operators';
  const box = { title: 'Condition operator', value: operator.text };
  if (!operator.name || !operator.family) {
    const near = nearest(operator.written, Object.keys(OPERATORS));
    const meant = near === undefined ? '' : ` Did you mean ${code(near)}?`;
    return renderBox({ ...box, text: [`There is no such operator.${meant}`], link: guidePage(page) });
  }
  const clauses = context.statement.conditions.filter(({ operatorMember }) => operatorMember === member);
  const link = guidePage(`${page}#Conditions_${FAMILY_ANCHORS[operator.family]}`);
  const here = sayClauses(clauses, context);
  if (operator.family === 'Null') {
    return renderBox({
      ...box,
      text: ['`true` is met when the request does not carry the key at all, `false` when it does.'],
      facts: [['Here', here]],
      link,
    });
  }
  const deny = isDeny(context.statement);
  return renderBox({
    ...box,
    text: [`Met when the value in the request ${OPERATOR_TEXTS[operator.name]}.`, ...saySet(operator, deny)],
    facts: [
      ['Here', here],
      ['Values', FAMILY_VALUES[operator.family]],
      ['When the request has no such key', sayAbsent(operator, deny)],
    ],
    link,
  });
}

function sayClauses(clauses: readonly ConditionClause[], context: StatementContext): string {
  const words = clauses.slice(0, SHOWN_CONDITIONS).flatMap((one) => explainCondition(one, context.catalogue) || []);
  const more = clauses.length - SHOWN_CONDITIONS;
  return prose(words.join('; '), context) + (more > 0 ? `; and ${more} more` : '');
}

function saySet({ set, ifExists }: ConditionOperator, deny: boolean): readonly string[] {
  const every = deny
    ? '**A request without any value meets it too**, so the Deny hits it.'
    : '**A request without any value meets it too**, so an Allow lets it in; `Null` with `"false"` for the same key keeps it out.';
  const some = deny
    ? 'A request without any value does not meet it, so the Deny does not hit it.'
    : 'A request without any value does not meet it.';
  return [
    ...(set === 'ForAllValues' ? [`\`ForAllValues:\` asks it of every value that the request holds. ${every}`] : []),
    ...(set === 'ForAnyValue'
      ? [`\`ForAnyValue:\` asks it of at least one of the values that the request holds. ${some}`]
      : []),
    ...(ifExists ? ['`IfExists` skips the test when the request does not carry the key: it then counts as met.'] : []),
  ];
}

/** Whether the condition is met without the key, and what follows from it. */
function sayAbsent(operator: ConditionOperator, deny: boolean): string {
  const met = meetsAbsentKey({ operator, values: [] });
  if (deny) return met ? 'it is met, so the request is denied' : 'it is not met, so the request is **not** denied';
  return met ? 'it is met, so the request is **allowed**' : 'it is not met, so this statement allows nothing';
}

function describeKey(clause: ConditionClause, context: StatementContext): string {
  const { catalogue, statement } = context;
  const key = catalogue.conditionKey(clause.key);
  const title = 'Condition key';
  const prefix = clause.key.slice(0, Math.max(0, clause.key.indexOf(':')));
  const link = conditionKeyPage(clause.key, key);
  if (hasHole(clause.key)) {
    return renderBox({
      title,
      value: clause.key,
      text: [
        'Part of this name is filled in later. Which key it will be is not known here, so nothing about it is checked.',
      ],
    });
  }
  if (!key) {
    const retired = catalogue.retiredConditionKey(clause.key);
    const near = nearest(clause.key, namesNear(prefix, catalogue));
    const text = retired
      ? `No longer in the AWS list: it was retired or renamed, and last seen in ${retired.lastSeen}.`
      : `Not in the AWS list of ${catalogue.date}.${near === undefined ? '' : ` Did you mean ${code(near)}?`}`;
    return renderBox({ title, value: clause.key, text: [text], link });
  }
  const several = key.multivalued ? 'several values: use `ForAnyValue:` or `ForAllValues:`' : 'one value';
  return renderBox({
    title,
    value: clause.key,
    text: [sentence(key.description)],
    facts: [
      ['Here', prose(explainCondition(clause, catalogue), context)],
      ['Type', `${key.type}, ${several}`],
      ['Operators', operatorsFor(key)],
      ['Supported by', saySupport(key, context)],
      ['In the request', key.present ? escapeMarkdown(key.present) : ''],
      ['Not in the request', key.absent ? escapeMarkdown(key.absent) : ''],
      ['Without it', key.scope === 'global' && !key.absent ? '' : sayAbsentHere(clause, isDeny(statement))],
    ],
    link,
  });
}

/** Which of the statement's actions bring a key of a service into the request. */
function saySupport({ name, scope }: ConditionKey, { catalogue, statement }: StatementContext): string {
  const named = actionsOf(statement, catalogue);
  const negated = statement.actions.some((block) => block.negated);
  if (scope !== 'service' || !named || negated || named.open || named.ids.length > MOST_ACTIONS) return '';
  const template = name.toLowerCase();
  const yes = named.ids.filter((id) => {
    const colon = id.indexOf(':');
    const action = catalogue.action(id.slice(0, colon), id.slice(colon + 1));
    return action !== undefined && keysOfAction(action).has(template);
  });
  if (yes.length === named.ids.length) return yes.length === 1 ? listCodes(yes, 1) : 'every action of this statement';
  if (yes.length === 0) return '';
  return `${yes.length} of ${named.ids.length} actions of this statement: ${listCodes(yes, SHOWN_ACTIONS)}`;
}

function namesNear(prefix: string, catalogue: StatementContext['catalogue']): readonly string[] {
  const own = catalogue.service(prefix)?.conditionKeys ?? [];
  return [...catalogue.globalConditionKeys(), ...own].map(({ name }) => name);
}

function operatorsFor(key: ConditionKey): string {
  const own = TYPE_OPERATORS[key.type] ?? '';
  const also = key.alsoType ? TYPE_OPERATORS[key.alsoType] : undefined;
  return `${own}${also ? `, ${also}` : ''}, Null`;
}

function sayAbsentHere(clause: ConditionClause, deny: boolean): string {
  if (!clause.operator.name) return '';
  const met = meetsAbsentKey(clause);
  const what = `${code(clause.operator.text)} is ${met ? 'met' : 'not met'}`;
  if (deny) return met ? `${what}: the request is denied` : `${what}: the request is **not** denied`;
  return met ? `${what}: the request is **allowed**` : `${what}: this statement allows nothing`;
}

function hoverValue(value: ConditionValue, clause: ConditionClause, context: StatementContext, offset: number): Hover {
  const inside = value.node.type === 'string' ? hoverInsideText(value.node, offset, context) : undefined;
  if (inside) return inside;
  const words = explainCondition({ ...clause, values: [value] }, context.catalogue);
  const { operator } = clause;
  const notes = [
    ...(operator.negated && clause.values.length > 1 ? ['None of the values listed may match.'] : []),
    ...(!operator.negated && clause.values.length > 1 ? ['One of the values listed is enough.'] : []),
    ...(/[*?]/.test(value.text) && operator.family === 'String' && !operator.name?.includes('Like')
      ? [
          `${code('*')} and ${code('?')} are plain characters here: only StringLike and StringNotLike read them as wildcards.`,
        ]
      : []),
  ];
  return {
    span: value.node.span,
    markdown: renderBox({
      title: 'Condition value',
      value: value.text,
      text: [words === '' ? '' : `In words: ${prose(words, context)}.`, notes.join(' ')],
      facts: [['Compared with', `${code(clause.key)} by ${code(operator.text)}`]],
    }),
  };
}

/** For the Condition element itself: every clause in words. */
export function listConditions(context: StatementContext): readonly string[] {
  return context.statement.conditions
    .map((clause) => explainCondition(clause, context.catalogue))
    .filter((words) => words !== '')
    .slice(0, MOST_LISTED)
    .map((words) => prose(capitalise(words), context));
}
