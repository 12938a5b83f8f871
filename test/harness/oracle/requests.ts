import type { Action, Catalogue, ResourceType } from '../../../server/src/catalogue/types.ts';
import { type Clause, type Context, holds } from './condition.ts';
import type { PrincipalEntry, Statement } from './policy.ts';
import { filled, matchesPattern, plain, spread, unique } from './text.ts';

/** Who asks: the type of a principal, and all the texts that name them. */
export interface Caller {
  readonly type: string;
  readonly names: readonly string[];
}

const ACCOUNT = '123456789012';
const OTHER_ACCOUNT = '444455556666';

const MOST_ACTIONS = 48;
const MOST_RESOURCES = 24;
const MOST_VALUES = 14;
const MOST_CONTEXTS = 160;

/** The actions of the catalogue. */
export interface World {
  readonly catalogue: Catalogue;
  /** The ids of the actions a pattern matches, in lower case. */
  readonly matched: (pattern: string) => ReadonlySet<string>;
  /** What a resource without wildcards is, for the actions of a service. */
  readonly typesOf: (arn: string, service: string) => ReadonlySet<ResourceType>;
}

export function createWorld(catalogue: Catalogue): World {
  const known = new Map<string, ReadonlySet<string>>();
  const idsOf = (prefix: string): readonly string[] =>
    [...(catalogue.service(prefix)?.actions.values() ?? [])].map(({ id }) => id.toLowerCase());
  const all = catalogue.servicePrefixes().flatMap(idsOf);
  const forms = new Map<string, readonly Form[]>();
  const formsIn = (prefix: string): readonly Form[] => {
    const old = forms.get(prefix);
    const now = old ?? [...(catalogue.service(prefix)?.resourceTypes.values() ?? [])].flatMap(formsOf);
    forms.set(prefix, now);
    return now;
  };
  const types = new Map<string, ReadonlySet<ResourceType>>();
  return {
    catalogue,
    typesOf(arn, service) {
      const key = `${service} ${arn}`;
      const old = types.get(key);
      if (old) return old;
      const named = arn.split(':')[2] ?? '';
      const best = bestTypes(arn, [...formsIn(service), ...(named === service ? [] : formsIn(named))]);
      types.set(key, best);
      return best;
    },
    matched(pattern) {
      const old = known.get(pattern);
      if (old) return old;
      const [prefix = ''] = pattern.split(':');
      const ids = /[*?]/.test(prefix) ? all : idsOf(prefix);
      const found = new Set(ids.filter((id) => matchesPattern(pattern, id)));
      known.set(pattern, found);
      return found;
    },
  };
}

/** Actions that tell two sets of statements apart: those that a changed pattern matches first, then neighbours. */
export function sampleActions(
  before: readonly Statement[],
  after: readonly Statement[],
  world: World,
): readonly Action[] {
  const [old, now] = [before, after].map((statements) =>
    unique(statements.flatMap(({ actions }) => actions.patterns)),
  ) as [readonly string[], readonly string[]];
  const idsOf = (patterns: readonly string[]): Set<string> =>
    new Set(patterns.flatMap((pattern) => [...world.matched(pattern)]));
  const gone = idsOf(old.filter((one) => !now.includes(one)));
  const come = idsOf(now.filter((one) => !old.includes(one)));
  const changed = [...gone, ...come].filter((id) => gone.has(id) !== come.has(id));
  const common = idsOf([...old, ...now]);
  const near = unique([...old, ...now].map((pattern) => `${pattern.split(':')[0]}:*`))
    .filter((pattern) => !pattern.startsWith('*'))
    .flatMap((pattern) => [...world.matched(pattern)])
    .filter((id) => !common.has(id));
  const far = [
    's3:getobject',
    's3:listbucket',
    'iam:passrole',
    'sts:assumerole',
    'ec2:runinstances',
    'sqs:sendmessage',
  ];
  const ids = [
    ...spread(changed, MOST_ACTIONS),
    ...spread(
      [...gone].filter((id) => come.has(id)),
      12,
    ),
    ...spread([...common], 16),
    ...spread(near, 6),
    ...far,
  ];
  return unique(ids).flatMap((id) => {
    const [prefix = '', name = ''] = id.split(':');
    return world.catalogue.action(prefix, name) ?? [];
  });
}

