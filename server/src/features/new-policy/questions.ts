/** The four questions of the guided start, and those that the answers lead to. */
import type { AccessLevel, Catalogue, Service } from '../../catalogue/types.ts';
import { nameType } from '../../policy/resource-type.ts';
import { BLANKS } from '../templates/blanks.ts';
import { blanksIn, type Template } from '../templates/template.ts';
import { TEMPLATES } from '../templates/templates.ts';
import type { PolicyAnswers } from './answers.ts';
import { DOORS, type Door } from './doors.ts';
import { askedTypes, exampleArn, readServices, resourceQuestionOf } from './own-actions.ts';
import { WISHES, type Wish } from './wishes.ts';

export interface PolicyOption {
  /** What to answer with. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A heading above it; options of one group stand together. */
  readonly group?: string;
  /** Chosen unless the person says otherwise. */
  readonly picked?: boolean;
}

export interface PolicyQuestion {
  readonly id: string;
  /** Which of the four questions it belongs to. */
  readonly step: 1 | 2 | 3 | 4;
  readonly title: string;
  readonly prompt: string;
  /** Choose one option, choose any number of them, or write a text. */
  readonly form: 'one' | 'many' | 'text';
  readonly options: readonly PolicyOption[];
  /** For a text: an example, to be shown while there is none. */
  readonly example?: string;
  /** For a text: a regular expression that each whole answer must match, and what to say where it does not. */
  readonly pattern?: string;
  readonly hint?: string;
  /** For a text: several answers are taken, with commas in between. */
  readonly several?: boolean;
}

type Step = PolicyQuestion['step'];

const TITLES: Readonly<Record<Step, string>> = {
  1: 'Who needs access?',
  2: 'Under which conditions?',
  3: 'Which actions, on what?',
  4: 'What must never happen?',
};

/** The option that leads to the lists of services and actions. */
export const OWN_ACTIONS = 'own-actions';

/** The first question that has no answer yet; undefined when all have one. */
export function nextQuestion(answers: PolicyAnswers, catalogue: Catalogue): PolicyQuestion | undefined {
  const asked = new Set<string>();
  for (const ask of SEQUENCE) {
    for (const question of ask(answers, catalogue)) {
      if (asked.has(question.id)) continue;
      asked.add(question.id);
      if (answers[question.id] === undefined) return question;
    }
  }
  return undefined;
}

export function doorOf({ who }: PolicyAnswers): Door | undefined {
  return DOORS.find(({ id }) => id === who?.[0]);
}

export function templateOf(id: string | undefined): Template | undefined {
  return TEMPLATES.find((template) => template.id === id);
}

/** The wishes that a door can meet and does not ask for anyway. */
export function wishesFor(door: Door): readonly Wish[] {
  const trust = JSON.stringify(templateOf(door.trust)?.statements ?? []);
  return WISHES.filter(
    ({ callers, condition }) => callers.includes(door.caller) && !keysOf(condition).some(isIn(trust)),
  );
}

/** The templates for the policy behind a door. */
export function tasksFor(door: Door, effect: 'Allow' | 'Deny'): readonly Template[] {
  return TEMPLATES.filter(
    ({ id, kinds, statements: [{ Effect }] }) =>
      kinds.includes(door.kind) &&
      Effect === effect &&
      // Who assumes a role on behalf of a program never has a second factor.
      (id !== 'deny-without-mfa' || door.caller === 'person'),
  );
}

/** Whether the actions of any service may be chosen: the policy is about what an identity may do. */
function offersOwnActions({ kind }: Door): boolean {
  return kind === 'identity' || kind === 'permissions-boundary';
}

/** Whether actions of one's own choice are wanted. */
export function takesOwnActions(door: Door, { what }: PolicyAnswers): boolean {
  return offersOwnActions(door) && what?.includes(OWN_ACTIONS) === true;
}

/** What was chosen among some things, in their own order; where nothing was said, what is usual. */
export function chosen<Thing extends { readonly id: string }>(
  things: readonly Thing[],
  answer: readonly string[] | undefined,
  usual: readonly string[] = [],
): readonly Thing[] {
  const ids = answer ?? usual;
  return things.filter(({ id }) => ids.includes(id));
}

const keysOf = (condition: Wish['condition']): readonly string[] =>
  Object.values(condition).flatMap((keys) => Object.keys(keys ?? {}));

const isIn = (text: string) => (key: string) => text.includes(`"${key}"`);

type Ask = (answers: PolicyAnswers, catalogue: Catalogue) => Iterable<PolicyQuestion>;

const behindDoor =
  (ask: (door: Door, answers: PolicyAnswers, catalogue: Catalogue) => Iterable<PolicyQuestion>): Ask =>
  (answers, catalogue) => {
    const door = doorOf(answers);
    return door ? ask(door, answers, catalogue) : [];
  };

