/** From answers to policies. */
import type { Catalogue } from '../../catalogue/types.ts';
import type { KindSetting } from '../../lint/settings.ts';
import { BLANKS } from '../templates/blanks.ts';
import { fillIn, policyOf, type StatementValue, type Template, type Words } from '../templates/template.ts';
import type { PolicyAnswers } from './answers.ts';
import { ownStatements } from './own-actions.ts';
import {
  chosen,
  doorOf,
  isAnswer,
  nextQuestion,
  type PolicyQuestion,
  takesOwnActions,
  tasksFor,
  templateOf,
  wishesFor,
} from './questions.ts';

export interface ComposedPolicy {
  readonly kind: KindSetting;
  /** JSON, two spaces a level, with a final line break. */
  readonly text: string;
}

export interface NewPolicy {
  /** What to ask next; undefined when everything has been answered. */
  readonly question?: PolicyQuestion;
  /** What the answers amount to so far; the trust policy first. Questions without an answer count as skipped. */
  readonly policies: readonly ComposedPolicy[];
}

/** One turn of the guided start. */
export function newPolicy(answers: PolicyAnswers, catalogue: Catalogue): NewPolicy {
  const question = nextQuestion(answers, catalogue);
  return { ...(question && { question }), policies: compose(answers, catalogue) };
}

function compose(answers: PolicyAnswers, catalogue: Catalogue): readonly ComposedPolicy[] {
  const door = doorOf(answers);
  if (!door) return [];
  const words = readWords(answers);
  const { when, what, never } = answers;
  const wishes = chosen(wishesFor(door), when).map(({ condition }) => fillIn(condition, words));
  const statementsOf = (templates: readonly Template[]) =>
    templates.flatMap(({ statements }) => statements.map((statement) => fillIn(statement, words)));
  const atDoor = templateOf(door.trust);
  const trust = statementsOf(atDoor ? [atDoor] : []).map((statement) => withConditions(statement, wishes));
  const allows = [
    ...statementsOf(chosen(tasksFor(door, 'Allow'), what, door.usual)),
    ...(takesOwnActions(door, answers) ? ownStatements(answers, catalogue) : []),
  ];
  // The conditions of a role are asked at its door.
  const limited = door.trust ? allows : allows.map((statement) => withConditions(statement, wishes));
  const denies = statementsOf(joinGroups(chosen(tasksFor(door, 'Deny'), never, door.usual)));
  return [...print('trust', trust), ...print(door.kind, [...limited, ...denies])];
}

/** Two ways in that each suffice must not be denied one by the other. */
function joinGroups(templates: readonly Template[]): readonly Template[] {
  return templates.flatMap((template): readonly Template[] => {
    const [first, ...others] =
      template.group === undefined ? [] : templates.filter(({ group }) => group === template.group);
    if (!first || others.length === 0) return [template];
    const conditions = others.flatMap(({ statements }) =>
      statements.map(({ Condition }) => Condition as StatementValue),
    );
    return first === template ? [{ ...first, statements: [withConditions(first.statements[0], conditions)] }] : [];
  });
}

function print(kind: KindSetting, statements: readonly StatementValue[]): readonly ComposedPolicy[] {
  if (statements.length === 0) return [];
  return [{ kind, text: `${JSON.stringify(policyOf(uniqueSids(statements)), null, 2)}\n` }];
}

/** The answers for blanks that can stand in a policy; what cannot leaves the blank with its example. */
function readWords(answers: PolicyAnswers): Words {
  return Object.fromEntries(
    Object.entries(BLANKS).map(([name, blank]) => [
      name,
      (answers[name] ?? []).filter((text) => isAnswer(blank, text)).slice(0, blank.many ? undefined : 1),
    ]),
  );
}

function withConditions(statement: StatementValue, wishes: readonly StatementValue[]): StatementValue {
  if (wishes.length === 0) return statement;
  const { Condition } = statement;
  const all: Record<string, StatementValue> = { ...(Condition as Record<string, StatementValue> | undefined) };
  for (const [operator, keys] of wishes.flatMap((wish) => Object.entries(wish))) {
    all[operator] = { ...(keys as StatementValue), ...all[operator] };
  }
  return { ...statement, Condition: all };
}

function uniqueSids(statements: readonly StatementValue[]): readonly StatementValue[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const { Sid } = statement;
    if (typeof Sid !== 'string') return statement;
    const count = (seen.get(Sid) ?? 0) + 1;
    seen.set(Sid, count);
    return count === 1 ? statement : { ...statement, Sid: `${Sid}${count}` };
  });
}
