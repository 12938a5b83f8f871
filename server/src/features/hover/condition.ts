import { nearest } from '../../catalogue/suggest.ts';
import type { ConditionKey } from '../../catalogue/types.ts';
import { explainCondition, meetsAbsentKey } from '../../meaning/conditions.ts';
import { capitalise } from '../../meaning/words.ts';
import { type ConditionOperator, OPERATORS, parseOperator } from '../../policy/condition.ts';
import { type ConditionClause, type ConditionValue, isDeny } from '../../policy/model.ts';
import type { Member } from '../../syntax/tree.ts';
import { code, escapeMarkdown, type Fact, renderBox } from '../markdown.ts';
import { guidePage, type Hover, isOn, referencePage, type StatementContext } from './context.ts';
import { FAMILY_VALUES, OPERATOR_TEXTS, TYPE_OPERATORS } from './elements.ts';
import { hoverInsideText, sentence } from './text.ts';

const OPERATORS_PAGE = guidePage('reference_policies_elements_condition_operators');

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

function describeOperator(member: Member, { statement }: StatementContext): string {
  const operator = parseOperator(member.key.value);
  const box = { title: 'Condition operator', value: operator.text, link: OPERATORS_PAGE };
  if (!operator.name || !operator.family) {
    const near = nearest(operator.written, Object.keys(OPERATORS));
    const meant = near === undefined ? '' : ` Did you mean ${code(near)}?`;
    return renderBox({ ...box, text: [`There is no such operator.${meant}`] });
  }
  const facts: Fact[] = [
    ['Values', FAMILY_VALUES[operator.family]],
    ['When the request has no such key', sayAbsent(operator, isDeny(statement))],
  ];
  if (operator.family === 'Null') {
    return renderBox({
      ...box,
      text: ['`true` is met when the request does not carry the key at all, `false` when it does.'],
    });
  }
  return renderBox({
    ...box,
    text: [`Met when the value in the request ${OPERATOR_TEXTS[operator.name]}.`, ...saySet(operator)],
    facts,
  });
}

function saySet({ set, ifExists }: ConditionOperator): readonly string[] {
  return [
    ...(set === 'ForAllValues'
      ? [
          '`ForAllValues:` asks it of every value that the request holds, and is met when it holds none: an Allow then lets in requests that say nothing.',
        ]
      : []),
    ...(set === 'ForAnyValue' ? ['`ForAnyValue:` asks it of at least one of the values that the request holds.'] : []),
    ...(ifExists ? ['`IfExists` skips the test when the request does not carry the key.'] : []),
  ];
}

/** Whether the condition is met without the key, and what follows from it. */
function sayAbsent(operator: ConditionOperator, deny: boolean): string {
  const met = meetsAbsentKey({ operator, values: [] });
  if (deny) return met ? 'it is met, so the request is denied' : 'it is not met, so the request is **not** denied';
  return met ? 'it is met, so the request is **allowed**' : 'it is not met, so this statement allows nothing';
}

function describeKey(clause: ConditionClause, { catalogue, statement }: StatementContext): string {
  const key = catalogue.conditionKey(clause.key);
  const title = 'Condition key';
  const prefix = clause.key.slice(0, Math.max(0, clause.key.indexOf(':')));
  const link = /^aws:/i.test(clause.key)
    ? guidePage('reference_policies_condition-keys')
    : key?.scope === 'federation' || prefix === 'sts' || prefix === 'iam'
      ? guidePage('reference_policies_iam-condition-keys')
      : referencePage(prefix);
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
      ['Type', `${key.type}, ${several}`],
      ['Operators', operatorsFor(key)],
      ['In the request', key.present ? escapeMarkdown(key.present) : ''],
      ['Not in the request', key.absent ? escapeMarkdown(key.absent) : ''],
      ['Without it', key.scope === 'global' && !key.absent ? '' : sayAbsentHere(clause, isDeny(statement))],
    ],
    link,
  });
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
      text: [`In words: ${escapeMarkdown(words)}.`, notes.join(' ')],
      facts: [['Compared with', `${code(clause.key)} by ${code(operator.text)}`]],
    }),
  };
}

/** For the Condition element itself: every clause in words. */
export function listConditions(context: StatementContext): readonly string[] {
  return context.statement.conditions
    .map((clause) => explainCondition(clause, context.catalogue))
    .filter((words) => words !== '')
    .map((words) => escapeMarkdown(capitalise(words)));
}
