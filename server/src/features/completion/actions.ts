import { rememberEach } from '../../base/remember.ts';
import { compileWildcard } from '../../base/wildcard.ts';
import type { Action, Catalogue, Service } from '../../catalogue/types.ts';
import { orderTypes } from '../../meaning/clauses.ts';
import { sentence } from '../hover/text.ts';
import { code, escapeMarkdown } from '../markdown.ts';
import { GLOBAL_ACTIONS } from '../templates/guardrail.ts';
import { type Completion, type CompletionContext, siblingTexts } from './offer.ts';
import { USUAL_ACTIONS } from './usual-actions.ts';

/** A part of a name that finds actions of all services, and how many of them are shown. */
const LEAST_TYPED = 3;
const MOST_FOUND = 50;
/** Bounds lists that no person writes. */
const MOST_COVERS = 200;
/** A verb is worth a wildcard when that many actions share it. */
const LEAST_SHARED = 3;

const RANK = {
  fitting: 0,
  first: 1,
  usual: 2,
  rare: 3,
  found: 4,
  typedWildcard: 5,
  wildcard: 6,
  service: 8,
  everything: 9,
} as const;

/** A service first, then its actions; what the list already holds or covers is left out. */
export function offerActions(context: CompletionContext): readonly Completion[] {
  const { typed, catalogue, policy } = context;
  const covered = coverOf(context);
  if (policy.classification.kind === 'trust') return offerAssumeActions(context).filter(({ label }) => !covered(label));
  const colon = typed.indexOf(':');
  if (colon >= 0) {
    const word = typed.slice(0, colon);
    const service = catalogue.service(word) ?? catalogue.service(catalogue.prefixOfAlias(word) ?? '');
    return service ? offerActionsOf(service, word, typed.slice(colon + 1), covered) : [];
  }
  return [
    ...offerFirstAssume(context).filter(({ label }) => !covered(label)),
    ...offerOwnActions(context, covered),
    ...offerServices(context, covered),
    ...findActions(context, covered),
  ];
}

/** Whoever has named a principal and no resource yet may well be writing a trust policy. */
function offerFirstAssume(context: CompletionContext): readonly Completion[] {
  const { policy, view } = context;
  const { kind, service } = policy.classification;
  const open = (kind === 'resource' || kind === 'unknown') && service === null && policy.view.statements.length === 1;
  if (!open || !view || view.resources.length > 0 || !view.principals.some(({ entries }) => entries.length > 0)) {
    return [];
  }
  return offerAssumeActions(context)
    .slice(0, 1)
    .map((item) => ({ ...item, rank: RANK.fitting }));
}

/** Before a service is chosen, and with part of a name typed, other keys would bring other actions to light. */
export function isNarrowed({ typed, policy }: CompletionContext): boolean {
  return policy.classification.kind !== 'trust' && !typed.endsWith(':');
}

type Covered = (pattern: string) => boolean;

/** Whether an action, or all that a wildcard stands for, is in the list already. */
function coverOf(context: CompletionContext): Covered {
  const texts = siblingTexts(context).map((text) => text.toLowerCase());
  const plain = new Set(texts);
  const wild = texts
    .filter((text) => /[*?]/.test(text))
    .slice(0, MOST_COVERS)
    .map((text) => compileWildcard(text));
  return (pattern) => {
    const lower = pattern.toLowerCase();
    return plain.has(lower) || wild.some((matches) => matches(lower));
  };
}

/** In the policy of a resource, nearly all actions are those of its service. */
function offerOwnActions({ policy, catalogue }: CompletionContext, covered: Covered): readonly Completion[] {
  const { kind, service: prefix } = policy.classification;
  const service = kind === 'resource' && prefix !== null ? catalogue.service(prefix) : undefined;
  return service ? offerActionsOf(service, service.prefix, '', covered) : [];
}