/** Resources that an action works on: some that the statements name or nearly name, and one of each of its types. */
export function sampleResources(action: Action, named: readonly string[], world: World): readonly string[] {
  const places = spread(unique(named.map((arn) => arn.split(':').slice(3, 5).join(':'))), 3);
  const own = action.resourceTypes.flatMap(({ type }) =>
    type.arns.flatMap((template) => unique([generic(template), ...places.map((place) => placed(template, place))])),
  );
  const whole = action.resourceTypes.every(({ required }) => !required) ? ['*'] : [];
  const fits = named.filter((arn) => arn !== '*' && canWorkOn(action, arn, world));
  return unique([...spread(fits, MOST_RESOURCES), ...spread(own, 8), ...whole]);
}

/** The ARNs of statements without wildcards, and their neighbours. */
export function namedResources(statements: readonly Statement[]): readonly string[] {
  const patterns = unique(statements.flatMap(({ resources }) => resources?.patterns ?? []));
  return unique(
    spread(patterns, 40).flatMap((pattern) => {
      const texts = filled(pattern);
      const [first = ''] = texts;
      const other = first.replace(/:\d{12}:/, `:${OTHER_ACCOUNT}:`);
      return [...texts, `${first}z`, other, first.replace(/[^:/]*$/, 'other')];
    }),
  ).filter((arn) => arn.split(':').length >= 6 && !/[:/]$/.test(arn));
}

function generic(template: string): string {
  return template
    .replaceAll('${Partition}', 'aws')
    .replaceAll('${Region}', 'us-east-1')
    .replaceAll('${Account}', ACCOUNT)
    .replace(/\$\{[^}]*\}|\*/g, 'some');
}

/** The same in a Region and an account of which one is named, as far as the type has such. */
function placed(template: string, place: string): string {
  const [region = '', account = ''] = place.split(':');
  const known = template.replaceAll('${Region}', region || 'us-east-1').replaceAll('${Account}', account || ACCOUNT);
  return generic(known);
}

function canWorkOn(action: Action, arn: string, world: World): boolean {
  if (action.scenarioDependent && arn.split(':')[2] === action.service) return true;
  const types = world.typesOf(arn, action.service);
  return action.resourceTypes.some(({ type }) => types.has(type));
}

interface Form {
  readonly type: ResourceType;
  readonly service: string;
  readonly resource: string;
  /** How many characters of it are fixed. */
  readonly fixed: number;
}

/** Partition, Region and account are left out of the question. */
function formsOf(type: ResourceType): readonly Form[] {
  return type.arns.map((template) => {
    const [, , service = '', , , ...resource] = template.replace(/\$\{[^}]*\}/g, '?*').split(':');
    return { type, service, resource: resource.join(':'), fixed: template.replace(/\$\{[^}]*\}|\*/g, '').length };
  });
}

/** `bucket/key` has the form of a bucket, too, but is an object: the form with the most fixed text counts. */
function bestTypes(arn: string, forms: readonly Form[]): ReadonlySet<ResourceType> {
  const [, , service = '', , , ...resource] = arn.split(':');
  const fits = forms.filter(
    (form) => matchesPattern(form.service, service) && matchesPattern(form.resource, resource.join(':')),
  );
  const best = Math.max(...fits.map(({ fixed }) => fixed));
  return new Set(fits.filter(({ fixed }) => fixed === best).map(({ type }) => type));
}

/** Those whom statements name, and strangers of each type. */
export function sampleCallers(statements: readonly Statement[]): readonly Caller[] {
  const entries = statements.flatMap(({ principals }) => principals?.entries ?? []);
  if (statements.every(({ principals }) => principals === undefined)) return [{ type: 'AWS', names: [] }];
  const strangers: readonly PrincipalEntry[] = [
    { type: 'AWS', value: `arn:aws:iam::${OTHER_ACCOUNT}:role/stranger` },
    { type: 'AWS', value: `arn:aws:iam::${ACCOUNT}:user/somebody` },
    { type: 'Service', value: 'ec2.amazonaws.com' },
    { type: 'Federated', value: 'accounts.google.com' },
    { type: 'Federated', value: `arn:aws:iam::${ACCOUNT}:saml-provider/Some` },
    { type: 'CanonicalUser', value: '0'.repeat(64) },
    { type: 'Anonymous', value: 'nobody' },
  ];
  const callers = [...entries, ...strangers].flatMap((entry) => callersOf(entry, entries));
  return spread([...new Map(callers.map((one) => [JSON.stringify(one), one])).values()], 24);
}