const SEQUENCE: readonly Ask[] = [
  () => [
    {
      id: 'who',
      step: 1,
      title: TITLES[1],
      prompt: 'Choose who or what will have the permissions',
      form: 'one',
      options: DOORS.map(({ id, group, label, detail }) => ({ id, group, label, detail })),
    },
  ],
  behindDoor((door) => fillBlanks(1, templateOf(door.trust)?.statements ?? [])),
  behindDoor((door) => {
    const prompt = door.trust ? 'For assuming the role. Choose any number, or none' : 'Choose any number, or none';
    const options = wishesFor(door).map(({ id, label, detail }) => ({ id, label, detail }));
    return manyOf(2, 'when', prompt, options);
  }),
  behindDoor((door, { when }) => chosen(wishesFor(door), when).flatMap(({ condition }) => fillBlanks(2, [condition]))),
  behindDoor((door) =>
    manyOf(3, 'what', 'At least what is needed. Choose any number, or none', [
      ...tasksFor(door, 'Allow').map(toOption(door)),
      ...(offersOwnActions(door)
        ? [{ id: OWN_ACTIONS, label: 'Other actions …', detail: 'Choose services, access levels and actions.' }]
        : []),
    ]),
  ),
  behindDoor((door, { what }) =>
    chosen(tasksFor(door, 'Allow'), what, door.usual).flatMap(({ statements }) => fillBlanks(3, statements)),
  ),
  behindDoor((door, answers, catalogue) => (takesOwnActions(door, answers) ? askOwnActions(answers, catalogue) : [])),
  behindDoor((door) =>
    manyOf(
      4,
      'never',
      'Denied whatever else allows it. Choose any number, or none',
      tasksFor(door, 'Deny').map(toOption(door)),
    ),
  ),
  behindDoor((door, { never }) =>
    chosen(tasksFor(door, 'Deny'), never, door.usual).flatMap(({ statements }) => fillBlanks(4, statements)),
  ),
];

function toOption({ usual }: Door): (template: Template) => PolicyOption {
  return ({ id, title, detail }) => ({ id, label: title, detail, ...(usual.includes(id) && { picked: true }) });
}

/** A choice of any number; no question where there is nothing to choose. */
function manyOf(step: Step, id: string, prompt: string, options: readonly PolicyOption[]): readonly PolicyQuestion[] {
  return options.length > 0 ? [{ id, step, title: TITLES[step], prompt, form: 'many', options }] : [];
}

function fillBlanks(step: Step, value: Parameters<typeof blanksIn>[0]): readonly PolicyQuestion[] {
  return blanksIn(value).map((name) => {
    const { ask, word, pattern, hint, many } = BLANKS[name];
    return {
      id: name,
      step,
      title: TITLES[step],
      prompt: `${ask} (leave empty to keep the example, and replace it later)`,
      form: 'text' as const,
      options: [],
      example: word,
      pattern,
      hint,
      ...(many && { several: true }),
    };
  });
}

const LEVELS: readonly AccessLevel[] = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'];

function* askOwnActions(answers: PolicyAnswers, catalogue: Catalogue): Iterable<PolicyQuestion> {
  const title = TITLES[3];
  yield {
    id: 'services',
    step: 3,
    title,
    prompt: 'Services whose actions are needed',
    form: 'many',
    options: catalogue.servicePrefixes().map((id) => ({ id, label: catalogue.serviceName(id) ?? id, description: id })),
  };
  for (const service of readServices(answers, catalogue)) {
    yield {
      id: `actions:${service.prefix}`,
      step: 3,
      title,
      prompt: `Actions of ${service.name}`,
      form: 'many',
      options: [...levelOptions(service), ...actionOptions(service)],
    };
    for (const type of askedTypes(service, answers, catalogue)) {
      yield {
        id: resourceQuestionOf(type),
        step: 3,
        title,
        prompt: `${service.name}: which ${nameType(type)}? Names or ARNs; nothing for every one`,
        form: 'text',
        options: [],
        example: exampleArn(type),
        pattern: '[^\\s"]+',
        hint: 'Names or ARNs, without spaces.',
        several: true,
      };
    }
  }
}

function levelOptions(service: Service): readonly PolicyOption[] {
  const all = [...service.actions.values()];
  return LEVELS.flatMap((level) => {
    const count = all.filter((action) => action.level === level).length;
    if (count === 0) return [];
    const description = count === 1 ? '1 action' : `${count} actions`;
    return [{ id: `level:${level}`, label: level, description, group: 'all of an access level' }];
  });
}

function actionOptions(service: Service): readonly PolicyOption[] {
  return [...service.actions.values()].map(({ id, name, level, description }) => ({
    id,
    label: name,
    description: level,
    detail: description,
    group: 'single actions',
  }));
}

/** Whether a text may be written for a question. */
export function isAnswer({ pattern }: Pick<PolicyQuestion, 'pattern'>, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text);
}