function offerServices(context: CompletionContext, covered: Covered): readonly Completion[] {
  const { catalogue, policy, typed } = context;
  const rcp = policy.classification.kind === 'rcp';
  const spares = policy.classification.kind === 'scp' && context.place.names[1] === 'NotAction';
  const used = usedServices(context);
  const fitting = new Set([
    ...siblingTexts(context).map((text) => text.slice(0, Math.max(0, text.indexOf(':')))),
    ...(context.view?.resources.flatMap(({ entries }) => entries.flatMap(({ arn }) => arn?.service.text ?? [])) ?? []),
  ]);
  const alias = catalogue.prefixOfAlias(typed);
  const word = typed.toLowerCase().replace(/[^a-z0-9]+/g, '');
  const services = listServices(catalogue).flatMap(({ prefix, words, item }): readonly Completion[] => {
    if (covered(`${prefix}:*`) || (rcp && !catalogue.isRcpService(prefix))) return [];
    if (prefix === alias) return [{ ...item, filter: typed }];
    if (!holdsInOrder(words, word)) return [];
    if (fitting.has(prefix)) return [{ ...item, rank: RANK.fitting }];
    return [used.has(prefix) || (spares && GLOBAL.has(prefix)) ? { ...item, rank: RANK.first } : item];
  });
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
  if (rcp || covered('*')) return services;
  return [...services, { label: '*', kind: 'action', detail: 'every action of every service', rank: RANK.everything }];
}

/** What service control policies mostly spare: services that have no Region of their own. */
const GLOBAL = new Set(GLOBAL_ACTIONS.flatMap((action) => /^(.+):\*$/.exec(action)?.[1] ?? []));

interface ListedService {
  readonly prefix: string;
  /** What it is found by, in lower case, with a blank in front of each word. */
  readonly words: string;
  readonly item: Completion;
}

const listServices = rememberEach((catalogue: Catalogue): readonly ListedService[] =>
  catalogue.servicePrefixes().map((prefix): ListedService => {
    const name = catalogue.serviceName(prefix);
    // People look for "EventBridge" and mean `events`.
    const filter = `${prefix}: ${(name ?? '').replace(/^(?:Amazon|AWS) /, '')}`;
    const label = `${prefix}:`;
    const item = {
      label,
      kind: 'service',
      filter,
      rank: POPULAR.has(prefix) ? RANK.usual : RANK.rare,
      goesOn: true,
      ...(name && { detail: name }),
    } as const;
    return { prefix, words: ` ${filter.toLowerCase().replace(/[^a-z0-9]+/g, ' ')}`, item };
  }),
);

/** All characters of a word, one after the other and the first where a word begins: what editors go by as well. */
function holdsInOrder(words: string, word: string): boolean {
  const start = words.indexOf(` ${word.charAt(0)}`);
  return word === '' || (start >= 0 && inOrder(words.slice(start), word));
}

/** Actions of any service whose names hold what is typed, those of services in use first. */
function findActions(context: CompletionContext, covered: Covered): readonly Completion[] {
  const { catalogue, typed } = context;
  const word = typed.toLowerCase();
  if (word.length < LEAST_TYPED || !/^[a-z]\w*$/.test(word)) return [];
  if (catalogue.servicePrefixes().some((prefix) => prefix.startsWith(word))) return [];
  const used = usedServices(context);
  const rcp = context.policy.classification.kind === 'rcp';
  return catalogue
    .expandAction(`*:*${word}*`)
    .flatMap((id) => {
      const prefix = id.slice(0, id.indexOf(':'));
      if (covered(id) || (rcp && !catalogue.isRcpService(prefix))) return [];
      const name = id.slice(prefix.length + 1).toLowerCase();
      const far = (used.has(prefix) ? 0 : 1000) + (name.startsWith(word) ? 0 : 200) + (POPULAR.has(prefix) ? 0 : 150);
      return [{ id, prefix, far: far + Math.min(name.length, 100) }];
    })
    .sort((a, b) => a.far - b.far)
    .slice(0, MOST_FOUND)
    .map(({ id, prefix }): Completion => {
      const documentation = (): string => {
        const action = catalogue.action(prefix, id.slice(prefix.length + 1));
        return action ? describeAction(action) : '';
      };
      // The access level would need the whole service to be read.
      const detail = catalogue.serviceName(prefix);
      return { label: id, kind: 'action', rank: RANK.found, documentation, ...(detail && { detail }) };
    });
}