function callersOf({ type, value }: PrincipalEntry, others: readonly PrincipalEntry[]): readonly Caller[] {
  if (type !== 'AWS') return [{ type, names: [value] }];
  // The id of somebody who is gone: nobody has it any more.
  if (/^A(?:IDA|ROA)[A-Z0-9]+$/.test(value)) return [];
  const account = /^\d{12}$/.exec(value)?.[0] ?? /^arn:[^:]*:(?:iam|sts)::(\d{12}):/.exec(value)?.[1];
  if (account === undefined) return filled(value).map((name) => ({ type, names: [name] }));
  const whole = [account, `arn:aws:iam::${account}:root`];
  const role = /:role\/(.*)$/.exec(value)?.[1];
  const session = /:assumed-role\/([^/]*)\/(.*)$/.exec(value);
  // A session does not say the path of its role, but there is only one role of a name.
  const ofName = new RegExp(`^arn:[^:]*:iam::${account}:role/(?:.*/)?${session?.[1]}$`);
  const sameRole = others.find((other) => ofName.test(other.value))?.value;
  const roleArn = session ? (sameRole ?? `arn:aws:iam::${account}:role/${session[1]}`) : value;
  const roleName = session?.[1] ?? role?.split('/').pop();
  const one = (...names: readonly string[]): Caller => ({ type, names: [...whole, ...names] });
  if (roleName === undefined) return [one(), one(value), one(`arn:aws:iam::${account}:role/Other`)];
  const sessionArn = (name: string): string => `arn:aws:sts::${account}:assumed-role/${roleName}/${name}`;
  return [one(roleArn), one(roleArn, sessionArn(session?.[2] ?? 's')), one(roleArn, sessionArn('other'))];
}

/** What requests may carry: what makes each statement true, that with one key changed, and nothing at all. */
export function sampleContexts(statements: readonly Statement[], catalogue: Catalogue): readonly Context[] {
  const clauses = statements.flatMap((one) => one.clauses);
  if (clauses.length === 0) return [new Map()];
  const candidates = new Map<string, readonly (readonly string[] | undefined)[]>();
  for (const key of unique(clauses.map((clause) => clause.key))) {
    const near = unique(clauses.filter((one) => one.key === key).flatMap(valuesNear));
    const values = near.filter((value) => canBe(key, value));
    const singles = spread(values, CALLER_CHOOSES.has(key) ? 1 : MOST_VALUES).map((value) => [value]);
    const [first = 'x', second = 'y'] = values;
    const several = catalogue.conditionKey(key)?.multivalued ? [[first, second], [first, 'stranger'], []] : [];
    const none = ALWAYS_THERE.has(key) || CALLER_CHOOSES.has(key) ? [] : [undefined];
    candidates.set(key, [...singles, ...several, ...none]);
  }
  const contexts: Context[] = [
    new Map([...candidates].flatMap(([key, values]) => (values.at(-1) ? [[key, values[0] ?? []]] : []))),
  ];
  const put = (context: Context, key: string, value: readonly string[] | undefined): Context => {
    const next = new Map(context);
    if (value === undefined) next.delete(key);
    else next.set(key, value);
    return next;
  };
  for (const statement of statements) {
    let base: Context = new Map();
    for (const [key, values] of candidates) {
      const about = statement.clauses.filter((one) => one.key === key);
      const score = (value: readonly string[] | undefined): number =>
        about.filter((clause) => holds(clause, put(new Map(), key, value))).length;
      const best = [...values].sort((a, b) => score(b) - score(a))[0];
      base = put(base, key, about.length > 0 || !values.includes(undefined) ? best : undefined);
    }
    contexts.push(base);
    for (const [key, values] of candidates) for (const value of values) contexts.push(put(base, key, value));
  }
  return spread(contexts, MOST_CONTEXTS);
}

/** Every request carries these. */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'aws:currenttime',
  'aws:epochtime',
  'aws:principaltype',
  'aws:securetransport',
  'aws:userid',
]);

/** Who wants to be let in sends what is asked for. */
const CALLER_CHOOSES: ReadonlySet<string> = new Set(['aws:referer', 'aws:useragent']);

