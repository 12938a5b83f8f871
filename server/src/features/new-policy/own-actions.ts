/** Actions that a person chooses from the lists of the services, and the resources they are limited to. */
import { wildcardCovers } from '../../base/wildcard.ts';
import type { Action, Catalogue, ResourceType, Service } from '../../catalogue/types.ts';
import { neededTypes, sortTypes } from '../../policy/scope.ts';
import { collapse } from '../rewrites/collapse.ts';
import type { StatementValue } from '../templates/template.ts';
import type { PolicyAnswers } from './answers.ts';

/** More actions than these are drawn together into wildcards, or the policy gets too long. */
const MOST_SPELLED_OUT = 12;
const MOST_SERVICES = 20;
/** More questions about one service are not answered with care. */
const MOST_TYPES = 4;
const EVERY = '*';

/** The services that were chosen. */
export function readServices({ services }: PolicyAnswers, catalogue: Catalogue): readonly Service[] {
  const prefixes = [...new Set(services)].slice(0, MOST_SERVICES);
  return prefixes.flatMap((prefix) => catalogue.service(prefix) ?? []);
}

/** The types of resources that the chosen actions of a service work on, outer before inner: bucket, object. */
function typesOf(service: Service, answers: PolicyAnswers, catalogue: Catalogue): readonly ResourceType[] {
  const types = readActions(service, answers).flatMap((action) => neededTypes(action, catalogue));
  return sortTypes(types, catalogue).filter((type) => templateOf(type) !== undefined);
}

/** The few types that are worth a question: those that most of the chosen actions work on. */
export function askedTypes(service: Service, answers: PolicyAnswers, catalogue: Catalogue): readonly ResourceType[] {
  const uses = new Map<ResourceType, number>();
  for (const action of readActions(service, answers)) {
    for (const type of neededTypes(action, catalogue)) uses.set(type, (uses.get(type) ?? 0) + 1);
  }
  const all = typesOf(service, answers, catalogue);
  const most = all.toSorted((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0)).slice(0, MOST_TYPES);
  return all.filter((type) => most.includes(type));
}

/** The question that limits the actions of a service to resources of a type. */
export function resourceQuestionOf(type: ResourceType): string {
  return `resource:${type.service}:${type.name}`;
}

/** An ARN of a type as one would write it: `arn:aws:sqs:*:*:queue-name`. */
export function exampleArn(type: ResourceType): string {
  return fill(templateOf(type) ?? '*', {}, toWord);
}

/** One statement for the actions that can be limited to resources, one for the rest. */
export function ownStatements(answers: PolicyAnswers, catalogue: Catalogue): readonly StatementValue[] {
  return readServices(answers, catalogue).flatMap((service) => {
    const types = typesOf(service, answers, catalogue);
    const isTyped = (action: Action): boolean => neededTypes(action, catalogue).some((type) => types.includes(type));
    const arns = types.flatMap((type) => {
      const given = answers[resourceQuestionOf(type)] ?? [];
      return (given.length > 0 ? given : [EVERY]).map((text) => toArn(type, text, answers));
    });
    const actions = readActions(service, answers);
    const sid = `Use${capital(service.prefix.replace(/[^a-z0-9]/g, ''))}`;
    return [
      ...allow(sid, actions.filter(isTyped), withoutCovered(arns), catalogue),
      ...allow(
        `${sid}Anywhere`,
        actions.filter((action) => !isTyped(action)),
        [EVERY],
        catalogue,
      ),
    ];
  });
}

function withoutCovered(arns: readonly string[]): readonly string[] {
  const unique = [...new Set(arns)];
  return unique.filter((arn) => !unique.some((other) => other !== arn && wildcardCovers(other, arn)));
}

function readActions(service: Service, answers: PolicyAnswers): readonly Action[] {
  const wanted = new Set(answers[`actions:${service.prefix}`]);
  return [...service.actions.values()].filter(({ id, level }) => wanted.has(id) || wanted.has(`level:${level}`));
}

function allow(
  sid: string,
  actions: readonly Action[],
  resources: readonly string[],
  catalogue: Catalogue,
): readonly StatementValue[] {
  if (actions.length === 0) return [];
  const ids = actions.map(({ id }) => id);
  const wider = ids.length > MOST_SPELLED_OUT ? collapse(ids, catalogue) : new Map<string, string>();
  const written = [...new Set(ids.map((id) => wider.get(id) ?? id))];
  return [{ Sid: sid, Effect: 'Allow', Action: only(written) ?? written, Resource: only(resources) ?? resources }];
}

const STAND_IN = /\$\{(\w+)\}/g;
const PLACES: ReadonlySet<string> = new Set(['Partition', 'Region', 'Account']);

function templateOf(type: ResourceType): string | undefined {
  return type.arns.find((template) => template.startsWith('arn:'));
}

/**
 * A name as an ARN of a type, in the Region and account that were said, if they were; `bucket/object` where the ARN takes
 * two names.
 */
function toArn(type: ResourceType, text: string, answers: PolicyAnswers): string {
  if (text.startsWith('arn:')) return text;
  const template = templateOf(type) ?? EVERY;
  const names = [...template.matchAll(STAND_IN)].map((match) => match[1] ?? '').filter((name) => !PLACES.has(name));
  const parts = text.split('/');
  const last = Math.max(names.length - 1, 0);
  const values = [...parts.slice(0, last), parts.slice(last).join('/')];
  return fill(template, answers, (name) => values[names.indexOf(name)] || EVERY);
}

function fill(template: string, { region, account }: PolicyAnswers, name: (name: string) => string): string {
  const places: Readonly<Record<string, string>> = {
    Partition: 'aws',
    Region: only(region) ?? EVERY,
    Account: only(account) ?? EVERY,
  };
  return template.replace(STAND_IN, (_, stand: string) => places[stand] ?? name(stand));
}

function only(texts: readonly string[] | undefined): string | undefined {
  return texts?.length === 1 ? texts[0] : undefined;
}

/** `BucketName` → `bucket-name`. */
function toWord(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