/** The prefixes that the policy's actions have, in lower case. */
function usedServices({ policy }: CompletionContext): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { actions } of policy.view.statements) {
    for (const { entries } of actions) for (const { pattern } of entries) used.add(pattern.prefix.toLowerCase());
  }
  return used;
}

/** Services that most policies are about. */
const POPULAR: ReadonlySet<string> = new Set(
  'cloudformation cloudwatch dynamodb ec2 ecr ecs eks events iam kms lambda logs rds s3 secretsmanager sns sqs ssm states sts'.split(
    ' ',
  ),
);

/** All actions of a service, then the wildcards that many of them share. */
function offerActionsOf(service: Service, word: string, typed: string, covered: Covered): readonly Completion[] {
  const lead = `${word}:`;
  const items: Completion[] = [];
  const letters = typed.toLowerCase().replace(/[^a-z0-9]+/g, '');
  for (const action of service.actions.values()) {
    if (holdsLetters(action.name, letters) && !covered(action.id)) items.push(offerAction(action, lead));
  }
  for (const { pattern, actions, rank } of wildcardsOf(service, typed)) {
    const label = `${service.prefix}:${pattern}`;
    if (!covered(label)) items.push(offerWildcard(label, actions, lead, rank));
  }
  const all = `${service.prefix}:*`;
  if (!covered(all)) {
    const detail = `every action of ${service.name}`;
    items.push({ label: all, kind: 'action', detail, rank: RANK.service, ...aliased(all, lead) });
  }
  return items;
}

/** All letters, one after the other and the first where a word begins; editors forgive two that have changed places. */
function holdsLetters(name: string, letters: string): boolean {
  if (letters === '') return true;
  // Of a text without end each letter would be swapped for itself.
  if (letters.length > name.length) return false;
  const start = startOfWord(name, letters.charAt(0));
  if (start >= 0 && inOrder(name.slice(start).toLowerCase(), letters)) return true;
  if (letters.length < LEAST_TYPED) return false;
  const lower = name.toLowerCase();
  for (let at = 1; at < letters.length; at++) {
    const swapped = letters.slice(0, at - 1) + letters.charAt(at) + letters.charAt(at - 1) + letters.slice(at + 1);
    if (inOrder(lower, swapped)) return true;
  }
  return false;
}

/** `describeInstances` has words that begin with `d` and `i`. */
function startOfWord(name: string, letter: string): number {
  return name.charAt(0).toLowerCase() === letter ? 0 : name.indexOf(letter.toUpperCase());
}