/** Whether there can be a request with that value. */
function canBe(key: string, value: string): boolean {
  if (CALLER_CHOOSES.has(key) && value.startsWith('stranger')) return false;
  // Requests from private addresses come through a VPC endpoint and carry aws:VpcSourceIp instead.
  if (key === 'aws:sourceip') return !/^(?:10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\.|^f[cde]/i.test(value);
  // GitHub says more than the repository, whatever the run is started by.
  if (key === 'token.actions.githubusercontent.com:sub') return /^[a-z]+:[^:]+:./.test(value);
  return true;
}

/** What a caller's request with an action carries of all that requests may carry. */
export function createCarried(all: readonly Context[], catalogue: Catalogue) {
  const keys = unique(all.flatMap((context) => [...context.keys()]));
  const known = new Map<string, readonly Context[]>();
  return (action: Action, { type, names }: Caller): readonly Context[] => {
    const isService = type === 'Service';
    const fixed = new Map<string, readonly string[] | undefined>();
    for (const key of keys) {
      if (!isListed(action, key, catalogue)) fixed.set(key, undefined);
      if (key === 'aws:principalisawsservice') fixed.set(key, [String(isService)]);
      if (key.startsWith('aws:principalservicename')) fixed.set(key, isService ? [names[0] ?? ''] : undefined);
      if (isService && OF_IDENTITIES.test(key)) fixed.set(key, undefined);
    }
    const name = JSON.stringify([...fixed]);
    const old = known.get(name);
    if (old) return old;
    const contexts = all.map((context) => {
      const own = new Map([...context].filter(([key]) => !fixed.has(key)));
      for (const [key, value] of fixed) if (value) own.set(key, value);
      return own;
    });
    const distinct = [...new Map(contexts.map((one) => [JSON.stringify([...one].sort()), one])).values()];
    known.set(name, distinct);
    return distinct;
  };
}

/** An AWS service that calls in its own name has none of these. */
const OF_IDENTITIES = /^aws:(?:principal(?:arn|account|orgid|orgpaths|type|tag\/.*)|userid|username)$/;

/** A key of a service comes only with the actions that the reference lists it for. */
function isListed(action: Action, key: string, catalogue: Catalogue): boolean {
  const known = catalogue.conditionKey(key);
  if (known?.scope !== 'service' && !(known?.scope === 'federation' && action.id === 'sts:TagSession')) return true;
  const name = known.name.toLowerCase();
  const has = (keys: readonly string[]): boolean => keys.some((one) => one.toLowerCase() === name);
  return (
    has(action.conditionKeys) ||
    action.resourceTypes.some(({ type, conditionKeys }) => has(conditionKeys) || has(type.conditionKeys))
  );
}

/** Roles are assumed with a token or an assertion by those who have one, and by nobody else. */
export function canCall(action: Action, { type, names }: Caller): boolean {
  if (names.length === 0) return true;
  const isSaml = names.some((name) => name.includes(':saml-provider/'));
  if (action.id === 'sts:AssumeRoleWithSAML') return type === 'Federated' && isSaml;
  if (action.id === 'sts:AssumeRoleWithWebIdentity') return type === 'Federated' && !isSaml;
  return type !== 'Federated' || (action.service === 'sts' && action.id !== 'sts:AssumeRole');
}

function valuesNear({ operator, values }: Clause): readonly string[] {
  if (operator === 'null') return ['x'];
  if (operator === 'bool') return ['true', 'false'];
  const near = values.flatMap((value) => {
    if (operator.startsWith('numeric')) return [Number(value) - 1, Number(value), Number(value) + 1].map(String);
    if (operator.startsWith('date')) {
      const time = Date.parse(value);
      return Number.isNaN(time) ? [value] : [-1000, 0, 1000].map((by) => new Date(time + by).toISOString());
    }
    if (operator.includes('ipaddress')) return addressesNear(value);
    return [plain(value), ...filled(value), `${plain(value)}z`, plain(value).toUpperCase()];
  });
  const stranger = 'arn:aws:iam::444455556666:role/stranger';
  if (operator.includes('arn')) return unique([...near, stranger].filter((arn) => arn.split(':').length >= 6));
  return unique([...near, 'stranger', stranger]);
}

function addressesNear(range: string): readonly string[] {
  const [base = ''] = range.split('/');
  const bytes = base.split('.').map(Number);
  if (bytes.length !== 4) return [base, '2001:db8:ffff::1', '198.51.100.77'];
  const last = bytes[3] ?? 0;
  const near = [last, (last + 1) % 256, 0, 255].map((one) => [...bytes.slice(0, 3), one].join('.'));
  return [...near, [bytes[0], bytes[1], ((bytes[2] ?? 0) + 1) % 256, last].join('.'), '198.51.100.77'];
}