function inOrder(name: string, letters: string): boolean {
  let at = -1;
  for (const letter of letters) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

interface Wildcard {
  readonly pattern: string;
  readonly actions: readonly Action[];
  readonly rank: number;
}

/** What is typed with a wildcard behind it, and the verbs that many actions begin with. */
function wildcardsOf(service: Service, typed: string): readonly Wildcard[] {
  const verbs = readVerbs(service);
  const pattern = /[*?]/.test(typed) ? typed : `${typed}*`;
  if (!/^\w[\w*?]*$/.test(pattern) && !/^\*\w/.test(pattern)) return verbs;
  const matches = compileWildcard(pattern, { ignoreCase: true });
  const actions = [...service.actions.values()].filter(({ name }) => matches(name));
  // Typed in lower case, it is written as the names are.
  const first = actions[0]?.name ?? '';
  const spelt = /^\w+\*$/.test(pattern) ? `${first.slice(0, pattern.length - 1)}*` : pattern;
  const known = verbs.some((verb) => verb.pattern === spelt);
  return actions.length < 2 || known ? verbs : [{ pattern: spelt, actions, rank: RANK.typedWildcard }, ...verbs];
}

const readVerbs = rememberEach((service: Service): readonly Wildcard[] => {
  const groups = new Map<string, Action[]>();
  for (const action of service.actions.values()) {
    const verb = /^[A-Z][a-z]+(?=[A-Z])/.exec(action.name)?.[0];
    if (verb === undefined) continue;
    const group = groups.get(verb) ?? [];
    groups.set(verb, group);
    group.push(action);
  }
  return [...groups]
    .filter(([, actions]) => actions.length >= LEAST_SHARED)
    .map(([verb]) => {
      // The wildcard also matches names in which the verb is only the beginning of a word.
      const actions = [...service.actions.values()].filter(({ name }) => name.startsWith(verb));
      return { pattern: `${verb}*`, actions, rank: RANK.wildcard };
    });
});

const itemOf = rememberEach((action: Action): Completion => {
  const documentation = () => describeAction(action);
  const place = USUAL_ACTIONS.get(action.id);
  const rank = place === undefined ? RANK.usual : RANK.first + place / USUAL_ACTIONS.size;
  return { label: action.id, kind: 'action', rank, detail: action.level, documentation };
});

function offerAction(action: Action, lead: string): Completion {
  const item = itemOf(action);
  return action.id.startsWith(lead) ? item : { ...item, ...aliased(action.id, lead) };
}

/** Where another word than the prefix is typed, or none, that is what the label is found by. */
function aliased(label: string, lead: string): { readonly filter?: string } {
  return label.startsWith(lead) ? {} : { filter: lead + label.slice(label.indexOf(':') + 1) };
}

function offerWildcard(label: string, actions: readonly Action[], lead: string, rank: number): Completion {
  return {
    label,
    kind: 'action',
    rank,
    detail: `matches ${actions.length} actions`,
    documentation: () => {
      const shown = actions.slice(0, 40).map(({ name }) => code(name));
      const rest = actions.length - shown.length;
      return `Matches ${actions.length} actions today: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}.`;
    },
    ...aliased(label, lead),
  };
}

function describeAction(action: Action): string {
  const required = new Set(action.resourceTypes.filter((one) => one.required).map(({ type }) => type));
  const types = orderTypes(action).map((type) => code(type.name) + (required.has(type) ? '' : ' (optional)'));
  const on = types.length > 0 ? types.slice(0, 12).join(', ') : 'no resource: only `"Resource": "*"` matches it';
  const more = action.dependentActions.map(code).join(', ');
  return [
    sentence(action.description),
    `- Access level: ${escapeMarkdown(action.level)}\n- Works on: ${on}${more ? `\n- Also needs: ${more}` : ''}`,
  ].join('\n\n');
}

const ASSUME_DETAILS: readonly (readonly [id: string, detail: string, who: readonly string[]])[] = [
  ['sts:AssumeRole', 'for AWS principals and services', ['AWS', 'Service']],
  ['sts:AssumeRoleWithWebIdentity', 'for OIDC providers', ['oidc']],
  ['sts:AssumeRoleWithSAML', 'for SAML providers', ['saml']],
  ['sts:TagSession', 'may pass session tags along', ['AWS', 'Service', 'oidc', 'saml']],
  ['sts:SetSourceIdentity', 'may set a source identity', ['AWS', 'oidc', 'saml']],
  ['sts:SetContext', 'may pass context along', ['AWS', 'Service']],
];

/** The actions of a trust policy: first what its Principal needs; what it cannot do is left out. */
function offerAssumeActions({ catalogue, view, place }: CompletionContext): readonly Completion[] {
  const who = new Set<string>();
  let pods = false;
  for (const { type, identity, node } of view?.principals.flatMap(({ entries }) => entries) ?? []) {
    pods ||= node.value === 'pods.eks.amazonaws.com';
    if (type === 'Federated') who.add(identity.who === 'saml-provider' ? 'saml' : 'oidc');
    else who.add(type);
  }
  const actions = ASSUME_DETAILS.flatMap(([id, detail, whose], index): readonly Completion[] => {
    if (who.size > 0 && !whose.some((one) => who.has(one))) return [];
    const action = catalogue.action('sts', id.slice(4));
    if (!action) return [];
    // https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
    const tags = pods && id === 'sts:TagSession';
    const rank = tags ? 0.5 : index;
    return [{ ...offerAction(action, 'sts:'), rank, detail: tags ? 'EKS Pod Identity needs it' : detail }];
  });
  if (!pods || place.inList) return actions;
  const value = '["sts:AssumeRole", "sts:TagSession"]';
  const detail = 'EKS Pod Identity needs both';
  return [{ label: 'sts:AssumeRole, sts:TagSession', kind: 'action', rank: -1, detail, value }, ...actions];
}
